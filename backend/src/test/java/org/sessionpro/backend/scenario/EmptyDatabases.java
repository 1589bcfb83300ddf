package org.sessionpro.backend.scenario;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.sessionpro.backend.config.DatabaseUrl;
import org.sessionpro.backend.db.Databases;

/// Embedded databases with their tables, each a copy of one that was made once.
final class EmptyDatabases {
  private final Path folder;
  private final Path template;
  private int number;

  EmptyDatabases(Path folder) {
    this.folder = folder;
    this.template = folder.resolve("template.db");
    Databases.open(new DatabaseUrl.Sqlite(template)).close();
  }

  DatabaseUrl next() {
    number++;
    Path copy = folder.resolve("life-" + number + ".db");
    try {
      return new DatabaseUrl.Sqlite(Files.copy(template, copy));
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }
}
