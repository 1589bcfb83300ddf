package org.sessionpro.protocol.v0;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class V0TimeTest {
  @Test
  void fractionsOfAMillisecondAreDropped() {
    assertThat(V0Time.millis(Instant.ofEpochSecond(1, 1_999_999))).isEqualTo(1001);
    assertThat(V0Time.millis(Duration.ofNanos(1_999_999))).isEqualTo(1);
    assertThat(V0Time.seconds(Duration.ofMillis(1_999))).isEqualTo(1);
  }

  @Test
  void wholeRangeIsCarried() {
    for (long millis : new long[] {0, 1, Long.MAX_VALUE}) {
      assertThat(V0Time.millis(V0Time.instant(millis))).isEqualTo(millis);
      assertThat(V0Time.millis(V0Time.duration(millis))).isEqualTo(millis);
    }
  }

  @Test
  void noneIsZero() {
    assertThat(V0Time.millis(V0Time.NONE)).isZero();
  }

  @Test
  void timesOutsideTheRangeAreRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> V0Time.millis(Instant.EPOCH.minusNanos(1)));
    assertThatIllegalArgumentException().isThrownBy(() -> V0Time.millis(Instant.MAX));
    assertThatIllegalArgumentException().isThrownBy(() -> V0Time.millis(Instant.MIN));
    assertThatIllegalArgumentException().isThrownBy(() -> V0Time.millis(Duration.ofMillis(-1)));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> V0Time.millis(Duration.ofSeconds(Long.MAX_VALUE)));
    assertThatIllegalArgumentException().isThrownBy(() -> V0Time.seconds(Duration.ofMillis(-1)));
  }

  @ParameterizedTest
  @CsvSource({
    "-70001, false, false",
    "-70000, true, false",
    "-69999, true, true",
    "0, true, true",
    "69999, true, true",
    "70000, true, false",
    "70001, false, false"
  })
  void toleranceIs70SecondsToEitherSide(long offset, boolean inclusive, boolean exclusive) {
    Instant now = Samples.NOW;
    Instant timestamp = now.plusMillis(offset);
    assertThat(TimestampTolerance.INCLUSIVE.accepts(timestamp, now)).isEqualTo(inclusive);
    assertThat(TimestampTolerance.EXCLUSIVE.accepts(timestamp, now)).isEqualTo(exclusive);
  }

  @Test
  void toleranceCountsWholeMillisecondsOfTheServer() {
    Instant now = Samples.NOW.plusNanos(999_999);
    assertThat(TimestampTolerance.INCLUSIVE.accepts(Samples.NOW.minusMillis(70_000), now)).isTrue();
    assertThat(TimestampTolerance.EXCLUSIVE.accepts(Samples.NOW.plusMillis(70_000), now)).isFalse();
  }

  @Test
  void toleranceDoesNotOverflow() {
    Instant last = Instant.ofEpochMilli(Long.MAX_VALUE);
    for (TimestampTolerance tolerance : TimestampTolerance.values()) {
      assertThat(tolerance.accepts(last, Instant.MIN)).isFalse();
      assertThat(tolerance.accepts(Instant.EPOCH, Instant.MAX)).isFalse();
      assertThat(tolerance.accepts(last, last)).isTrue();
    }
  }
}
