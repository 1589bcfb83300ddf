package org.sessionpro.backend.config;

import java.nio.file.Path;

/// Where the server keeps what it must not lose.
///
/// @param dataDirectory default `data` in the working directory; `data/dev` in development mode, whose
///     ledger belongs to another key
/// @param database default the SQLite file `pro.db` in the data directory
public record StorageSettings(Path dataDirectory, DatabaseUrl database) {
  static final Path DEFAULT_DATA_DIRECTORY = Path.of("data");
  static final Path DEFAULT_DEV_DATA_DIRECTORY = Path.of("data", "dev");
  static final String DEFAULT_DATABASE_NAME = "pro.db";
}
