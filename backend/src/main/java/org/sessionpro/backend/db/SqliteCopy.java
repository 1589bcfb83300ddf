package org.sessionpro.backend.db;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongPredicate;
import org.sessionpro.backend.config.DataDirectory;

/// Copies an SQLite file as it stands at one moment, while others work on it.
///
/// `VACUUM INTO` reads one committed state and keeps no writer waiting; a copy page by page would
/// begin anew with each change of another connection. Until it is done the log beside the database
/// grows. The copy is one file that nobody but its owner may read, has its name only once it is on
/// the disk and was found sound, and never takes the place of another file.
public final class SqliteCopy {
  /// What a copy that is not finished ends with; one that never will be is left by a crash.
  static final String UNFINISHED = ".part";

  /// How often it is asked whether to go on.
  private static final Duration PATIENCE = Duration.ofMillis(500);

  private SqliteCopy() {}

  /// Makes a copy, and the folder that it is to be in if there is none.
  ///
  /// @param goesOn asked now and then, with the bytes that are written so far; the copy is given up once
  ///     it says no
  /// @throws DatabaseFault if there is no copy then
  public static void make(Path database, Path copy, LongPredicate goesOn) {
    var _ = make(database, List.of(copy), goesOn, PATIENCE);
  }

  /// As above.
  ///
  /// @param names of one folder; the copy gets the first one that no file has when it is done
  /// @return its name
  static Path make(Path database, List<Path> names, LongPredicate goesOn) {
    return make(database, names, goesOn, PATIENCE);
  }

  /// As above.
  ///
  /// @param patience how long nobody is asked
  static Path make(Path database, List<Path> names, LongPredicate goesOn, Duration patience) {
    if (!Files.isRegularFile(database)) {
      throw new DatabaseFault("there is no database file " + database);
    }
    if (names.stream().allMatch(Files::exists)) {
      throw taken(names);
    }
    Path first = names.getFirst();
    Path folder = first.toAbsolutePath().resolve("..").normalize();
    DataDirectory.create(folder);
    try {
      Path unfinished = Files.createTempFile(folder, first.getFileName() + ".", UNFINISHED);
      try {
        write(database, unfinished, goesOn, patience);
        sync(unfinished, StandardOpenOption.WRITE);
        requireSound(unfinished);
        Path copy = named(unfinished, names);
        sync(folder, StandardOpenOption.READ);
        return copy;
      } finally {
        Files.deleteIfExists(unfinished);
      }
    } catch (IOException impossible) {
      throw new DatabaseFault("the copy cannot be written to " + folder, impossible);
    }
  }

  private static DatabaseFault taken(List<Path> names) {
    return new DatabaseFault("there is a file " + names.getFirst() + " already");
  }

  private static Path named(Path unfinished, List<Path> names) throws IOException {
    for (Path name : names) {
      if (isNamed(unfinished, name)) {
        return name;
      }
    }
    throw taken(names);
  }

  /// By a link, because a file that is renamed takes the place of another one that has got the name
  /// meanwhile; by another copy, for example. Where there are no links, a look before has to do.
  private static boolean isNamed(Path unfinished, Path name) throws IOException {
    try {
      Files.createLink(name, unfinished);
      return true;
    } catch (FileAlreadyExistsException another) {
      return false;
    } catch (FileSystemException noLinks) {
      if (Files.exists(name)) {
        return false;
      }
      Files.move(unfinished, name, StandardCopyOption.ATOMIC_MOVE);
      return true;
    }
  }

  /// On a thread of its own: native code keeps a virtual thread's carrier from all others.
  private static void write(
      Path database, Path unfinished, LongPredicate goesOn, Duration patience) {
    try (Connection connection = SqliteDatabase.plain(database).getConnection();
        PreparedStatement vacuum = connection.prepareStatement("VACUUM INTO ?")) {
      vacuum.setString(1, unfinished.toAbsolutePath().toString());
      FutureTask<Boolean> work = new FutureTask<>(vacuum::execute);
      Thread.ofPlatform().name("sqlite-copy").start(work);
      while (!isDone(work, patience)) {
        if (!goesOn.test(Files.size(unfinished))) {
          vacuum.cancel();
        }
      }
    } catch (SQLException | ExecutionException failed) {
      throw new DatabaseFault("the database cannot be copied", failed);
    } catch (IOException gone) {
      throw new DatabaseFault("the copy was taken away while it was written", gone);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new DatabaseFault("interrupted while copying the database", stopped);
    }
  }

  private static boolean isDone(FutureTask<Boolean> work, Duration patience)
      throws ExecutionException, InterruptedException {
    try {
      work.get(patience.toMillis(), TimeUnit.MILLISECONDS);
      return true;
    } catch (TimeoutException stillAtWork) {
      return false;
    }
  }

  private static void requireSound(Path file) {
    try (Connection connection = SqliteDatabase.plain(file).getConnection();
        Statement check = connection.createStatement();
        ResultSet found = check.executeQuery("PRAGMA quick_check(1)")) {
      if (!found.next() || !"ok".equals(found.getString(1))) {
        throw new DatabaseFault("the copy is damaged, as the database may be: check it");
      }
    } catch (SQLException failed) {
      throw new DatabaseFault("the copy cannot be read", failed);
    }
  }

  /// Returns once what was written there is on the disk.
  static void sync(Path path, StandardOpenOption option) throws IOException {
    try (FileChannel channel = FileChannel.open(path, option)) {
      channel.force(true);
    }
  }
}
