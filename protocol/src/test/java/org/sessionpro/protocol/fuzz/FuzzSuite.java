package org.sessionpro.protocol.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Feeds each target of a module its seeds, and then whatever the fuzzer makes of them for 5 s;
/// longer with `-Dfuzz.seconds=600`, and `-Dfuzz.targets=stored,cli` only those. Prints what it did.
///
/// A finding is written to `target/fuzz/findings`. It becomes a seed when it has been mended.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class FuzzSuite {
  private static final List<String> ONLY =
      Arrays.stream(System.getProperty("fuzz.targets", "").split(",", -1))
          .filter(name -> !name.isEmpty())
          .toList();

  private final List<FuzzTarget> targets;
  private final FuzzRun run = FuzzRun.asAsked();
  private final ExecutorService processes = Executors.newFixedThreadPool(run.isLong() ? 1 : 2);
  private final Map<FuzzTarget, CompletableFuture<FuzzRun.Outcome>> outcomes =
      new LinkedHashMap<>();

  protected FuzzSuite(FuzzTarget... targets) {
    this.targets =
        Arrays.stream(targets)
            .filter(target -> ONLY.isEmpty() || ONLY.contains(target.name()))
            .toList();
  }

  Stream<FuzzTarget> targets() {
    return targets.stream();
  }

  @BeforeAll
  void start() {
    for (FuzzTarget target : targets) {
      outcomes.put(target, CompletableFuture.supplyAsync(() -> run.on(target), processes));
    }
  }

  @AfterAll
  void stop() {
    processes.shutdownNow();
  }

  @ParameterizedTest
  @MethodSource("targets")
  void everySeedPasses(FuzzTarget target) {
    target.acceptSeeds();
  }

  @ParameterizedTest
  @MethodSource("targets")
  void nothingIsFound(FuzzTarget target) {
    FuzzRun.Outcome outcome = Objects.requireNonNull(outcomes.get(target)).join();
    System.out.println(outcome.summary());
    assertThat(outcome.exit()).as(outcome.report()).isZero();
  }
}
