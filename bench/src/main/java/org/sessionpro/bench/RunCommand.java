package org.sessionpro.bench;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Callable;
import org.sessionpro.bench.load.Customer;
import org.sessionpro.bench.load.Load;
import org.sessionpro.bench.load.ProcessProbe;
import org.sessionpro.bench.load.Target;
import org.sessionpro.bench.server.ServerProcess;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `pro bench run`: starts a server of its own, loads it and stops it.
@Command(
    name = "run",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "Puts a server of its own under load and shows what a request costs.",
    footer = {
      "",
      "The server is started on a new SQLite ledger with accounts that are paid for, and stopped",
      "in the end. Every answer is checked. Exit status 1: one was wrong or missing."
    })
final class RunCommand implements Callable<Integer> {
  /// Where the launcher says that the project is.
  private static final String HOME = "org.sessionpro.home";

  private final PrintWriter out;
  private final InstantSource clock;

  @Mixin private LoadOptions options = new LoadOptions();

  RunCommand(PrintWriter out, InstantSource clock) {
    this.out = out;
    this.clock = clock;
  }

  @Override
  public Integer call() throws InterruptedException {
    Measurement measurement = new Measurement(options, clock);
    List<Customer> customers = measurement.newCustomers();
    Path launcher = Path.of(System.getProperty(HOME, ".")).resolve("pro");
    try (ServerProcess server = ServerProcess.start(launcher)) {
      measurement.payFor(customers, server.ledger());
      Target target = Target.at(server.url());
      ProcessProbe process = ProcessProbe.of(server.pid());
      return measurement.run(new Load.Parties(target, process, customers), out);
    }
  }
}
