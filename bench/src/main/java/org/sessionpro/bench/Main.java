package org.sessionpro.bench;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import org.sessionpro.backend.config.ProductVersion;
import org.sessionpro.bench.hostile.HostileCommand;
import org.sessionpro.bench.micro.MicroCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/// The program: what `pro bench` runs.
@Command(
    name = "pro bench",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "Measures how fast the server and its parts are on this machine.",
    synopsisSubcommandLabel = "COMMAND")
public final class Main {
  private static final int HELP_WIDTH = 100;

  private Main() {}

  public static void main(String[] arguments) {
    PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
    InstantSource clock = InstantSource.system();
    CommandLine micro = new CommandLine(new MicroCommand());
    micro.setUnmatchedOptionsArePositionalParams(true);
    CommandLine program =
        new CommandLine(new Main())
            .addSubcommand(new RunCommand(out, clock))
            .addSubcommand(new LoadCommand(out, clock))
            .addSubcommand(new FillCommand(out, clock))
            .addSubcommand(new StartCommand(out))
            .addSubcommand(new SuiteCommand(out, clock))
            .addSubcommand(new HostileCommand(out, clock))
            .addSubcommand(micro)
            .setCaseInsensitiveEnumValuesAllowed(true)
            .setUsageHelpWidth(HELP_WIDTH)
            .setExecutionExceptionHandler((failure, command, parsed) -> failed(failure));
    setVersion(program);
    program.getSubcommands().values().forEach(Main::setVersion);
    System.exit(program.execute(arguments));
  }

  private static void setVersion(CommandLine command) {
    command.getCommandSpec().version("pro bench " + ProductVersion.current());
  }

  private static int failed(Exception failure) {
    System.err.println("pro bench: " + failure.getMessage());
    return CommandLine.ExitCode.SOFTWARE;
  }
}
