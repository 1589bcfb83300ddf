package org.sessionpro.bench;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.sessionpro.bench.fill.Population;
import org.sessionpro.bench.load.LoadPlan;
import org.sessionpro.bench.load.Operation;
import org.sessionpro.bench.load.Protocol;
import org.sessionpro.bench.load.Transport;
import org.sessionpro.bench.load.Workload;

/// Everything that is aimed at, measured.
///
/// @param plan of every load
/// @param parent of the folders for data; null for the system's folder of temporary files
/// @param log is told what goes on
record Suite(Meter meter, Size size, LoadPlan plan, @Nullable Path parent, Consumer<String> log) {
  /// How much of everything.
  ///
  /// @param few accounts of the server that everything is measured on, at least 1
  /// @param many accounts of the server that is compared with it; 0 to leave that out
  /// @param revoked entries of the revocation list; v0 repeats a short one
  /// @param starts of a server, at least 1
  /// @param rounds of each load, at least 1
  /// @param manyFrom a ledger that is filled with `many` accounts of [#SEED]; null to fill one
  record Size(int few, int many, int revoked, int starts, int rounds, @Nullable Path manyFrom) {
    Size {
      if (rounds < 1) {
        throw new IllegalArgumentException("there is at least one round");
      }
    }
  }

  private static final int CUSTOMERS = 10_000;

  /// Load before a further round, on code that is compiled.
  private static final Duration AGAIN = Duration.ofSeconds(1);

  /// A tenth as many of them are answered in a second as of other requests, so that their code takes
  /// longer to be compiled.
  private static final int WARMUPS_OF_ADD = 4;

  /// Connections that share commits.
  private static final int CROWD = 64;

  private static final double PROOF = 150;
  private static final double PROOF_BY_ONION = 220;
  private static final double READ = 100;
  private static final double POLL = 25;
  private static final double WHOLE_LIST = 300;
  private static final double ADD = 300;
  private static final double GROWTH = 1.2;
  private static final double MEMORY = 140;
  private static final double MEMORY_GATE = 200;
  private static final double FIRST_ANSWER = 0.6;

  /// Of all accounts.
  private static final long SEED = 1;

  /// What was found.
  ///
  /// @param loads every round of each load
  record Findings(List<Aim> aims, List<LoadReport> loads) {
    Findings {
      aims = List.copyOf(aims);
      loads = List.copyOf(loads);
    }

    long errors() {
      return loads.stream().mapToLong(load -> load.result().errorCount()).sum();
    }

    /// Whether every answer was right and every gate is met. Aims may be missed.
    boolean isPassed() {
      return errors() == 0 && aims.stream().filter(Aim::gate).allMatch(Aim::isMet);
    }
  }

  private record Step(Workload workload, double limit) {}

  private static List<Step> steps() {
    List<Step> steps = new ArrayList<>();
    for (Protocol protocol : List.of(Protocol.V1, Protocol.V0)) {
      steps.add(step(Operation.PROOF, protocol, Transport.DIRECT, PROOF));
      steps.add(step(Operation.PROOF, protocol, Transport.ONION, PROOF_BY_ONION));
      steps.add(step(Operation.STATUS, protocol, Transport.DIRECT, READ));
      steps.add(step(Operation.DETAILS, protocol, Transport.DIRECT, READ));
      steps.add(step(Operation.POLL, protocol, Transport.DIRECT, POLL));
      steps.add(step(Operation.REVOCATIONS, protocol, Transport.DIRECT, WHOLE_LIST));
      steps.add(step(Operation.REVOCATIONS, protocol, Transport.GZIP, WHOLE_LIST));
    }
    return steps;
  }

  private static Step step(
      Operation operation, Protocol protocol, Transport transport, double limit) {
    return new Step(new Workload(operation, protocol, transport), limit);
  }

  Findings run() throws InterruptedException {
    List<Aim> aims = new ArrayList<>();
    List<LoadReport> loads = new ArrayList<>();
    measureRequests(aims, loads);
    measureAdding(aims, loads);
    if (size.many() > 0) {
      measureGrowth(aims, loads);
    }
    measureStart(aims);
    return new Findings(aims, loads);
  }

