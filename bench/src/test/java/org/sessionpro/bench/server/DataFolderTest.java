package org.sessionpro.bench.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataFolderTest {
  @TempDir private Path parent;

  @Test
  void closingDeletesTheFolderWithAllThatIsInIt() throws IOException {
    DataFolder folder = DataFolder.make(parent);
    Files.createDirectory(folder.path().resolve("dev"));
    Files.writeString(folder.path().resolve("dev/pro.db"), "x");

    folder.close();
    folder.close();

    assertThat(parent).isEmptyDirectory();
  }

  @Test
  void everyFolderIsAnotherOne() {
    try (DataFolder one = DataFolder.make(parent);
        DataFolder other = DataFolder.make(parent)) {
      assertThat(one.path()).isNotEqualTo(other.path()).isDirectory();
    }
  }
}
