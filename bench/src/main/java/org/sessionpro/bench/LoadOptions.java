package org.sessionpro.bench;

import java.time.Duration;
import org.sessionpro.bench.load.LoadPlan;
import org.sessionpro.bench.load.Operation;
import org.sessionpro.bench.load.Protocol;
import org.sessionpro.bench.load.Workload;
import picocli.CommandLine.Option;

/// What to ask a server, how hard and how long; mixed into the commands that put one under load.
final class LoadOptions {
  @Option(
      names = "--op",
      paramLabel = "OPERATION",
      defaultValue = "proof",
      description = "proof, status or revocations (default: ${DEFAULT-VALUE}).")
  private Operation operation = Operation.PROOF;

  @Option(
      names = "--protocol",
      paramLabel = "PROTOCOL",
      defaultValue = "v1",
      description = "v0 or v1 (default: ${DEFAULT-VALUE}).")
  private Protocol protocol = Protocol.V1;

  @Option(names = "--onion", description = "Send every request encrypted, as onion paths do.")
  private boolean onion;

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
        "counts from when they are due. 0: each connection asks again once it is",
        "answered (default: ${DEFAULT-VALUE})."
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
      names = "--accounts",
      paramLabel = "N",
      defaultValue = "1000",
      description = "New accounts that ask in turn (default: ${DEFAULT-VALUE}).")
  private int accounts;

  @Option(names = "--json", description = "Print one JSON object, for programs.")
  private boolean json;

  Workload workload() {
    return new Workload(operation, protocol, onion);
  }

  LoadPlan plan() {
    return new LoadPlan(connections, rate, Duration.ofSeconds(warmup), Duration.ofSeconds(seconds));
  }

  int accounts() {
    return accounts;
  }

  boolean json() {
    return json;
  }
}
