package org.sessionpro.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class StartsTest {
  private final Starts starts = new Starts(Duration.ofSeconds(2), millis(700, 500, 600, 550, 900));

  @Test
  void theMedianLeavesOutTheFirst() {
    assertThat(starts.median()).isEqualTo(Duration.ofMillis(600));
    assertThat(starts.shortest()).isEqualTo(Duration.ofMillis(500));
    assertThat(starts.longest()).isEqualTo(Duration.ofMillis(900));
  }

  @Test
  void ofTwoInTheMiddleTheLongerCounts() {
    assertThat(new Starts(Duration.ZERO, millis(1, 2, 3, 4)).median())
        .isEqualTo(Duration.ofMillis(3));
  }

  @Test
  void peopleGetALine() {
    assertThat(StartCommand.report(starts, false))
        .isEqualTo(
            "first answer after 0.600 s (median of 5), 0.500 … 0.900 s; on a new ledger 2.000 s");
  }

  @Test
  void programsGetOneObject() {
    assertThat(StartCommand.report(starts, true))
        .isEqualTo(
            "{\"starts\":5,\"new_ledger_s\":2.000,\"shortest_s\":0.500,\"median_s\":0.600,"
                + "\"longest_s\":0.900}");
  }

  private static List<Duration> millis(long... spans) {
    return Arrays.stream(spans).mapToObj(Duration::ofMillis).toList();
  }
}
