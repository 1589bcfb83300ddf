package org.sessionpro.backend.cli;

import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.sessionpro.backend.config.Setting;
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

  private final Serving serving;

  ProCommand(Serving serving) {
    this.serving = serving;
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
    return serving.by(options.with(given));
  }
}
