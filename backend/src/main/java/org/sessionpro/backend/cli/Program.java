package org.sessionpro.backend.cli;

import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import org.sessionpro.backend.config.ConfigurationError;
import org.sessionpro.backend.config.ProductVersion;
import org.sessionpro.backend.db.DatabaseFault;
import org.sessionpro.backend.ledger.ForeignLedger;
import org.sessionpro.backend.ledger.ImportRefused;
import org.sessionpro.backend.ledger.UnsealedImport;
import org.sessionpro.backend.proof.KeyFileRefused;
import org.sessionpro.backend.takeover.source.SourceRefused;
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
    shell.error(oneLine(error) + suggestion(error) + seeHelpOf(error.getCommandLine()));
    return ExitCode.USAGE.number();
  }

  private static String suggestion(ParameterException error) {
    return error instanceof UnmatchedArgumentException unmatched
            && !unmatched.getSuggestions().isEmpty()
        ? ", did you mean " + String.join(" or ", unmatched.getSuggestions()) + "?"
        : "";
  }

  private int failed(Exception error, ParseResult parsed) {
    CommandFailed failure =
        switch (error) {
          case CommandFailed expected -> expected;
          case ConfigurationError configuration -> {
            configuration.problems().forEach(problem -> shell.error(problem.text()));
            String message = "the configuration is not usable";
            yield configuration.concernsCommandLine()
                ? CommandFailed.misused(message)
                : CommandFailed.because(message);
          }
          case KeyFileRefused refused -> CommandFailed.because(oneLine(refused));
          case ForeignLedger foreign -> CommandFailed.because(oneLine(foreign));
          case UnsealedImport unsealed -> CommandFailed.because(oneLine(unsealed));
          case ImportRefused refused -> CommandFailed.because(oneLine(refused));
          case SourceRefused refused -> CommandFailed.because(oneLine(refused));
          case DatabaseFault fault -> CommandFailed.because(withCause(fault));
          case UncheckedIOException fault -> CommandFailed.because(oneLine(fault));
          default -> unforeseen(error);
        };
    shell.error(oneLine(failure) + help(failure, parsed));
    if (wantsJson(parsed)) {
      Report report =
          Report.empty().text("error", failure.code()).text("message", oneLine(failure));
      shell.printJson(report.json());
    }
    return failure.exitCode().number();
  }

  private static String help(CommandFailed failure, ParseResult parsed) {
    CommandLine command = parsed.asCommandLineList().getLast();
    return failure.exitCode() == ExitCode.USAGE ? seeHelpOf(command) : "";
  }

  private static String seeHelpOf(CommandLine command) {
    return " (see " + command.getCommandSpec().qualifiedName() + " --help)";
  }

  private static String withCause(DatabaseFault fault) {
    Throwable cause = fault;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    String reason = String.valueOf(cause.getMessage()).lines().findFirst().orElse("");
    return oneLine(fault) + (cause == fault ? "" : ": " + reason);
  }

  private static CommandFailed unforeseen(Exception fault) {
    return CommandFailed.because(fault.getClass().getSimpleName() + ": " + oneLine(fault));
  }

  private static boolean wantsJson(ParseResult parsed) {
    return parsed
        .asCommandLineList()
        .getLast()
        .getParseResult()
        .hasMatchedOption(OutputOptions.JSON);
  }

  /// The first line, without control characters: part of it may come from a server.
  private static String oneLine(Exception error) {
    String message = Optional.ofNullable(error.getMessage()).orElse("no message");
    return message.lines().findFirst().orElse("").replaceAll("\\p{Cntrl}", "?");
  }
}
