package org.sessionpro.simulator.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// `pro simulate STORE show`: shows what a simulator knows.
@Command(
    name = "show",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "Shows everything that was bought, or how often each endpoint was asked.")
final class ShowCommand implements Callable<Integer> {
  private final PrintWriter out;

  @Parameters(
      paramLabel = "WHAT",
      arity = "0..1",
      description = "${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.")
  private What what = What.STATE;

  @Mixin private final ControlClient control;

  /// What can be shown.
  enum What {
    STATE,
    CALLS
  }

  ShowCommand(int defaultPort, PrintWriter out) {
    this.control = new ControlClient(defaultPort);
    this.out = out;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    return control.show(what.name().toLowerCase(Locale.ROOT), out);
  }
}
