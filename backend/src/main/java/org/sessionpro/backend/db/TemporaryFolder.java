package org.sessionpro.backend.db;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/// A folder with no right for others, for a database that is not meant to last.
record TemporaryFolder(Path path) {
  static TemporaryFolder create() {
    try {
      return new TemporaryFolder(Files.createTempDirectory("session-pro-"));
    } catch (IOException impossible) {
      throw new DatabaseFault("a temporary folder cannot be made", impossible);
    }
  }

  Path file(String name) {
    return path.resolve(name);
  }

  /// Deletes the folder with everything in it.
  void delete() {
    try (Stream<Path> found = Files.walk(path)) {
      List<Path> innermostFirst = found.sorted(Comparator.reverseOrder()).toList();
      for (Path one : innermostFirst) {
        Files.deleteIfExists(one);
      }
    } catch (IOException impossible) {
      throw new DatabaseFault("the temporary folder cannot be deleted", impossible);
    }
  }
}
