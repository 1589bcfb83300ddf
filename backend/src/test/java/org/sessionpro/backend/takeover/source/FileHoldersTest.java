package org.sessionpro.backend.takeover.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sessionpro.backend.takeover.OtherProcess;

/// Who has a file, as this machine's kernel tells.
class FileHoldersTest {
  @TempDir Path folder;
  private Path database;

  @BeforeEach
  void create() throws IOException {
    database = Files.createFile(folder.resolve("pro.db"));
  }

  @Test
  void fileOfNobodyHasNone() {
    assertThat(FileHolders.LINUX.othersOf(database)).isZero();
  }

  @Test
  void ownProcessIsNoOther() throws IOException {
    try (var _ = Files.newInputStream(database)) {
      assertThat(FileHolders.LINUX.othersOf(database)).isZero();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"pro.db", "pro.db-wal", "pro.db-shm", "pro.db-journal"})
  void processThatHasAnyPartOpenIsFound(String part) throws IOException {
    Path file = folder.resolve(part);
    Files.write(file, new byte[1]);

    try (OtherProcess _ = OtherProcess.reading(file)) {
      assertThat(FileHolders.LINUX.othersOf(database)).isOne();
    }
  }

  @Test
  void fileIsTheSameByWhateverNameItIsOpen() throws IOException {
    Path other = Files.createSymbolicLink(folder.resolve("other"), database);

    try (OtherProcess _ = OtherProcess.reading(other)) {
      assertThat(FileHolders.LINUX.othersOf(database)).isOne();
    }
  }

  /// As it is where the files of others are hidden, because they are another user's.
  @Test
  void processThatHasLockedItIsFoundByThatAlone() throws IOException {
    Path proc = Files.createDirectory(folder.resolve("proc"));

    try (OtherProcess _ = OtherProcess.locking(database)) {
      Files.writeString(proc.resolve("locks"), Files.readString(Path.of("/proc/locks")));
      assertThat(new FileHolders(proc).othersOf(database)).isOne();
    }
  }

  @Test
  void nothingIsFoundWhereNothingIsTold() {
    try (OtherProcess _ = OtherProcess.reading(database)) {
      assertThat(new FileHolders(folder.resolve("nowhere")).othersOf(database)).isZero();
    }
  }
}
