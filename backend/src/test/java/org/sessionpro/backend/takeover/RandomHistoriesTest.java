package org.sessionpro.backend.takeover;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Random;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.sessionpro.backend.config.DatabaseUrl;
import org.sessionpro.backend.db.Engine;

/// Sources that are made up of many accounts. `-Dtakeover.accounts=10000` makes up more,
/// `-Dtakeover.seed=N` others.
class RandomHistoriesTest {
  private static final int ACCOUNTS = Integer.getInteger("takeover.accounts", 600);
  private static final long SEED = Long.getLong("takeover.seed", new Random().nextLong());

  @TempDir Path folder;

  @ParameterizedTest
  @EnumSource(Engine.class)
  void everyDifferenceIsExplained(Engine engine) throws Exception {
    System.out.println("takeover.seed=" + SEED);
    RandomSource made = new RandomSource(new Random(SEED));
    try (PythonDatabase source = PythonDatabase.create(engine, folder);
        Takeovers it = new Takeovers(engine, folder)) {
      FillPython.fill(made, ACCOUNTS, source::add);
      it.acceptedLosses = EnumSet.allOf(Category.class);
      byte[] before = content(source);

      ImportReport report = it.apply(source);

      assertThat(report.findings().unexplained()).as("seed %d", SEED).isEmpty();
      assertThat(report.verdict()).as("seed %d", SEED).isEqualTo(ImportReport.Verdict.EQUAL);
      assertThat(it.audit()).as("seed %d", SEED).isEmpty();
      assertThat(content(source)).isEqualTo(before);
    }
  }

  @ParameterizedTest
  @EnumSource(Engine.class)
  void everyDifferenceOfSummerIsExplained(Engine engine) {
    System.out.println("takeover.seed=" + SEED);
    try (SummerDatabase source = SummerDatabase.create(folder);
        Takeovers it = new Takeovers(engine, folder)) {
      FillPython.fill(new RandomSummer(new Random(SEED)), ACCOUNTS, source::add);
      it.acceptedLosses = EnumSet.allOf(Category.class);

      ImportReport report = it.apply(source.url());

      assertThat(report.findings().unexplained()).as("seed %d", SEED).isEmpty();
      assertThat(report.verdict()).as("seed %d", SEED).isEqualTo(ImportReport.Verdict.EQUAL);
      assertThat(it.audit()).as("seed %d", SEED).isEmpty();
    }
  }

  /// The file of an embedded source.
  private static byte[] content(PythonDatabase source) throws Exception {
    return source.url() instanceof DatabaseUrl.Sqlite(Path file)
        ? Files.readAllBytes(file)
        : new byte[0];
  }
}
