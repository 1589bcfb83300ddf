package org.sessionpro.backend.cli;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.sessionpro.backend.config.Configuration;
import org.sessionpro.backend.config.ConfigurationError;
import org.sessionpro.backend.config.Setting;
import org.sessionpro.backend.config.SettingSource;
import org.sessionpro.backend.config.Settings;
import org.sessionpro.backend.config.SettingsReader;
import org.sessionpro.backend.config.SettingsReading;
import org.sessionpro.backend.telemetry.Logging;
import picocli.CommandLine.Option;

/// Where the server's own data is: what every command on it shares; mixed into those commands.
/// Overrides the environment, which overrides the configuration file.
public final class SettingsOptions {
  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = {
        "Configuration file (default: SESH_PRO_BACKEND_INI_PATH, or none). See",
        "'pro config example'."
      })
  private @Nullable String config;

  @Option(
      names = "--dev",
      description = "Development mode: the public development key, loopback only, test payments.")
  private boolean dev;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "Folder of ledger and key (default: data; data/dev with --dev).")
  private @Nullable String data;

  @Option(
      names = "--db",
      paramLabel = "URL",
      description = {
        "Ledger: sqlite:///FILE or postgresql://USER:PASSWORD@HOST:PORT/DATABASE",
        "(default: pro.db in the data folder). A password is better kept in the",
        "environment, SESH_PRO_BACKEND_DB_URL, or in the file. With --dev also sqlite://, a ledger",
        "that ends with the server."
      })
  private @Nullable String db;

  @Option(
      names = "--key",
      paramLabel = "FILE",
      description = "Signing key (default: signing.key in the data folder).")
  private @Nullable String key;

  /// All settings, from these options, then the environment, then the file that one of them names, then
  /// the defaults. From now on the command logs where they say ([Logging#startCommand]).
  ///
  /// @throws ConfigurationError with every problem found
  public Settings read(Map<String, String> environment) {
    Settings settings = configuration(environment).settings();
    Logging.startCommand(settings.log());
    return settings;
  }

  /// All settings, and where they come from.
  ///
  /// @throws ConfigurationError with every problem found
  public Configuration configuration(Map<String, String> environment) {
    return SettingsReader.configuration(sources(environment));
  }

  /// As above, usable or not.
  SettingsReading look(Map<String, String> environment) {
    return SettingsReader.look(sources(environment));
  }

  /// What was given of these options and of those that only one command has.
  ///
  /// @param others null is not given
  Map<Setting, @Nullable String> with(Map<Setting, @Nullable String> others) {
    Map<Setting, @Nullable String> given = new EnumMap<>(Setting.class);
    given.putAll(others);
    given.put(Setting.INI_PATH, config);
    given.put(Setting.DEV, dev ? "1" : null);
    given.put(Setting.DATA_DIR, data);
    given.put(Setting.DB_URL, db);
    given.put(Setting.KEY_PATH, key);
    return given;
  }

  private List<SettingSource> sources(Map<String, String> environment) {
    return SettingSource.all(with(Map.of()), environment);
  }
}
