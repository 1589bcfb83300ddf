package org.sessionpro.backend.cli;

import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// `pro completion`: what a shell needs to complete commands and options.
@Command(
    name = "completion",
    description = {
      "Prints what lets your shell complete commands and options. In bash or zsh:",
      "",
      "  source <(./pro completion bash)"
    })
final class CompletionCommand implements Callable<Integer> {
  /// Shells that are known.
  enum Kind {
    BASH,
    ZSH
  }

  private final Shell shell;
  private final Supplier<CommandLine> whole;

  @Parameters(paramLabel = "SHELL", description = "bash or zsh.")
  private Kind kind = Kind.BASH;

  /// @param whole the command line with all that there is to complete
  CompletionCommand(Shell shell, Supplier<CommandLine> whole) {
    this.shell = shell;
    this.whole = whole;
  }

  @Override
  public Integer call() {
    String script = AutoComplete.bash("pro", whole.get());
    switch (kind) {
      case BASH -> {}
      case ZSH -> shell.out().print("autoload -Uz compinit bashcompinit\ncompinit\nbashcompinit\n");
    }
    shell.out().print(script);
    shell.out().print("\ncomplete -F _complete_pro -o default ./pro session-pro\n");
    shell.out().flush();
    return ExitCode.OK.number();
  }
}
