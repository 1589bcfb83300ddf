package org.sessionpro.bench;

import java.io.PrintWriter;
import java.time.Duration;
import org.sessionpro.bench.load.LoadPlan;
import org.sessionpro.bench.load.Operation;
import org.sessionpro.bench.load.Protocol;
import org.sessionpro.bench.load.Transport;
import org.sessionpro.bench.load.Workload;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/// What to ask a server, how hard and how long; mixed into the commands that put one under load.
final class LoadOptions {
  private static final int OK = 0;
  private static final int ERRORS = 1;

  @Option(
      names = "--op",
      paramLabel = "OPERATION",
      defaultValue = "proof",
      description = {
        "One of (default: ${DEFAULT-VALUE})",
        "  proof        a proof for a new rotating key",
        "  status       how the account stands",
        "  details      the account's ten newest payments",
        "  revocations  the whole revocation list",
        "  poll         the revocation list for a client that has it: no entries.",
        "               v0 repeats a short list, which counts as an error here",
        "  add          a payment added by a new account: v0 and a server in",
        "               development mode only"
      })
  private Operation operation = Operation.PROOF;

  @Option(
      names = "--protocol",
      paramLabel = "PROTOCOL",
      defaultValue = "v1",
      description = "v0 or v1 (default: ${DEFAULT-VALUE}).")
  private Protocol protocol = Protocol.V1;

  @ArgGroup private TransportOptions transport = new TransportOptions();

  /// One of them at most.
  private static final class TransportOptions {
    @Option(names = "--onion", description = "Send every request encrypted, as onion paths do.")
    private boolean onion;

    @Option(names = "--gzip", description = "Accept compressed answers.")
    private boolean gzip;

    Transport transport() {
      if (onion) {
        return Transport.ONION;
      }
      return gzip ? Transport.GZIP : Transport.DIRECT;
    }
  }

  @Option(
      names = "--connections",
      paramLabel = "N",
      defaultValue = "4",
      description = "Connections open at the same time (default: ${DEFAULT-VALUE}).")
  private int connections;

  @Option(
      names = "--rate",
      paramLabel = "N",
      defaultValue = "0",
      description = {
        "Requests due per second, whether or not the server keeps up; latency",
        "counts from when they are due, and one that gets no answer in the end",
        "is an error. 0: each connection asks again once it is answered",
        "(default: ${DEFAULT-VALUE})."
      })
  private int rate;

  @Option(
      names = "--seconds",
      paramLabel = "S",
      defaultValue = "20",
      description = "Measured time (default: ${DEFAULT-VALUE}).")
  private int seconds;

  @Option(
      names = "--warmup",
      paramLabel = "S",
      defaultValue = "30",
      description =
          "Load before that, while the server's code compiles (default: ${DEFAULT-VALUE}).")
  private int warmup;

  @Option(
      names = "--customers",
      paramLabel = "N",
      defaultValue = "10000",
      description = "Accounts that ask in turn, if there are so many (default: ${DEFAULT-VALUE}).")
  private int customers;

  @Option(names = "--json", description = "Print one JSON object, for programs.")
  private boolean json;

  Workload workload() {
    return new Workload(operation, protocol, transport.transport());
  }

  LoadPlan plan() {
    return new LoadPlan(connections, rate, Duration.ofSeconds(warmup), Duration.ofSeconds(seconds));
  }

  int customers() {
    return customers;
  }

  /// Prints a report as the options ask for.
  ///
  /// @return the exit status: 1 if any answer was wrong or missing
  int print(LoadReport report, PrintWriter out) {
    out.print(json ? report.json() : report.text());
    out.flush();
    return report.result().errorCount() == 0 ? OK : ERRORS;
  }
}
