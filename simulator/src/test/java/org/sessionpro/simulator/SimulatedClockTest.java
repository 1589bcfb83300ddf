package org.sessionpro.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class SimulatedClockTest {
  private final SimulatedClock clock = new SimulatedClock(Instant.EPOCH);

  @Test
  void standsStillUntilItIsMoved() {
    assertThat(clock.instant()).isEqualTo(clock.instant());
  }

  @Test
  void movesByAStepInEitherDirection() {
    clock.advance(Duration.ofHours(2));
    clock.advance(Duration.ofHours(-3));

    assertThat(clock.instant()).isEqualTo(Instant.EPOCH.minus(Duration.ofHours(1)));
  }

  @Test
  void movesToAnyInstant() {
    clock.moveTo(Instant.ofEpochSecond(42));

    assertThat(clock.instant()).isEqualTo(Instant.ofEpochSecond(42));
  }
}
