package org.sessionpro.backend.telemetry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Arrays;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.sessionpro.backend.telemetry.LogCounts.Weight;
import org.slf4j.LoggerFactory;

/// What is counted while the server works, and how it is called.
class CountsTest {
  private enum Thing {
    ONE,
    OTHER
  }

  @Test
  void whatNeverHappenedIsZero() {
    Tally<Thing> tally = Tally.of(Thing.class);

    tally.count(Thing.ONE);
    tally.count(Thing.ONE, 2);

    assertThat(tally.read()).containsEntry(Thing.ONE, 3L).containsEntry(Thing.OTHER, 0L);
  }

  @Test
  void noCountIsLostAmongThreads() {
    Tally<Thing> tally = Tally.of(Thing.class);
    Distribution times = Distribution.ofTimes();
    try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
      for (int i = 0; i < 4; i++) {
        var _ =
            threads.submit(() -> {
              for (int n = 0; n < 10_000; n++) {
                tally.count(Thing.OTHER);
                times.observe(Duration.ofMillis(3));
              }
            });
      }
    }

    assertThat(tally.read().get(Thing.OTHER)).isEqualTo(40_000);
    assertThat(times.read().count()).isEqualTo(40_000);
    assertThat(times.read().sum()).isEqualTo(120);
  }

  @Test
  void aBoundBelongsToTheClassBelowIt() {
    Distribution sizes = Distribution.ofSizes();

    sizes.observe(1);
    sizes.observe(2);
    sizes.observe(3);
    sizes.observe(1_000);

    assertThat(sizes.read().bounds()).startsWith(1.0, 2.0, 4.0).endsWith(256.0);
    assertThat(sizes.read().counts()).containsExactly(1L, 1L, 1L, 0L, 0L, 0L, 0L, 0L, 0L, 1L);
    assertThat(sizes.read().sum()).isEqualTo(1_006);
  }

  @Test
  void linesAreCountedByLoggerAndWeight() {
    long before = critical();

    LoggerName.GOOGLE_PLAY.logger().error(Severity.CRITICAL, "a test of what is counted");
    LoggerName.GOOGLE_PLAY.logger().info("a test of what is not counted");

    assertThat(critical() - before).isOne();
  }

  @Test
  void whatOurClassesLogInTheirOwnNamesIsTheBackends() {
    long before = count(LoggerName.BACKEND, Weight.WARNING);

    LoggerFactory.getLogger(CountsTest.class).warn("a test of what is counted");

    assertThat(count(LoggerName.BACKEND, Weight.WARNING) - before).isOne();
  }

  private static long count(LoggerName logger, Weight weight) {
    Tally<Weight> lines = Objects.requireNonNull(LogCounts.ofProgram().get(logger));
    return Objects.requireNonNull(lines.read().get(weight));
  }

  private static long critical() {
    return count(LoggerName.GOOGLE_PLAY, Weight.CRITICAL);
  }

  @Test
  void namesTellWhatTheyMean() {
    assertThat(Arrays.stream(Metric.values()).map(Metric::text))
        .doesNotHaveDuplicates()
        .allMatch(name -> name.matches("session_pro(_[a-z0-9]+)+"));
    assertThat(Metric.values())
        .allSatisfy(metric -> {
          switch (metric.kind()) {
            case COUNTER -> assertThat(metric.text()).endsWith("_total");
            case INFO -> assertThat(metric.text()).endsWith("_info");
            case GAUGE, HISTOGRAM ->
                assertThat(metric.text()).doesNotContain("_total").doesNotContain("_info");
          }
        });
  }

  @Test
  void aSampleBelongsToItsMetric() {
    assertThat(Metric.ofSample("session_pro_http_request_duration_seconds_bucket"))
        .isEqualTo(Metric.REQUEST_TIME);
    assertThatThrownBy(() -> Metric.ofSample("session_pro_http_request_duration_seconds"))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
