package org.sessionpro.backend.takeover;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.CsvSource;
import org.sessionpro.backend.config.DatabaseUrl;
import org.sessionpro.backend.db.Engine;
import org.sessionpro.backend.takeover.ImportReport.Verdict;

/// Runs of either generation that are killed after each of their batches and gone on with.
@ParameterizedClass
@CsvSource({"v0, SQLITE", "v0, POSTGRESQL", "v1, SQLITE", "v1, POSTGRESQL"})
class BrokenOffRunsTest {
  private static final int CUSTOMERS = 140;

  private static final int BATCH = 64;

  /// Accounts three times, what nobody owns once or, as chance has it, twice.
  private static final int FEWEST_BATCHES = 4;

  @Parameter(0)
  String generation;

  @Parameter(1)
  Engine engine;

  @TempDir Path folder;
  private DatabaseUrl source;
  private Takeovers it;

  @BeforeEach
  void open() {
    long seed = new Random().nextLong();
    System.out.println("seed " + seed);
    source = FillPython.made(generation, engine, folder, new Random(seed), CUSTOMERS);
    it = taking();
  }

  private Takeovers taking() {
    Takeovers takeovers = new Takeovers(engine, folder);
    takeovers.acceptedLosses = EnumSet.allOf(Category.class);
    takeovers.batch = BATCH;
    return takeovers;
  }

  @AfterEach
  void close() {
    it.close();
  }

  @Test
  void runThatIsKilledAfterEachBatchComesToTheSameAndDrawsNothingAgain() {
    it.progress = BrokenOffRunsTest::kill;
    assertThat(isKilled()).isTrue();
    Set<String> first = settled();
    int kills = 1;
    while (isKilled()) {
      kills++;
    }

    assertThat(kills).isGreaterThanOrEqualTo(FEWEST_BATCHES);
    assertThat(it.apply(source).verdict()).isEqualTo(Verdict.EQUAL);
    assertThat(it.audit()).isEmpty();
    first.removeAll(settled());
    assertThat(first).isEmpty();
    try (Takeovers whole = taking()) {
      whole.apply(source);
      assertThat(LedgerDump.withoutChance(it.url)).isEqualTo(LedgerDump.withoutChance(whole.url));
    }
  }

  /// Without looks at subscriptions, which purchases of nobody bring forward.
  private Set<String> settled() {
    return LedgerDump.all(it.url).stream()
        .filter(row -> !row.startsWith("inbox_work"))
        .collect(Collectors.toCollection(HashSet::new));
  }

  /// After each batch.
  private static void kill(String step, long done, long all) {
    if (step.equals("taken over")) {
      throw new IllegalStateException("killed");
    }
  }

  private boolean isKilled() {
    try {
      it.apply(source);
      return false;
    } catch (IllegalStateException killed) {
      return true;
    }
  }
}
