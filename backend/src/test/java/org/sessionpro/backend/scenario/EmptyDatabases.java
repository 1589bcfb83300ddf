package org.sessionpro.backend.scenario;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.sessionpro.backend.config.DatabaseUrl;
import org.sessionpro.backend.db.Databases;

/// Embedded databases with their tables, one after the other, each a copy of one that was made once.
final class EmptyDatabases {
  private final Path template;
  private final Path copy;

  EmptyDatabases(Path folder) {
    this.template = folder.resolve("template.db");
    this.copy = folder.resolve("life.db");
    Databases.open(new DatabaseUrl.Sqlite(template)).close();
  }

  /// The next one, which takes the place of the one before; nobody uses that any more.
  DatabaseUrl next() {
    try {
      for (String beside : new String[] {"-wal", "-shm"}) {
        Files.deleteIfExists(copy.resolveSibling(copy.getFileName() + beside));
      }
      return new DatabaseUrl.Sqlite(
          Files.copy(template, copy, StandardCopyOption.REPLACE_EXISTING));
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }
}
