package org.sessionpro.backend.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.sessionpro.backend.config.SettingSource.Given;

/// Reads where the ledger is and how it is copied.
final class StorageSettingsReader {
  private final SettingsReader reader;
  private final boolean dev;

  /// @param reader that finds values and gathers problems
  StorageSettingsReader(SettingsReader reader, boolean dev) {
    this.reader = reader;
    this.dev = dev;
  }

  StorageSettings settings() {
    Path unset =
        dev ? StorageSettings.DEFAULT_DEV_DATA_DIRECTORY : StorageSettings.DEFAULT_DATA_DIRECTORY;
    Path directory = reader.value(Setting.DATA_DIR, SettingsReader::path, unset);
    DatabaseUrl inDirectory =
        new DatabaseUrl.Sqlite(directory.resolve(StorageSettings.DEFAULT_DATABASE_NAME));
    DatabaseUrl database = database(inDirectory);
    return new StorageSettings(
        directory,
        database,
        reader.value(Setting.PRINT_TABLES, SettingsReader::zeroOrOne, false),
        backup(database));
  }

  /// The path of the first servers counts where its source has no URL.
  private DatabaseUrl database(DatabaseUrl unset) {
    boolean isUri = reader.value(Setting.DB_PATH_IS_URI, SettingsReader::zeroOrOne, false);
    for (SettingSource source : reader.sources()) {
      Optional<Given> url = source.find(Setting.DB_URL);
      if (url.isPresent()) {
        return reader.value(url, text -> admitted(DatabaseUrlParser.parse(text)), unset);
      }
      Optional<Given> path = source.find(Setting.DB_PATH);
      if (path.isPresent()) {
        return reader.value(path, text -> admitted(pathOrUri(text, isUri)), unset);
      }
    }
    return unset;
  }

  private DatabaseUrl admitted(DatabaseUrl url) {
    return dev ? url : DatabaseUrlParser.lasting(url);
  }

  private static DatabaseUrl pathOrUri(String text, boolean isUri) {
    return isUri ? DatabaseUrlParser.parseFileUri(text) : DatabaseUrlParser.parsePath(text);
  }

  private @Nullable BackupSettings backup(DatabaseUrl database) {
    Optional<Path> named =
        reader.value(
            Setting.BACKUP_DIRECTORY,
            text -> Optional.of(SettingsReader.path(text)),
            Optional.<Path>empty());
    Duration interval =
        reader.value(
            Setting.BACKUP_INTERVAL,
            StorageSettingsReader::interval,
            BackupSettings.DEFAULT_INTERVAL);
    return switch (database) {
      case DatabaseUrl.Sqlite(Path file) when interval.isPositive() ->
          new BackupSettings(named.orElseGet(() -> file.resolveSibling("")), interval);
      case DatabaseUrl.Sqlite _, DatabaseUrl.InMemory _ -> null;
      case DatabaseUrl.Postgres _ -> {
        reader
            .given(Setting.BACKUP_DIRECTORY)
            .ifPresent(it ->
                reader.warn(
                    it, "has no effect on PostgreSQL, which is copied by means of its own"));
        yield null;
      }
    };
  }

  private static Duration interval(String text) {
    long min = BackupSettings.MIN_INTERVAL.toSeconds();
    long max = BackupSettings.MAX_INTERVAL.toSeconds();
    long seconds = text.matches("[0-9]{1,9}") ? Long.parseLong(text) : -1;
    if (seconds != 0 && (seconds < min || seconds > max)) {
      throw new IllegalArgumentException("must be 0, or a whole number from " + min + " to " + max);
    }
    return Duration.ofSeconds(seconds);
  }
}
