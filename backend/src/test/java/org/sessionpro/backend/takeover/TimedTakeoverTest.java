package org.sessionpro.backend.takeover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sessionpro.backend.config.DatabaseUrl;
import org.sessionpro.backend.db.Engine;

/// How long large databases take, on demand: `-Dtakeover.timed=1000000` names how many accounts,
/// `-Dtakeover.timed.into=sqlite` only one engine. Prints seconds from the first look at the source to the
/// end of each step, by the clock and of all processors, and the differences.
@EnabledIfSystemProperty(named = "takeover.timed", matches = "[0-9]+")
class TimedTakeoverTest {
  private static final int ACCOUNTS = Integer.getInteger("takeover.timed", 0);

  private static final String INTO = System.getProperty("takeover.timed.into", "");

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({
    "v0, SQLITE, SQLITE",
    "v0, POSTGRESQL, POSTGRESQL",
    "v1, POSTGRESQL, SQLITE",
    "v1, POSTGRESQL, POSTGRESQL",
  })
  void largeDatabaseIsTakenOver(String generation, Engine from, Engine to) {
    assumeTrue(INTO.isEmpty() || to.name().equalsIgnoreCase(INTO));
    // Always the same one.
    DatabaseUrl source = FillPython.made(generation, from, folder, new Random(1), ACCOUNTS);
    try (Takeovers it = new Takeovers(to, folder)) {
      it.acceptedLosses = EnumSet.allOf(Category.class);
      Map<String, String> seconds = Collections.synchronizedMap(new LinkedHashMap<>());
      long begun = System.nanoTime();
      Duration used = used();
      Consumer<String> reached =
          step ->
              seconds.put(
                  step,
                  "%.1f (%.1f)"
                      .formatted(
                          (System.nanoTime() - begun) / 1e9, used().minus(used).toMillis() / 1e3));
      it.progress = (step, _, _) -> reached.accept(step);

      ImportReport report = it.rehearse(source);

      reached.accept("all");
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

  /// Of all processors, by this process.
  private static Duration used() {
    return ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO);
  }
}
