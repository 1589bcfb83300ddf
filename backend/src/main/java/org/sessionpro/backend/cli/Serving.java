package org.sessionpro.backend.cli;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.sessionpro.backend.config.ConfigurationError;
import org.sessionpro.backend.config.LogFormat;
import org.sessionpro.backend.config.LogSettings;
import org.sessionpro.backend.config.Setting;
import org.sessionpro.backend.config.SettingSource;
import org.sessionpro.backend.config.SettingsReader;
import org.sessionpro.backend.config.SettingsReading;
import org.sessionpro.backend.telemetry.LoggerName;
import org.sessionpro.backend.telemetry.Logging;
import org.sessionpro.backend.telemetry.Severity;
import org.slf4j.Logger;

/// What `pro serve` does, whoever read its words.
record Serving(Shell shell, ServeAction server) {
  private static final Logger LOG = LoggerName.PRO.logger();
  private static final String NOT_STARTED = "the server did not start: {}";

  /// Serves by what was given on the command line, then the environment, then the file that one of them
  /// names, then the defaults. That it does not start is logged too.
  ///
  /// @param given null is not given
  /// @return the exit status
  int by(Map<Setting, @Nullable String> given) {
    serve(SettingsReader.look(SettingSource.all(given, shell.environment())));
    return ExitCode.OK.number();
  }

  private void serve(SettingsReading reading) {
    @Nullable ConfigurationError unusable =
        reading.problems().isEmpty() ? null : new ConfigurationError(reading.problems());
    if (unusable != null && unusable.concernsCommandLine()) {
      throw unusable;
    }
    LogSettings log = reading.configuration().settings().log();
    Logging.start(log);
    try {
      if (unusable != null) {
        throw unusable;
      }
      server.serve(reading.configuration());
    } catch (CommandFailed decided) {
      throw decided;
    } catch (RuntimeException | Error failed) {
      throw told(failed, log.format());
    }
  }

  /// That nobody is served stands in the log too, for people who do not see what this process says.
  /// Where lines are for programs it stands there alone.
  ///
  /// @return to be thrown
  private static RuntimeException told(Throwable error, LogFormat format) {
    Failure failure = Failure.of(error);
    if (failure.unforeseen() != null) {
      LOG.error(Severity.CRITICAL, NOT_STARTED, failure.message(), failure.unforeseen());
    } else if (failure.problems().isEmpty()) {
      LOG.error(Severity.CRITICAL, NOT_STARTED, failure.message());
    }
    failure
        .problems()
        .forEach(problem -> LOG.error(Severity.CRITICAL, NOT_STARTED, problem.text()));
    return switch (format) {
      case JSON -> CommandFailed.told(failure);
      case TEXT ->
          error instanceof RuntimeException known
              ? known
              : CommandFailed.because(failure.message());
    };
  }
}
