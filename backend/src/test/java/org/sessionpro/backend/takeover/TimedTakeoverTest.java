package org.sessionpro.backend.takeover;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sessionpro.backend.config.DatabaseUrl;
import org.sessionpro.backend.db.Engine;

/// How long large databases take, on demand: `-Dtakeover.timed=1000000` names how many accounts. Prints
/// seconds from the first look at the source to the end of each step, and the differences.
@EnabledIfSystemProperty(named = "takeover.timed", matches = "[0-9]+")
class TimedTakeoverTest {
  private static final int ACCOUNTS = Integer.getInteger("takeover.timed", 0);

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({
    "v0, SQLITE, SQLITE",
    "v0, POSTGRESQL, POSTGRESQL",
    "v1, POSTGRESQL, SQLITE",
    "v1, POSTGRESQL, POSTGRESQL",
  })
  void largeDatabaseIsTakenOver(String generation, Engine from, Engine to) {
    DatabaseUrl source = made(generation, from);
    try (Takeovers it = new Takeovers(to, folder)) {
      it.acceptedLosses = EnumSet.allOf(Category.class);
      Map<String, Double> seconds = new LinkedHashMap<>();
      long begun = System.nanoTime();
      it.progress = (what, _, _) -> seconds.put(what, (System.nanoTime() - begun) / 1e9);

      ImportReport report = it.rehearse(source);

      seconds.put("all", (System.nanoTime() - begun) / 1e9);
      System.out.printf(
          "takeover.timed %s from %s to %s: %s %s%n",
          generation, from, to, report.rowsIn(), seconds);
      report
          .findings()
          .categories()
          .forEach((category, sum) -> {
            if (sum.accounts() > 0) {
              System.out.println("takeover.timed " + category + " " + sum);
            }
          });
      assertThat(report.findings().unexplained()).isEmpty();
    }
  }

  /// Always the same one.
  private DatabaseUrl made(String generation, Engine engine) {
    Random random = new Random(1);
    if (generation.equals("v1")) {
      try (SummerDatabase made = SummerDatabase.create(Engine.POSTGRESQL.withoutTables(folder))) {
        FillPython.fill(new RandomSummer(random), ACCOUNTS, made::add);
        return made.url();
      }
    }
    try (PythonDatabase made = PythonDatabase.create(engine, folder)) {
      FillPython.fill(new RandomSource(random), ACCOUNTS, made::add);
      return made.url();
    }
  }
}
