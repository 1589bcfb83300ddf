package org.sessionpro.backend.cli;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.sessionpro.backend.config.ConfigurationError;
import org.sessionpro.backend.config.Setting;
import org.sessionpro.backend.config.SettingSource;
import org.sessionpro.backend.config.Settings;
import org.sessionpro.backend.config.SettingsReader;
import picocli.CommandLine.Option;

/// The settings that every command on the server's own data shares; mixed into those commands. They
/// override the environment.
public final class SettingsOptions {
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
        "environment, SESH_PRO_BACKEND_DB_URL."
      })
  private @Nullable String db;

  @Option(
      names = "--key",
      paramLabel = "FILE",
      description = "Signing key (default: signing.key in the data folder).")
  private @Nullable String key;

  @Option(
      names = "--log-level",
      paramLabel = "LEVEL",
      description = "debug, info, warning, error or critical (default: info).")
  private @Nullable String logLevel;

  /// All settings, from these options, then the environment, then the defaults.
  ///
  /// @throws ConfigurationError with every problem found
  public Settings read(Map<String, String> environment) {
    return read(environment, Map.of());
  }

  /// As above, with the options that only one command has.
  ///
  /// @param others what was given on the command line besides
  /// @throws ConfigurationError with every problem found
  Settings read(Map<String, String> environment, Map<Setting, String> others) {
    Map<Setting, String> given = new EnumMap<>(Setting.class);
    given.putAll(others);
    put(given, Setting.DEV, dev ? "1" : null);
    put(given, Setting.DATA_DIR, data);
    put(given, Setting.DB_URL, db);
    put(given, Setting.KEY_PATH, key);
    put(given, Setting.LOG_LEVEL, logLevel);
    return SettingsReader.read(
        List.of(SettingSource.commandLine(given), SettingSource.environment(environment)));
  }

  private static void put(Map<Setting, String> given, Setting setting, @Nullable String text) {
    if (text != null) {
      given.put(setting, text);
    }
  }
}
