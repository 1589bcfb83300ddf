package org.sessionpro.bench;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.sessionpro.bench.load.LoadPlan;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `pro bench suite`: everything that is aimed at, by one command.
@Command(
    name = "suite",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "Measures everything that is aimed at on servers of its own, and compares.",
    footer = {
      "",
      "On SQLite, each server with its own new ledger. What goes on is said on standard error. Exit",
      "status 1: an answer was wrong or missing, or the server's memory is above its gate or was",
      "not measured. A missed aim is no error."
    })
final class SuiteCommand implements Callable<Integer> {
  private static final int OK = 0;
  private static final int FAILED = 1;

  private final PrintWriter out;
  private final InstantSource clock;

  @Option(
      names = "--accounts",
      paramLabel = "N",
      defaultValue = "1000",
      description = "Accounts of the servers (default: ${DEFAULT-VALUE}).")
  private int accounts;

  @Option(
      names = "--many",
      paramLabel = "N",
      defaultValue = "1000000",
      description = {
        "Accounts of the server that is compared with one of --accounts; filling",
        "it takes its time. 0: no such comparison (default: ${DEFAULT-VALUE})."
      })
  private int many;

  @Option(
      names = "--many-from",
      paramLabel = "FILE",
      description = {
        "Copy this ledger in SQLite instead: `pro bench fill --seed 1` has made it",
        "with as many accounts as --many, and with --revoked."
      })
  private @Nullable Path manyFrom;

  @Option(
      names = "--revoked",
      paramLabel = "N",
      defaultValue = "10000",
      description = "Entries of the revocation list (default: ${DEFAULT-VALUE}).")
  private int revoked;

  @Option(
      names = "--connections",
      paramLabel = "N",
      defaultValue = "4",
      description = "Connections open at the same time (default: ${DEFAULT-VALUE}).")
  private int connections;

  @Option(
      names = "--seconds",
      paramLabel = "S",
      defaultValue = "5",
      description = "Measured time of each round of a load (default: ${DEFAULT-VALUE}).")
  private int seconds;

  @Option(
      names = "--rounds",
      paramLabel = "N",
      defaultValue = "3",
      description = {
        "Rounds of each load. The cheapest counts: what else a machine and its",
        "host do only adds to what a request costs (default: ${DEFAULT-VALUE})."
      })
  private int rounds;

  @Option(
      names = "--warmup",
      paramLabel = "S",
      defaultValue = "20",
      description = "Load before the first round (default: ${DEFAULT-VALUE}).")
  private int warmup;

  @Option(
      names = "--starts",
      paramLabel = "N",
      defaultValue = "10",
      description = "Starts of a server (default: ${DEFAULT-VALUE}).")
  private int starts;

  @Option(
      names = "--data",
      paramLabel = "FOLDER",
      description = "Where new folders for data are made (default: that of temporary files).")
  private @Nullable Path parent;

  @Option(names = "--json", description = "Print one JSON object, for programs.")
  private boolean json;

  SuiteCommand(PrintWriter out, InstantSource clock) {
    this.out = out;
    this.clock = clock;
  }

  @Override
  public Integer call() throws InterruptedException {
    Suite suite =
        new Suite(
            new Meter(clock),
            new Suite.Size(accounts, many, revoked, starts, rounds, manyFrom),
            new LoadPlan(connections, 0, Duration.ofSeconds(warmup), Duration.ofSeconds(seconds)),
            parent,
            System.err::println);
    Suite.Findings findings = suite.run();
    SuiteReport report = new SuiteReport(findings);
    out.print(json ? report.json() : report.text());
    out.flush();
    return findings.isPassed() ? OK : FAILED;
  }
}
