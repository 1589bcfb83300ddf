package org.sessionpro.simulator;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import org.sessionpro.simulator.cli.AppleCommand;
import org.sessionpro.simulator.cli.GoogleCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/// The program: what `pro simulate` runs.
@Command(
    name = "pro simulate",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "Plays a store for a server that runs on this machine.",
    synopsisSubcommandLabel = "COMMAND")
public final class Main {
  private static final int HELP_WIDTH = 100;

  private Main() {}

  public static void main(String[] arguments) {
    PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
    System.exit(commandLine(out, InstantSource.system()).execute(arguments));
  }

  static CommandLine commandLine(PrintWriter out, InstantSource system) {
    return new CommandLine(new Main())
        .addSubcommand(GoogleCommand.commandLine(out, system))
        .addSubcommand(AppleCommand.commandLine(out, system))
        .setUsageHelpWidth(HELP_WIDTH)
        .setOut(out)
        .setExecutionExceptionHandler((failure, command, _) -> failed(failure, command));
  }

  private static int failed(Exception failure, CommandLine command) {
    command.getErr().println("pro simulate: " + failure.getMessage());
    return CommandLine.ExitCode.SOFTWARE;
  }
}
