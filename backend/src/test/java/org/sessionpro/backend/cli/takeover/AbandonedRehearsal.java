package org.sessionpro.backend.cli.takeover;

import java.util.concurrent.CountDownLatch;
import org.sessionpro.backend.config.DatabaseUrl;
import org.sessionpro.backend.db.Database;
import org.sessionpro.backend.db.Databases;

/// A process that has a database to throw away, and goes on until it is told to end.
final class AbandonedRehearsal {
  private AbandonedRehearsal() {}

  /// Says that it is ready, and waits.
  ///
  /// @param arguments where the ledger is, and a name for a schema
  public static void main(String[] arguments) throws InterruptedException {
    Database aside = Databases.openThrowAway(DatabaseUrl.parse(arguments[0]), arguments[1]);
    try (ClosedAtExit _ = new ClosedAtExit(aside)) {
      System.out.println("ready");
      new CountDownLatch(1).await();
    }
  }
}
