package org.sessionpro.bench.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A new folder for the data of servers; goes when it is closed, which the end of this process does
/// too.
public final class DataFolder implements AutoCloseable {
  private final Path path;
  private final Runnable deletion;

  private DataFolder(Path path) {
    this.path = path;
    this.deletion = () -> delete(path);
  }

  /// Makes one.
  ///
  /// @param parent where; null for the system's folder of temporary files
  /// @throws UncheckedIOException if that is impossible
  public static DataFolder make(@Nullable Path parent) {
    try {
      DataFolder folder =
          new DataFolder(
              parent == null
                  ? Files.createTempDirectory("pro-bench")
                  : Files.createTempDirectory(parent, "pro-bench"));
      AtEnd.add(folder.deletion);
      return folder;
    } catch (IOException impossible) {
      throw new UncheckedIOException("no folder for the server's data", impossible);
    }
  }

  /// Where it is.
  public Path path() {
    return path;
  }

  /// Deletes the folder and all that is in it. Does nothing the second time.
  @Override
  public void close() {
    AtEnd.run(deletion);
  }

  private static void delete(Path directory) {
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (IOException impossible) {
      throw new UncheckedIOException("cannot delete " + directory, impossible);
    }
  }
}
