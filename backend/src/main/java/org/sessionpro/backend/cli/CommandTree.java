package org.sessionpro.backend.cli;

import java.util.List;
import java.util.function.Supplier;
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

/// The commands as the library for command lines knows them.
final class CommandTree {
  private static final int HELP_WIDTH = 100;

  private final Shell shell;
  private final Serving serving;
  private final Supplier<List<Object>> nouns;

  /// @param nouns one object with `@Command` methods each, or a command without verbs
  CommandTree(Shell shell, Serving serving, Supplier<List<Object>> nouns) {
    this.shell = shell;
    this.serving = serving;
    this.nouns = nouns;
  }

  /// Runs one command.
  ///
  /// @return the exit status of the process, a number of [ExitCode]
  int run(String... arguments) {
    return commandLine(needed(arguments)).execute(arguments);
  }

  /// The nouns without which the arguments cannot be understood. Reading all of them takes a third of a
  /// second, which a server should not spend before it starts.
  private List<Object> needed(String... arguments) {
    String first = arguments.length == 0 ? "" : arguments[0];
    if (first.equals(ProCommand.SERVE)) {
      return List.of();
    }
    List<Object> all = nouns.get();
    return all.stream()
        .filter(noun -> first.equals(noun.getClass().getAnnotation(Command.class).name()))
        .findFirst()
        .map(List::of)
        .orElse(all);
  }

  /// All commands with their options, for whoever wants to look at them.
  CommandLine whole() {
    return commandLine(nouns.get());
  }

  private CommandLine commandLine(List<Object> nouns) {
    CommandLine commandLine = new CommandLine(new ProCommand(serving));
    nouns.forEach(commandLine::addSubcommand);
    commandLine.addSubcommand(new CompletionCommand(shell, this::whole));
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
    command.getSubcommands().values().forEach(CommandTree::describe);
  }

  private int notUnderstood(ParameterException error) {
    shell.error(
        Failure.oneLine(error)
            + suggestion(error)
            + Failure.seeHelpOf(error.getCommandLine().getCommandSpec().qualifiedName()));
    return ExitCode.USAGE.number();
  }

  private static String suggestion(ParameterException error) {
    return error instanceof UnmatchedArgumentException unmatched
            && !unmatched.getSuggestions().isEmpty()
        ? ", did you mean " + String.join(" or ", unmatched.getSuggestions()) + "?"
        : "";
  }

  private int failed(Exception error, ParseResult parsed) {
    CommandLine command = parsed.asCommandLineList().getLast();
    Failure failure = Failure.tell(error, command.getCommandSpec().qualifiedName(), shell);
    if (wantsJson(parsed)) {
      shell.printJson(failure.report().json());
    }
    return failure.exitCode().number();
  }

  private static boolean wantsJson(ParseResult parsed) {
    ParseResult command = parsed.asCommandLineList().getLast().getParseResult();
    Object format = command.matchedOptionValue(OutputOptions.FORMAT, "");
    return command.hasMatchedOption(OutputOptions.JSON)
        || format.toString().equalsIgnoreCase("json");
  }
}
