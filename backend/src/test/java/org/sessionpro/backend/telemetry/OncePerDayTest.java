package org.sessionpro.backend.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class OncePerDayTest {
  private static final Instant T = Instant.parse("2026-03-04T10:00:00Z");
  private static final Duration DAY = Duration.ofDays(1);

  private final OncePerDay once = new OncePerDay();

  @Test
  void eachThingIsTheFirstOfItsDayOnce() {
    assertThat(once.isFirst("a", T)).isTrue();
    assertThat(once.isFirst("b", T)).isTrue();
    assertThat(once.isFirst("a", T.plus(DAY).minusMillis(1))).isFalse();
    assertThat(once.isFirst("a", T.plus(DAY))).isTrue();
  }

  @Test
  void aClockThatIsSetBackSilencesNothing() {
    assertThat(once.isFirst("a", T)).isTrue();

    assertThat(once.isFirst("a", T.minus(DAY))).isTrue();
  }

  @Test
  void whatIsRememberedIsBounded() {
    assertThat(once.isFirst("a", T)).isTrue();
    for (int i = 0; i < 1_000; i++) {
      assertThat(once.isFirst("other " + i, T)).isTrue();
    }

    assertThat(once.isFirst("a", T)).isTrue();
  }
}
