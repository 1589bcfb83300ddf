package org.sessionpro.bench;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.sessionpro.bench.load.Operation;
import org.sessionpro.bench.load.Workload;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `pro bench run`: starts a server of its own, fills it, loads it and stops it.
@Command(
    name = "run",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "Puts a server of its own under load and shows what a request costs.",
    footer = {
      "",
      "The server is started on a new database, which is filled as by `pro bench fill`, and stopped",
      "in the end; to add payments it runs in development mode. Every answer is checked. Exit",
      "status 1: one was wrong or missing."
    })
final class RunCommand implements Callable<Integer> {
  private final PrintWriter out;
  private final InstantSource clock;

  @Mixin private LoadOptions options = new LoadOptions();
  @Mixin private FillOptions filling = new FillOptions();

  @Option(
      names = "--db",
      paramLabel = "URL",
      description = {
        "An empty database, as postgresql://USER:PASSWORD@HOST:PORT/DATABASE",
        "(default: SQLite in a new folder). What it is filled with stays."
      })
  private @Nullable String database;

  @Option(
      names = "--data",
      paramLabel = "FOLDER",
      description = {
        "Where the new folder for the server's data is made; what a durable",
        "commit costs depends on the disk (default: the folder of temporary files)."
      })
  private @Nullable Path parent;

  @Option(
      names = "--from",
      paramLabel = "FILE",
      description = {
        "Copy this ledger in SQLite instead of filling a new one: `pro bench fill`",
        "has made it with the same --seed and --accounts."
      })
  private @Nullable Path from;

  RunCommand(PrintWriter out, InstantSource clock) {
    this.out = out;
    this.clock = clock;
  }

  @Override
  public Integer call() throws InterruptedException {
    Workload workload = options.workload();
    boolean dev = workload.operation() == Operation.ADD;
    Stage.Scene scene =
        new Stage.Scene(
            parent,
            database,
            dev,
            from,
            filling.population(clock.instant().getEpochSecond()),
            filling.revoked());
    try (Stage stage = Stage.set(scene, new Meter(clock))) {
      return options.print(stage.measure(workload, options.plan(), options.customers()), out);
    }
  }
}
