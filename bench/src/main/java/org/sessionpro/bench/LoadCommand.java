package org.sessionpro.bench;

import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.sessionpro.bench.fill.Population;
import org.sessionpro.bench.fill.Vouchers;
import org.sessionpro.bench.load.Customer;
import org.sessionpro.bench.load.Load;
import org.sessionpro.bench.load.ProcessProbe;
import org.sessionpro.bench.load.Target;
import org.sessionpro.bench.load.Workload;
import org.sessionpro.protocol.BackendKey;
import org.sessionpro.protocol.crypto.Seed;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `pro bench load`: loads a server that runs already.
@Command(
    name = "load",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "Puts a running server under load and shows what a request costs.",
    footer = {"", "Every answer is checked. Exit status 1: one was wrong or missing."})
final class LoadCommand implements Callable<Integer> {
  private final PrintWriter out;
  private final InstantSource clock;

  @Option(
      names = "--url",
      paramLabel = "URL",
      required = true,
      description = "The server: http://HOST:PORT.")
  private URI url = URI.create("");

  @Option(
      names = "--pid",
      paramLabel = "PID",
      description = "The server's process, on this machine: what it uses is measured.")
  private @Nullable Long pid;

  @Option(
      names = "--backend-key",
      paramLabel = "HEX",
      description = "The server's public key, if it does not tell that at /status.")
  private @Nullable String backendKey;

  @Option(
      names = "--filled",
      paramLabel = "SEED:N",
      description = {
        "Ask for accounts that `pro bench fill` made in the server's database.",
        "Without it, --keys and --grant new accounts ask, which get no proof."
      })
  private @Nullable String filled;

  @Option(
      names = "--keys",
      paramLabel = "FILE",
      description = {
        "Ask for these accounts: in each line the seed of a master key, 64 hex",
        "digits. A proof needs an account that is paid for."
      })
  private @Nullable Path keys;

  @Option(
      names = "--grant",
      paramLabel = "DB_URL",
      description = {
        "First grant a year to each account that will ask, in the database of",
        "the server: sqlite:///FILE or postgresql://USER:PASSWORD@HOST/DATABASE."
      })
  private @Nullable String grant;

  @Mixin private LoadOptions options = new LoadOptions();

  LoadCommand(PrintWriter out, InstantSource clock) {
    this.out = out;
    this.clock = clock;
  }

  @Override
  public Integer call() throws InterruptedException, IOException {
    Workload workload = options.workload();
    Meter meter = new Meter(clock);
    Target target =
        backendKey == null ? Target.at(url) : Target.of(url, BackendKey.fromHex(backendKey));
    ProcessProbe process = pid == null ? null : ProcessProbe.of(pid);
    List<Customer> customers = customers(meter);
    if (grant != null) {
      Vouchers.grant(
          DatabaseOption.parse("--grant", grant),
          customers.stream().map(Customer::masterKey).toList(),
          clock.instant());
    }
    boolean known = filled != null || keys != null || grant != null;
    Load.Parties parties = new Load.Parties(target, process, customers, known);
    return options.print(meter.measure(workload, options.plan(), parties), out);
  }

  private List<Customer> customers(Meter meter) throws IOException {
    if (!options.workload().operation().isOfAccounts()) {
      return List.of();
    }
    if (filled != null) {
      return meter.customers(
          population(filled), options.workload().operation(), options.customers());
    }
    if (keys == null) {
      return meter.newCustomers(options.customers());
    }
    try (Stream<String> lines = Files.lines(keys)) {
      return meter.customers(lines.map(Seed::fromHex).limit(options.customers()));
    }
  }

  private static Population population(String filled) {
    try {
      return Population.parse(filled);
    } catch (IllegalArgumentException malformed) {
      throw new IllegalArgumentException("--filled " + malformed.getMessage(), malformed);
    }
  }
}
