package org.sessionpro.bench.server;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.sessionpro.backend.config.DatabaseUrl;
import org.sessionpro.backend.config.Setting;
import org.sessionpro.backend.config.SettingSource;
import org.sessionpro.backend.config.SettingsReader;

/// How a server is started.
///
/// @param launcher the file `pro`
/// @param data folder of its key, and of its ledger if that is SQLite
/// @param database URL of another database; null for SQLite in `data`. May hold a password
/// @param dev whether it runs in development mode
public record Launch(Path launcher, Path data, @Nullable String database, boolean dev) {
  /// The database that the server will work on.
  ///
  /// @throws org.sessionpro.backend.config.ConfigurationError if its URL is malformed
  public DatabaseUrl ledger() {
    Map<Setting, @Nullable String> settings = new HashMap<>();
    settings.put(Setting.DATA_DIR, data.toString());
    settings.put(Setting.DB_URL, database);
    return SettingsReader.read(List.of(SettingSource.commandLine(settings))).storage().database();
  }

  @Override
  public String toString() {
    return "Launch(" + data + ")";
  }
}
