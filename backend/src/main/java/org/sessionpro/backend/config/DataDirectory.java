package org.sessionpro.backend.config;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/// The folder of everything the server writes.
public final class DataDirectory {
  private DataDirectory() {}

  /// Makes `directory` and its missing parents, open to their owner only (0700). One that exists is
  /// left as the operator made it.
  ///
  /// @throws UncheckedIOException if that is impossible
  public static void create(Path directory) {
    try {
      if (!Files.isDirectory(directory)) {
        Files.createDirectories(
            directory,
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
      }
    } catch (IOException impossible) {
      throw new UncheckedIOException(
          "the data directory " + directory + " cannot be made", impossible);
    }
  }
}
