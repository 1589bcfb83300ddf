package org.sessionpro.simulator.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// `pro simulate STORE play`: lets a statement of the script language happen.
@Command(
    name = "play",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Lets something happen: any statement of the script language, for example",
      "  play advance 31d",
      "  play decline p-1a2b3c4d",
      "  play deliver lost times=1"
    })
final class PlayCommand implements Callable<Integer> {
  private final PrintWriter out;

  @Parameters(paramLabel = "WORD", arity = "1..*", description = "The words of the statement.")
  private List<String> words = List.of();

  @Mixin private final ControlClient control;

  PlayCommand(int defaultPort, PrintWriter out) {
    this.control = new ControlClient(defaultPort);
    this.out = out;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    return control.play(String.join(" ", words), out);
  }
}
