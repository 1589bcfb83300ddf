package org.sessionpro.backend.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.sessionpro.backend.config.Configuration;
import org.sessionpro.backend.config.ConfigurationError.Problem;
import org.sessionpro.backend.config.SettingSource.Warning;
import org.sessionpro.backend.config.SettingsReading;
import org.sessionpro.backend.config.ShownSetting;
import org.sessionpro.protocol.crypto.Crypto;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `pro config`: what the server is told, before it is told. Changes no database, asks no store.
@Command(name = "config", description = "The server's settings.")
public final class ConfigCommands {
  /// The file `deploy/config.example.ini`, which the build puts beside this class.
  private static final String EXAMPLE = "config.example.ini";

  private final Shell shell;
  private final Supplier<Crypto> crypto;
  private final InstantSource system;

  /// @param crypto asked when a command runs: it loads native libraries
  /// @param system the system's clock
  public ConfigCommands(Shell shell, Supplier<Crypto> crypto, InstantSource system) {
    this.shell = shell;
    this.crypto = crypto;
    this.system = system;
  }

  @Command(
      name = "check",
      description = {
        "Checks all settings as a start of the server would, with the files that they name, and",
        "lists everything that is wrong. Makes and changes nothing, and asks no PostgreSQL server and no",
        "store. Exit status 1 if the server would not start."
      },
      footer = {
        "",
        "Members with --json, in this order:",
        "",
        "  usable                 whether a server would start",
        "  file                   with settings, readable or not; null for none",
        "  problems               why it would not: setting, source, detail",
        "  warnings               what does not keep it from that: setting, source, detail"
      })
  int check(@Mixin SettingsOptions options, @Mixin OutputOptions output) {
    SettingsReading reading = options.look(shell.environment());
    Configuration configuration = reading.configuration();
    NamedFiles files = new NamedFiles(reading, crypto, system);
    List<Problem> problems = files.problems();
    Stream<Warning> warnings =
        Stream.concat(configuration.warnings().stream(), files.warnings().stream());
    Report usable = Report.empty().flag("usable", problems.isEmpty());
    shell.print(
        configuration
            .file()
            .map(file -> usable.text("file", file))
            .orElseGet(() -> usable.absent("file"))
            .rows("problems", problems.stream().map(Failure::row).toList())
            .rows("warnings", warnings.map(ConfigCommands::row).toList()),
        output);
    if (problems.isEmpty()) {
      return ExitCode.OK.number();
    }
    shell.error("the configuration is not usable: " + problems.size() + " problems");
    return ExitCode.FAILED.number();
  }

  private static Report row(Warning warning) {
    return Failure.row(new Problem(warning.source(), warning.name(), warning.advice()));
  }

  @Command(
      name = "show",
      description = {
        "Shows every setting, its value and where it was set. Passwords are hidden, and the",
        "addresses of webhooks."
      },
      footer = {
        "",
        "Members with --json, in this order:",
        "",
        "  settings               setting, value, source"
      })
  int show(@Mixin SettingsOptions options, @Mixin OutputOptions output) {
    Configuration configuration = options.configuration(shell.environment());
    configuration.warnings().forEach(warning -> shell.error("warning: " + warning.text()));
    return shell.print(
        Report.empty()
            .rows("settings", configuration.shown().stream().map(ConfigCommands::row).toList()),
        output);
  }

  private static Report row(ShownSetting setting) {
    return Report.empty()
        .text("setting", setting.name())
        .text("value", setting.value())
        .text("source", setting.source());
  }

  @Command(
      name = "example",
      description = {
        "Prints a configuration file with every setting, its default and its meaning. All settings",
        "in it are comments: it changes nothing until somebody changes it."
      })
  int example() {
    shell.out().print(exampleFile());
    shell.out().flush();
    return ExitCode.OK.number();
  }

  private static String exampleFile() {
    try (InputStream in =
        Objects.requireNonNull(ConfigCommands.class.getResourceAsStream(EXAMPLE))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException broken) {
      throw new UncheckedIOException("the program is not whole", broken);
    }
  }
}
