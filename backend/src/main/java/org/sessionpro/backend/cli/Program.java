package org.sessionpro.backend.cli;

import java.util.List;
import org.sessionpro.backend.config.ProductVersion;
import org.sessionpro.protocol.BackendKey;
import org.sessionpro.protocol.MasterKey;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/// The whole command line: finds the command, runs it, and turns every outcome into an exit status
/// and every error into one line.
///
/// A noun is a class with `@Command` methods as its verbs, see [KeysCommands]. A verb returns what
/// [Shell#print] returns, and throws [CommandFailed] when it cannot do its work.
public final class Program {
  private static final int HELP_WIDTH = 100;

  private final Shell shell;
  private final ServeAction server;
  private final List<Object> nouns;

  /// @param nouns one object with `@Command` methods each, or a command without verbs
  public Program(Shell shell, ServeAction server, List<Object> nouns) {
    this.shell = shell;
    this.server = server;
    this.nouns = List.copyOf(nouns);
  }

  /// Runs one command.
  ///
  /// @return the exit status of the process, a number of [ExitCode]
  public int run(String... arguments) {
    return commandLine(needed(arguments)).execute(arguments);
  }

  /// The nouns without which the arguments cannot be understood. Reading all of them takes a third of a
  /// second, which a server should not spend before it starts.
  private List<Object> needed(String... arguments) {
    String first = arguments.length == 0 ? "" : arguments[0];
    return first.equals(ProCommand.SERVE)
        ? List.of()
        : nouns.stream()
            .filter(noun -> first.equals(noun.getClass().getAnnotation(Command.class).name()))
            .findFirst()
            .map(List::of)
            .orElse(nouns);
  }

  /// All commands with their options, for whoever wants to look at them.
  public CommandLine commandLine() {
    return commandLine(nouns);
  }

  private CommandLine commandLine(List<Object> nouns) {
    CommandLine commandLine = new CommandLine(new ProCommand(shell, server));
    nouns.forEach(commandLine::addSubcommand);
    commandLine.addSubcommand(new CompletionCommand(shell, this::commandLine));
    commandLine
        .registerConverter(MasterKey.class, new HexConverter<>(MasterKey::fromHex))
        .registerConverter(BackendKey.class, new HexConverter<>(BackendKey::fromHex))
        .setOut(shell.out())
        .setErr(shell.err())
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setUsageHelpWidth(HELP_WIDTH)
        .setParameterExceptionHandler((error, _) -> notUnderstood(error))
        .setExecutionExceptionHandler((error, _, parsed) -> failed(error, parsed));
    describe(commandLine);
    commandLine
        .getCommandSpec()
        .versionProvider(() -> new String[] {"pro " + ProductVersion.current()})
        .addOption(
            OptionSpec.builder("-V", "--version")
                .versionHelp(true)
                .description("Show the version and exit.")
                .build());
    return commandLine;
  }

  private static void describe(CommandLine command) {
    CommandSpec spec = command.getCommandSpec();
    spec.addOption(
        OptionSpec.builder("-h", "--help")
            .usageHelp(true)
            .description("Show this help and exit.")
            .build());
    spec.usageMessage()
        .abbreviateSynopsis(!command.getSubcommands().isEmpty())
        .synopsisSubcommandLabel("COMMAND")
        .exitCodeListHeading("%nExit status:%n")
        .exitCodeList(ExitCode.list());
    command.getSubcommands().values().forEach(Program::describe);
  }

  private int notUnderstood(ParameterException error) {
    shell.error(Failure.oneLine(error) + suggestion(error) + seeHelpOf(error.getCommandLine()));
    return ExitCode.USAGE.number();
  }

  private static String suggestion(ParameterException error) {
    return error instanceof UnmatchedArgumentException unmatched
            && !unmatched.getSuggestions().isEmpty()
        ? ", did you mean " + String.join(" or ", unmatched.getSuggestions()) + "?"
        : "";
  }

  private int failed(Exception error, ParseResult parsed) {
    Failure failure = Failure.of(error);
    if (!(error instanceof CommandFailed failed && failed.isTold())) {
      failure.problems().forEach(problem -> shell.error(problem.text()));
      shell.error(failure.message() + help(failure, parsed));
    }
    if (wantsJson(parsed)) {
      shell.printJson(failure.report().json());
    }
    return failure.exitCode().number();
  }

  private static String help(Failure failure, ParseResult parsed) {
    CommandLine command = parsed.asCommandLineList().getLast();
    return failure.exitCode() == ExitCode.USAGE ? seeHelpOf(command) : "";
  }

  private static String seeHelpOf(CommandLine command) {
    return " (see " + command.getCommandSpec().qualifiedName() + " --help)";
  }

  private static boolean wantsJson(ParseResult parsed) {
    return parsed
        .asCommandLineList()
        .getLast()
        .getParseResult()
        .hasMatchedOption(OutputOptions.JSON);
  }
}
