package org.sessionpro.backend.cli.report;

import java.time.Duration;
import org.sessionpro.backend.cli.Shell;
import org.sessionpro.backend.ledger.Census;

/// Shows a person at a terminal how far a census has come, once it has taken longer than anybody waits
/// without wondering.
final class CensusProgress implements Census.Observer, AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(2);
  private static final int WIDTH = 30;
  private static final int ALL = 100;

  private final Shell shell;
  private final boolean watched;
  private final long begun = System.nanoTime();
  private int shown = -1;

  CensusProgress(Shell shell) {
    this.shell = shell;
    this.watched = shell.terminals().showsErrors();
  }

  @Override
  public void progress(double done) {
    int percent = (int) (done * ALL);
    if (watched && percent > shown && System.nanoTime() - begun > PATIENCE.toNanos()) {
      shown = percent;
      int full = percent * WIDTH / ALL;
      shell
          .err()
          .print("\r[%s%s] %3d %%".formatted("#".repeat(full), ".".repeat(WIDTH - full), percent));
      shell.err().flush();
    }
  }

  /// Makes room for the report.
  @Override
  public void close() {
    if (shown >= 0) {
      shell.err().println();
    }
  }
}
