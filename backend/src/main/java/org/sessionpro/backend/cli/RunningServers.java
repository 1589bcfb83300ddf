package org.sessionpro.backend.cli;

import java.time.Instant;
import org.sessionpro.backend.db.Database;
import org.sessionpro.backend.db.Leases;

/// Tells whether servers run on a database, by the leases that each holds of its jobs.
public final class RunningServers {
  private RunningServers() {}

  /// Makes sure that none runs, or has ended without saying so a moment ago.
  ///
  /// @throws CommandFailed if one may be running
  public static void requireNone(Database database, Instant now) {
    new Leases(database)
        .all().stream()
            .filter(lease -> lease.until().isAfter(now))
            .findFirst()
            .ifPresent(lease -> {
              throw CommandFailed.because(
                  "a server may be running: it holds the job "
                      + lease.name()
                      + " until "
                      + TimeText.of(lease.until()));
            });
  }
}
