package org.sessionpro.backend.cli;

import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.sessionpro.backend.config.ConfigurationError;
import org.sessionpro.backend.config.LogFormat;
import org.sessionpro.backend.config.LogSettings;
import org.sessionpro.backend.config.Setting;
import org.sessionpro.backend.config.SettingsReading;
import org.sessionpro.backend.telemetry.LoggerName;
import org.sessionpro.backend.telemetry.Logging;
import org.sessionpro.backend.telemetry.Severity;
import org.slf4j.Logger;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `pro` itself, and the one verb without a noun, `serve`.
@Command(
    name = "pro",
    description =
        "Session Pro backend: turns purchases into signed proofs that anybody can verify.")
final class ProCommand {
  static final String SERVE = "serve";

  private static final Logger LOG = LoggerName.PRO.logger();
  private static final String NOT_STARTED = "the server did not start: {}";

  private final Shell shell;
  private final ServeAction server;

  ProCommand(Shell shell, ServeAction server) {
    this.shell = shell;
    this.server = server;
  }

  @Command(
      name = SERVE,
      description = "Runs the server until it gets SIGTERM or SIGINT.",
      footer = {
        "",
        "Every option has an environment variable, which it overrides: SESH_PRO_BACKEND_ and the option's",
        "name, for example _PORT. All settings can stand in a file, see 'pro config example'; a few stand",
        "in the environment only, see 'pro config show'."
      })
  int serve(
      @Option(
              names = "--bind",
              paramLabel = "ADDRESS",
              description = "IP address to listen on (default: 127.0.0.1).")
          @Nullable String bind,
      @Option(
              names = "--port",
              paramLabel = "PORT",
              description = "TCP port to listen on; 0 picks a free one (default: 5000).")
          @Nullable String port,
      @Option(
              names = "--ops-port",
              paramLabel = "PORT",
              description = {
                "TCP port for those who run the server; 0 picks a free one (default: none)."
              })
          @Nullable String opsPort,
      @Option(
              names = "--ops-bind",
              paramLabel = "ADDRESS",
              description = "IP address of that port (default: 127.0.0.1).")
          @Nullable String opsBind,
      @Option(
              names = "--dev-clock",
              paramLabel = "FILE",
              description = {
                "File with microseconds that the clock is ahead of the system's, as",
                "'pro simulate' moves it. With --dev only."
              })
          @Nullable String clock,
      @Option(
              names = "--log-level",
              paramLabel = "LEVEL",
              description = "debug, info, warning, error or critical (default: info).")
          @Nullable String logLevel,
      @Mixin SettingsOptions options) {
    Map<Setting, @Nullable String> given = new EnumMap<>(Setting.class);
    given.put(Setting.BIND, bind);
    given.put(Setting.PORT, port);
    given.put(Setting.OPS_PORT, opsPort);
    given.put(Setting.OPS_BIND, opsBind);
    given.put(Setting.DEV_CLOCK, clock);
    given.put(Setting.LOG_LEVEL, logLevel);
    serve(options.look(shell.environment(), given));
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
