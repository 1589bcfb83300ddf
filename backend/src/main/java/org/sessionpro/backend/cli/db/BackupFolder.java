package org.sessionpro.backend.cli.db;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;
import org.sessionpro.backend.cli.CommandFailed;
import org.sessionpro.backend.cli.Progress;
import org.sessionpro.backend.cli.Report;
import org.sessionpro.backend.cli.Shell;
import org.sessionpro.backend.config.BackupSettings;
import org.sessionpro.backend.config.DatabaseUrl;
import org.sessionpro.backend.config.StorageSettings;
import org.sessionpro.backend.db.Backups;
import org.sessionpro.backend.db.Backups.Backup;
import org.sessionpro.backend.db.SqliteCopy;

/// The copies of an SQLite ledger, as `pro db backup` and `pro db backups` show them.
final class BackupFolder {
  private final Path ledger;
  private final Backups backups;

  /// @throws CommandFailed if the ledger is no file
  BackupFolder(StorageSettings storage) {
    ledger = ledger(storage);
    BackupSettings settings = storage.backup();
    backups =
        new Backups(ledger, settings == null ? ledger.resolveSibling("") : settings.directory());
  }

  /// The file of the ledger, whether it exists or not.
  ///
  /// @throws CommandFailed if the ledger is no file
  static Path ledger(StorageSettings storage) {
    return switch (storage.database()) {
      case DatabaseUrl.Sqlite(Path file) -> file;
      case DatabaseUrl.InMemory _ ->
          throw CommandFailed.because("a database in memory begins and ends with its server");
      case DatabaseUrl.Postgres _ ->
          throw CommandFailed.because(
              "a PostgreSQL ledger is copied and restored by means of PostgreSQL, such as"
                  + " pgBackRest");
    };
  }

  /// Makes a copy.
  ///
  /// @param to null for a file of the folder
  /// @param shell where a person sees how much of it is written
  Report make(@Nullable Path to, Instant now, Shell shell) {
    Path copy = to;
    try (Progress progress = new Progress(shell)) {
      LongPredicate goesOn = watched(progress, ledger, "the ledger is copied");
      if (copy == null) {
        copy = backups.make(now, goesOn);
      } else {
        SqliteCopy.make(ledger, copy, goesOn);
      }
    }
    return Report.empty()
        .text("file", copy.toString())
        .number("size_bytes", size(copy))
        .moment("taken_ts", now);
  }

  /// What a copy of the file is told to go on by, which shows how much of it is written.
  static LongPredicate watched(Progress progress, Path file, String words) {
    progress.expect(Files.exists(file) ? size(file) : 0);
    progress.at(0, words);
    return written -> {
      progress.at(written, words);
      return true;
    };
  }

  private static long size(Path file) {
    try {
      return Files.size(file);
    } catch (IOException gone) {
      throw CommandFailed.because("it is gone: " + file);
    }
  }

  /// Every copy of the folder, newest first.
  Report list(Instant now) {
    List<Backup> all = backups.all().reversed();
    return Report.empty()
        .text("directory", backups.directory().toAbsolutePath().normalize().toString())
        .number("total", all.size())
        .rows("items", all.stream().map(one -> row(one, now)).toList());
  }

  private static Report row(Backup backup, Instant now) {
    return Report.empty()
        .text("file", String.valueOf(backup.file().getFileName()))
        .number("size_bytes", backup.size())
        .moment("taken_ts", backup.takenAt(), now)
        .moment("kept_until_ts", backup.keptUntil());
  }
}
