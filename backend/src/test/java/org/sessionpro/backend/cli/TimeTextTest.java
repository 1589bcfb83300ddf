package org.sessionpro.backend.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TimeTextTest {
  private static final Instant NOW = Instant.parse("2026-03-01T00:00:00.5Z");

  @Test
  void instantsAreShownToTheSecond() {
    assertThat(TimeText.of(NOW)).isEqualTo("2026-03-01T00:00:00Z");
  }

  @ParameterizedTest
  @CsvSource({
    "0, now",
    "1, in 1 s",
    "-1, 1 s ago",
    "59, in 59 s",
    "61, in 1 min 1 s",
    "3600, in 1 h",
    "3661, in 1 h 1 min",
    "-7265, 2 h 1 min ago",
    "86400, in 1 d",
    "273599, in 3 d 3 h",
    "-86399, 23 h 59 min ago",
    "31536000, in 365 d"
  })
  void distancesAreShownInTheirTwoLargestUnits(long seconds, String shown) {
    assertThat(TimeText.distance(NOW.plusSeconds(seconds), NOW)).isEqualTo(shown);
  }
}
