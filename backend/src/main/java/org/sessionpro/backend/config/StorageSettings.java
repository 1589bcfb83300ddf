package org.sessionpro.backend.config;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// Where the server keeps what it must not lose.
///
/// @param dataDirectory default `data` in the working directory; `data/dev` in development mode, whose
///     ledger belongs to another key
/// @param database default the SQLite file `pro.db` in the data directory
/// @param printTables whether the server prints the tables instead of serving (`operator-v0.md` §1.5)
/// @param backup how the ledger is copied; null for never, and for a ledger that is no SQLite file
public record StorageSettings(
    Path dataDirectory,
    DatabaseUrl database,
    boolean printTables,
    @Nullable BackupSettings backup) {
  static final Path DEFAULT_DATA_DIRECTORY = Path.of("data");
  static final Path DEFAULT_DEV_DATA_DIRECTORY = Path.of("data", "dev");
  static final String DEFAULT_DATABASE_NAME = "pro.db";

  /// The folder that a file is in, or will be.
  public static Path folderOf(Path file) {
    Path absolute = file.toAbsolutePath();
    Path folder = absolute.getParent();
    return folder == null ? absolute : folder;
  }

  /// Storage of a server that serves, and makes no copies.
  public StorageSettings(Path dataDirectory, DatabaseUrl database) {
    this(dataDirectory, database, false, null);
  }
}
