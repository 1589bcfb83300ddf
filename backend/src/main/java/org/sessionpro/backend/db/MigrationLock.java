package org.sessionpro.backend.db;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.sessionpro.backend.config.DataDirectory;

/// Lets one process at a time bring an SQLite file up to date, open it or replace it; the engine's own
/// lock ends between two migrations.
final class MigrationLock {
  /// A lock on a file keeps out other processes only.
  private static final ReentrantLock IN_THIS_PROCESS = new ReentrantLock();

  private MigrationLock() {}

  /// Runs `work` while nobody else migrates, opens or replaces `database`. Makes the database's file and
  /// its folder if they are absent, with no right for others: it holds the keys of people.
  static <T> T around(Path database, Supplier<T> work) {
    Path lock = database.resolveSibling(database.getFileName() + ".lock");
    IN_THIS_PROCESS.lock();
    try {
      DataDirectory.create(database.toAbsolutePath().resolve("..").normalize());
      createPrivate(lock);
      createPrivate(database);
      try (FileChannel channel = FileChannel.open(lock, StandardOpenOption.WRITE)) {
        channel.lock();
        return work.get();
      }
    } catch (IOException impossible) {
      throw new DatabaseFault("the database file cannot be opened", impossible);
    } finally {
      IN_THIS_PROCESS.unlock();
    }
  }

  private static void createPrivate(Path file) throws IOException {
    if (!Files.exists(file)) {
      try {
        Files.createFile(
            file,
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      } catch (FileAlreadyExistsException madeMeanwhile) {
        // By a process that starts at the same time.
      }
    }
  }
}
