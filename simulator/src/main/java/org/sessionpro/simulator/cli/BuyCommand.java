package org.sessionpro.simulator.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.sessionpro.protocol.MasterKey;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `pro simulate STORE buy`: subscribes in the name of a master key.
@Command(
    name = "buy",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "Subscribes as the app of an account would.")
final class BuyCommand implements Callable<Integer> {
  private static final int SHORT = 8;

  private final PrintWriter out;

  @Option(
      names = "--key",
      paramLabel = "HEX",
      required = true,
      description = "The account: its master key, 64 hex digits.")
  private String key = "";

  @Option(names = "--plan", paramLabel = "ID", description = "The plan. Default: ${DEFAULT-VALUE}.")
  private String plan;

  @Option(
      names = "--as",
      paramLabel = "NAME",
      description = "What the purchase is called from now on. Default: p-, and digits of the key.")
  private @Nullable String name;

  @Mixin private final ControlClient control;

  /// @param defaultPlan what is bought if nothing is said
  BuyCommand(int defaultPort, String defaultPlan, PrintWriter out) {
    this.plan = defaultPlan;
    this.control = new ControlClient(defaultPort);
    this.out = out;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    MasterKey owner = MasterKey.fromHex(key);
    String digits = owner.hex().substring(0, SHORT);
    String purchase = name == null ? "p-" + digits : name;
    return control.play(
        "buyer k-"
            + digits
            + " key="
            + owner.hex()
            + "\n"
            + "buy "
            + purchase
            + " k-"
            + digits
            + " "
            + plan
            + "\n",
        out);
  }
}
