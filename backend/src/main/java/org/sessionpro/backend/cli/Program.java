package org.sessionpro.backend.cli;

import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.sessionpro.backend.config.Setting;
import picocli.CommandLine;

/// The whole command line: finds the command, runs it, and turns every outcome into an exit status
/// and every error into one line.
///
/// A noun is a class with `@Command` methods as its verbs, see [KeysCommands]. A verb returns what
/// [Shell#print] returns, and throws [CommandFailed] when it cannot do its work.
public final class Program {
  private final Shell shell;
  private final Serving serving;
  private final CommandTree commands;

  /// @param nouns one object with `@Command` methods each, or a command without verbs
  public Program(Shell shell, ServeAction server, List<Object> nouns) {
    this(shell, server, () -> nouns);
  }

  /// As above, with nouns that are made when one of them is needed.
  public Program(Shell shell, ServeAction server, Supplier<List<Object>> nouns) {
    this.shell = shell;
    this.serving = new Serving(shell, server);
    this.commands = new CommandTree(shell, serving, nouns);
  }

  /// Runs one command.
  ///
  /// @return the exit status of the process, a number of [ExitCode]
  public int run(String... arguments) {
    return ServeWords.read(arguments).map(this::serve).orElseGet(() -> commands.run(arguments));
  }

  private int serve(Map<Setting, @Nullable String> given) {
    try {
      return serving.by(given);
    } catch (RuntimeException failed) {
      return Failure.tell(failed, "pro " + ProCommand.SERVE, shell).exitCode().number();
    }
  }

  /// All commands with their options, for whoever wants to look at them.
  public CommandLine commandLine() {
    return commands.whole();
  }
}
