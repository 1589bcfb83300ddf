package org.sessionpro.backend.cli.takeover;

import org.sessionpro.backend.cli.Shell;
import org.sessionpro.backend.takeover.Progress;

/// Shows a person at a terminal that a long run goes on.
final class ProgressLine implements Progress {
  private static final int WIDTH = 30;

  private final Shell shell;
  private final boolean watched;
  private boolean shown;

  ProgressLine(Shell shell) {
    this.shell = shell;
    this.watched = shell.terminals().showsErrors();
  }

  @Override
  public void at(String what, long done, long all) {
    if (!watched) {
      return;
    }
    shown = true;
    int filled = all == 0 ? WIDTH : (int) Math.min(WIDTH, done * WIDTH / all);
    shell
        .err()
        .print(
            "\r[%s%s] %s %d of %d accounts  "
                .formatted("#".repeat(filled), ".".repeat(WIDTH - filled), what, done, all));
    shell.err().flush();
  }

  /// Ends the line.
  void finish() {
    if (shown) {
      shell.err().println();
    }
  }
}
