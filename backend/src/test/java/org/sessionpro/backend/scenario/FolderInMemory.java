package org.sessionpro.backend.scenario;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.extension.AnnotatedElementContext;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.io.TempDirFactory;

/// A folder in memory where the system has a place for such: lives commit by the hundred, and no disk is
/// what they test.
final class FolderInMemory implements TempDirFactory {
  private static final Path PLACE = Path.of("/dev/shm");

  @Override
  public Path createTempDirectory(AnnotatedElementContext element, ExtensionContext context)
      throws IOException {
    return Files.isWritable(PLACE)
        ? Files.createTempDirectory(PLACE, "lives")
        : Files.createTempDirectory("lives");
  }
}
