package org.sessionpro.backend.cli;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.sessionpro.backend.config.Configuration;
import org.sessionpro.backend.config.Setting;
import org.sessionpro.backend.config.SettingSource;
import org.sessionpro.backend.config.SettingsReader;
import org.sessionpro.backend.telemetry.Logging;

/// What `pro serve` does, whoever read its words.
record Serving(Shell shell, ServeAction server) {

  /// Serves by what was given on the command line, then the environment, then the file that one of them
  /// names, then the defaults.
  ///
  /// @param given null is not given
  /// @return the exit status
  int by(Map<Setting, @Nullable String> given) {
    Configuration configuration =
        SettingsReader.configuration(SettingSource.all(given, shell.environment()));
    Logging.start(configuration.settings().log());
    server.serve(configuration);
    return ExitCode.OK.number();
  }
}
