package org.sessionpro.backend.cli.report;

import java.time.Duration;
import org.sessionpro.backend.cli.Progress;
import org.sessionpro.backend.cli.Shell;
import org.sessionpro.backend.ledger.Census;

/// Shows a person at a terminal how far a census has come, once it has taken longer than anybody waits
/// without wondering.
final class CensusProgress implements Census.Observer, AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(2);
  private static final int ALL = 100;

  private final Progress bar;
  private final long begun = System.nanoTime();
  private int shown = -1;

  CensusProgress(Shell shell) {
    this.bar = new Progress(shell);
    bar.expect(ALL);
  }

  @Override
  public void progress(double done) {
    int percent = (int) (done * ALL);
    if (percent > shown && System.nanoTime() - begun > PATIENCE.toNanos()) {
      shown = percent;
      bar.at(percent, "");
    }
  }

  /// Makes room for the report.
  @Override
  public void close() {
    bar.close();
  }
}
