package org.sessionpro.bench.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class LoadPlanTest {
  private static LoadPlan plan(int connections, int rate) {
    return new LoadPlan(connections, rate, Duration.ZERO, Duration.ofSeconds(1));
  }

  @Test
  void connectionsThatWouldBeSilentForTooLongAreRefused() {
    assertThatThrownBy(() -> plan(64, 2))
        .hasMessage(
            "64 connections are too many for 2 requests a second: each would be silent for more"
                + " than 10 s, after which servers close it");
    assertThat(plan(20, 2).connections()).isEqualTo(20);
    assertThat(plan(64, 0).rate()).isZero();
  }
}
