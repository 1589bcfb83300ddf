package org.sessionpro.bench.load;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PaceTest {
  @Test
  void inAnOpenLoopRequestsAreDueAtEqualDistances() throws InterruptedException {
    Pace pace = new Pace.Rate(100_000);

    long first = pace.awaitTurn();

    assertThat(pace.awaitTurn() - first).isEqualTo(10_000);
    assertThat(pace.awaitTurn() - first).isEqualTo(20_000);
  }

  @Test
  void inAnOpenLoopNothingStartsBeforeItIsDue() throws InterruptedException {
    Pace pace = new Pace.Rate(1_000);

    for (int i = 0; i < 5; i++) {
      long due = pace.awaitTurn();
      assertThat(System.nanoTime()).isGreaterThanOrEqualTo(due);
    }
  }

  @Test
  void whatIsOverdueIsForgottenByARestart() throws InterruptedException {
    Pace pace = new Pace.Rate(1);
    long first = pace.awaitTurn();

    pace.restart();

    assertThat(pace.awaitTurn() - first).isBetween(0L, 999_999_999L);
  }

  @Test
  void inAClosedLoopARequestIsDueAtOnce() throws InterruptedException {
    long before = System.nanoTime();

    assertThat(new Pace.AfterAnswer().awaitTurn()).isBetween(before, System.nanoTime());
  }
}
