package org.sessionpro.backend.cli.takeover;

import org.sessionpro.backend.db.Database;

/// A database that is closed also if the process is told to end, which nothing else in a command is told
/// of: a database to throw away would stay.
final class ClosedAtExit implements AutoCloseable {
  private final Thread hook;

  ClosedAtExit(Database database) {
    this.hook = new Thread(database::close, "exit");
    Runtime.getRuntime().addShutdownHook(hook);
  }

  /// The database is closed by others.
  @Override
  public void close() {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException ending) {
      // The process ends already, and the hook is at work.
    }
  }
}