  private void measureRequests(List<Aim> aims, List<LoadReport> loads) throws InterruptedException {
    try (Stage stage = stage(size.few(), false, null)) {
      for (Step step : steps()) {
        LoadReport report = load(stage, step.workload(), loads);
        aims.add(Aim.cpu(step.workload().name(), report.serverMicros(), step.limit()));
      }
      double megabytes = loads.getLast().residentMegabytes();
      aims.add(Aim.memory("memory after all that", megabytes, MEMORY));
      aims.add(Aim.memory("  its gate", megabytes, MEMORY_GATE).asGate());
    }
  }

  private void measureAdding(List<Aim> aims, List<LoadReport> loads) throws InterruptedException {
    Workload add = new Workload(Operation.ADD, Protocol.V0, Transport.DIRECT);
    LoadPlan warm =
        new LoadPlan(
            plan.connections(), 0, plan.warmup().multipliedBy(WARMUPS_OF_ADD), plan.measured());
    LoadPlan crowd = new LoadPlan(CROWD, 0, plan.warmup(), plan.measured());
    try (Stage stage = stage(size.few(), true, null)) {
      aims.add(Aim.cpu(add.name(), load(stage, add, warm, loads).serverMicros(), ADD));
      String together = add.name() + ", " + CROWD + " connections";
      aims.add(Aim.cpu(together, load(stage, add, crowd, loads).serverMicros(), ADD));
    }
  }

  private void measureGrowth(List<Aim> aims, List<LoadReport> loads) throws InterruptedException {
    try (Stage few = stage(size.few(), false, null);
        Stage many = stage(size.many(), false, size.manyFrom())) {
      for (Operation operation : List.of(Operation.PROOF, Operation.DETAILS)) {
        Workload workload = new Workload(operation, Protocol.V1, Transport.DIRECT);
        List<Double> ratios = new ArrayList<>();
        // Alternating, so that a noisy neighbour troubles both sides of a ratio.
        for (LoadPlan round : rounds(plan)) {
          double cheap = measure(few, workload, round, loads).serverMicros();
          ratios.add(measure(many, workload, round, loads).serverMicros() / cheap);
        }
        String what =
            String.format(
                Locale.ROOT, "%s, %,d : %,d accounts", workload.name(), size.many(), size.few());
        aims.add(Aim.ratio(what, ratios, GROWTH));
      }
    }
  }

  private void measureStart(List<Aim> aims) {
    log.accept("starts");
    Duration median = Starts.measure(parent, size.starts()).median();
    double seconds = (double) median.toNanos() / Duration.ofSeconds(1).toNanos();
    aims.add(Aim.seconds("first answer after start", seconds, FIRST_ANSWER));
  }

  private Stage stage(int accounts, boolean dev, @Nullable Path from) throws InterruptedException {
    log.accept(String.format(Locale.ROOT, "a server with %,d accounts", accounts));
    Population population = new Population(SEED, accounts);
    return Stage.set(new Stage.Scene(parent, null, dev, from, population, size.revoked()), meter);
  }

  private LoadReport load(Stage stage, Workload workload, List<LoadReport> loads)
      throws InterruptedException {
    return load(stage, workload, plan, loads);
  }

  private LoadReport load(Stage stage, Workload workload, LoadPlan plan, List<LoadReport> loads)
      throws InterruptedException {
    List<LoadReport> reports = new ArrayList<>();
    for (LoadPlan round : rounds(plan)) {
      reports.add(measure(stage, workload, round, loads));
    }
    return counting(reports);
  }

  private List<LoadPlan> rounds(LoadPlan plan) {
    LoadPlan again = new LoadPlan(plan.connections(), plan.rate(), AGAIN, plan.measured());
    return IntStream.range(0, size.rounds()).mapToObj(n -> n == 0 ? plan : again).toList();
  }

  /// The round that counts, since whatever else a machine and its host are busy with only adds to what a
  /// request costs: the cheapest one, unless one could not be measured, for then the load was not.
  static LoadReport counting(List<LoadReport> rounds) {
    return rounds.stream()
        .filter(round -> Double.isNaN(round.serverMicros()))
        .findFirst()
        .orElseGet(
            () -> Collections.min(rounds, Comparator.comparingDouble(LoadReport::serverMicros)));
  }

  private LoadReport measure(Stage stage, Workload workload, LoadPlan plan, List<LoadReport> loads)
      throws InterruptedException {
    LoadReport report = stage.measure(workload, plan, CUSTOMERS);
    loads.add(report);
    double micros = report.serverMicros();
    log.accept(
        Double.isNaN(micros)
            ? workload.name() + ": not measured"
            : String.format(Locale.ROOT, "%s: %.1f µs", workload.name(), micros));
    return report;
  }
}
