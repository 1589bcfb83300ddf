package org.sessionpro.backend.config;

import java.nio.file.Path;

/// Where the server keeps what it must not lose.
///
/// @param dataDirectory default `data` in the working directory; `data/dev` in development mode, whose
///     ledger belongs to another key
/// @param database default the SQLite file `pro.db` in the data directory
/// @param printTables whether the server prints the tables instead of serving (`operator-v0.md` §1.5)
public record StorageSettings(Path dataDirectory, DatabaseUrl database, boolean printTables) {
  static final Path DEFAULT_DATA_DIRECTORY = Path.of("data");
  static final Path DEFAULT_DEV_DATA_DIRECTORY = Path.of("data", "dev");
  static final String DEFAULT_DATABASE_NAME = "pro.db";

  /// Storage of a server that serves.
  public StorageSettings(Path dataDirectory, DatabaseUrl database) {
    this(dataDirectory, database, false);
  }
}
