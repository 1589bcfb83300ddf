package org.sessionpro.backend.db;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/// Puts another file in the place of an SQLite file that nobody has open.
///
/// A crash leaves the one or the other there, whole, and never none: an absent file would be an empty
/// ledger to the next server.
public final class SqliteReplacement {
  /// What SQLite keeps beside a file that was not closed.
  private static final List<String> COMPANIONS = List.of("-wal", "-shm");

  private SqliteReplacement() {}

  /// Does it, while no server can start on the file.
  ///
  /// @param replacement complete, in the folder of `database`; it is moved
  /// @param aside what the file that was there is called then
  /// @return whether there was one
  /// @throws DatabaseFault if somebody has it open, or the file system refuses; then all is as before
  public static boolean put(Path replacement, Path database, Path aside) {
    boolean present = Files.exists(database);
    return MigrationLock.around(
        database,
        () -> {
          if (present) {
            requireUnused(database);
          }
          try {
            exchange(replacement, database, aside, present);
          } catch (IOException impossible) {
            throw new DatabaseFault("the database file cannot be replaced", impossible);
          }
          return present;
        });
  }

  private static void exchange(Path replacement, Path database, Path aside, boolean present)
      throws IOException {
    if (present) {
      Files.createLink(aside, database);
    }
    for (String companion : COMPANIONS) {
      Path left = database.resolveSibling(database.getFileName() + companion);
      if (Files.exists(left)) {
        Files.move(left, aside.resolveSibling(aside.getFileName() + companion));
      }
    }
    Files.move(replacement, database, StandardCopyOption.ATOMIC_MOVE);
    SqliteCopy.sync(database.toAbsolutePath().resolve("..").normalize(), StandardOpenOption.READ);
  }

  /// SQLite leaves its log mode only for somebody who is alone with the file, and the file is whole
  /// without the log then. One that is too damaged for that has nobody at work on it.
  private static void requireUnused(Path database) {
    try (Connection connection = SqliteDatabase.plain(database).getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("PRAGMA busy_timeout = 0");
      statement.execute("PRAGMA journal_mode = DELETE");
    } catch (SQLiteException failed) {
      if (isInUse(failed.getResultCode())) {
        throw new DatabaseFault("the database is in use: stop every server first", failed);
      }
    } catch (SQLException failed) {
      throw new DatabaseFault("the database cannot be opened", failed);
    }
  }

  private static boolean isInUse(SQLiteErrorCode code) {
    return code == SQLiteErrorCode.SQLITE_BUSY || code == SQLiteErrorCode.SQLITE_LOCKED;
  }
}
