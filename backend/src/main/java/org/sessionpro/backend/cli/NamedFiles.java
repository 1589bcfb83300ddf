package org.sessionpro.backend.cli;

import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import org.sessionpro.backend.config.AppleSettings;
import org.sessionpro.backend.config.BackupSettings;
import org.sessionpro.backend.config.ConfigurationError;
import org.sessionpro.backend.config.ConfigurationError.Problem;
import org.sessionpro.backend.config.DatabaseUrl;
import org.sessionpro.backend.config.GoogleSettings;
import org.sessionpro.backend.config.MovedClock;
import org.sessionpro.backend.config.Setting;
import org.sessionpro.backend.config.SettingSource.Given;
import org.sessionpro.backend.config.SettingSource.Warning;
import org.sessionpro.backend.config.Settings;
import org.sessionpro.backend.config.SettingsReading;
import org.sessionpro.backend.config.SigningKeySource;
import org.sessionpro.backend.config.StorageSettings;
import org.sessionpro.backend.db.DatabaseFault;
import org.sessionpro.backend.db.Databases;
import org.sessionpro.backend.proof.KeyFileRefused;
import org.sessionpro.backend.proof.SigningKeyFile;
import org.sessionpro.backend.store.apple.AppleClients;
import org.sessionpro.backend.store.google.GoogleClients;
import org.sessionpro.protocol.crypto.Crypto;

/// Reads the files that settings name, by the same means as a start of the server; changes none.
final class NamedFiles {
  private final SettingsReading reading;
  private final Settings settings;
  private final Supplier<Crypto> crypto;
  private final InstantSource system;
  private final List<Problem> problems = new ArrayList<>();

  /// @param reading of which the defaults of settings that cannot be used are read too, and not told of
  NamedFiles(SettingsReading reading, Supplier<Crypto> crypto, InstantSource system) {
    this.reading = reading;
    this.settings = reading.configuration().settings();
    this.crypto = crypto;
    this.system = system;
  }

  /// Everything that is wrong with the settings, and then with the files, where the settings that name
  /// them were set.
  List<Problem> problems() {
    requireFolder(Setting.DATA_DIR, settings.storage().dataDirectory());
    requireKeys();
    requireDatabase();
    requireStores();
    BackupSettings backup = settings.storage().backup();
    if (backup != null) {
      requireFolder(Setting.BACKUP_DIRECTORY, backup.directory());
    }
    Path clock = settings.development().clock();
    if (clock != null) {
      attempt(Setting.DEV_CLOCK, () -> new MovedClock(clock, system).instant());
    }
    return reading.with(problems);
  }

  private void requireDatabase() {
    if (settings.storage().database() instanceof DatabaseUrl.Sqlite(Path file)) {
      Map<Setting, Given> given = reading.configuration().given();
      Setting setting =
          given.containsKey(Setting.DB_PATH) && !given.containsKey(Setting.DB_URL)
              ? Setting.DB_PATH
              : Setting.DB_URL;
      Path folder = StorageSettings.folderOf(file);
      if (!folder.equals(settings.storage().dataDirectory().toAbsolutePath())) {
        requireFolder(setting, folder);
      }
      if (Files.exists(file) && (Files.isDirectory(file) || !Files.isWritable(file))) {
        refuse(setting, "must be a file that this user may write to: " + file + " is none");
        return;
      }
      requireLedger(setting, settings.storage().database());
    }
  }

  /// One that another program made would not be touched by a server.
  private void requireLedger(Setting setting, DatabaseUrl file) {
    try {
      var _ = Databases.state(file);
    } catch (DatabaseFault refused) {
      refuse(setting, "must name a ledger, or nothing yet: " + Failure.withCause(refused));
    }
  }

  private void requireKeys() {
    switch (settings.keys().signing()) {
      case SigningKeySource.Development _ -> {}
      case SigningKeySource.ConfiguredFile(Path file) -> requireKey(Setting.KEY_PATH, file);
      case SigningKeySource.DefaultFile(Path file) -> {
        if (Files.exists(file)) {
          requireKey(Setting.KEY_PATH, file);
        }
      }
    }
    settings
        .keys()
        .previousOnionKeys()
        .forEach(file -> requireKey(Setting.ONION_PREVIOUS_KEY_PATHS, file));
  }

  private void requireKey(Setting setting, Path file) {
    attempt(setting, () -> SigningKeyFile.read(file, crypto.get()));
  }

  private void requireStores() {
    GoogleSettings google = settings.jobs().stores().google();
    if (google != null) {
      attempt(
          Setting.GOOGLE,
          () -> GoogleClients.open(google, GoogleClients.Limits.STANDARD, system).close());
    }
    AppleSettings apple = settings.jobs().stores().apple();
    if (apple != null) {
      attempt(
          Setting.APPLE,
          () -> AppleClients.open(apple, AppleClients.Limits.STANDARD, system).close());
    }
  }

  /// One that does not exist is made, in the nearest one above it that does.
  private void requireFolder(Setting setting, Path folder) {
    Path nearest = folder.toAbsolutePath();
    while (!Files.exists(nearest) && nearest.getParent() != null) {
      nearest = nearest.getParent();
    }
    if (Files.isDirectory(nearest) && Files.isWritable(nearest)) {
      return;
    }
    refuse(
        setting,
        nearest.equals(folder.toAbsolutePath())
            ? "must be a folder that this user may write to: " + folder + " is none"
            : "must be a folder that this user may make: "
                + nearest
                + " is none that they may write to");
  }

  /// What the server starts without.
  List<Warning> warnings() {
    Path file = settings.log().file();
    if (file == null) {
      return List.of();
    }
    Path writable = Files.exists(file) ? file : file.toAbsolutePath().resolveSibling("");
    if (Files.isWritable(writable) && !Files.isDirectory(file)) {
      return List.of();
    }
    Map<Setting, Given> given = reading.configuration().given();
    Given place =
        Objects.requireNonNull(
            given.getOrDefault(Setting.LOG_PATH, given.get(Setting.FORMER_LOG_PATH)));
    return List.of(
        new Warning(
            place.name(),
            place.source(),
            "is no file that this user may write to: the server's log goes to standard error alone"));
  }

  private void attempt(Setting setting, Runnable reading) {
    try {
      reading.run();
    } catch (ConfigurationError found) {
      problems.addAll(found.problems());
    } catch (KeyFileRefused | UncheckedIOException refused) {
      refuse(setting, "must be a file that can be used: " + refused.getMessage());
    }
  }

  private void refuse(Setting setting, String expected) {
    problems.addAll(ConfigurationError.of(setting, expected).problems());
  }
}
