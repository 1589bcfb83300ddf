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
import org.sessionpro.backend.config.DatabaseUrl;
import org.sessionpro.bench.load.Customer;
import org.sessionpro.bench.load.Load;
import org.sessionpro.bench.load.ProcessProbe;
import org.sessionpro.bench.load.Target;
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
      names = "--keys",
      paramLabel = "FILE",
      description = {
        "Ask for these accounts instead of new ones: in each line the seed of a",
        "master key, 64 hex digits. A proof needs an account that is paid for."
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
    Measurement measurement = new Measurement(options, clock);
    Target target = Target.at(url);
    ProcessProbe process = pid == null ? null : ProcessProbe.of(pid);
    List<Customer> customers = keys == null ? measurement.newCustomers() : read(measurement, keys);
    if (grant != null) {
      measurement.payFor(customers, ledger(grant));
    }
    return measurement.run(new Load.Parties(target, process, customers), out);
  }

  private static DatabaseUrl ledger(String url) {
    try {
      return DatabaseUrl.parse(url);
    } catch (IllegalArgumentException malformed) {
      throw new IllegalArgumentException("--grant " + malformed.getMessage(), malformed);
    }
  }

  private static List<Customer> read(Measurement measurement, Path keys) throws IOException {
    try (Stream<String> lines = Files.lines(keys)) {
      return measurement.customers(lines.map(Seed::fromHex));
    }
  }
}
