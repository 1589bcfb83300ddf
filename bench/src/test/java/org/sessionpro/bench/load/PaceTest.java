package org.sessionpro.bench.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;

class PaceTest {
  private static final Duration LONG = Duration.ofDays(1);

  private static long turn(Pace pace) throws InterruptedException {
    return pace.awaitTurn().orElseThrow();
  }

  @Test
  void inAnOpenLoopRequestsAreDueAtEqualDistances() throws InterruptedException {
    Pace pace = new Pace.Rate(100_000);

    long first = turn(pace);

    assertThat(turn(pace) - first).isEqualTo(10_000);
    assertThat(turn(pace) - first).isEqualTo(20_000);
  }

  @Test
  void inAnOpenLoopNothingStartsBeforeItIsDue() throws InterruptedException {
    Pace pace = new Pace.Rate(1_000);

    for (int i = 0; i < 5; i++) {
      long due = turn(pace);
      assertThat(System.nanoTime()).isGreaterThanOrEqualTo(due);
    }
  }

  @Test
  void whatIsOverdueIsForgottenByARestart() throws InterruptedException {
    Pace pace = new Pace.Rate(0.01);
    long first = turn(pace);

    pace.restart(LONG);

    assertThat(turn(pace) - first).isBetween(0L, 99_999_999_999L);
  }

  @Test
  void whoWaitsForHisTurnGetsAnotherOneByARestart() throws Exception {
    Pace pace = new Pace.Rate(0.01);
    long first = turn(pace);
    FutureTask<Long> next = new FutureTask<>(() -> turn(pace));
    Thread waiting = Thread.ofPlatform().daemon().start(next);
    while (waiting.getState() != Thread.State.TIMED_WAITING && !next.isDone()) {
      Thread.onSpinWait();
    }

    pace.restart(LONG);

    assertThat(next.get() - first).isBetween(0L, 99_999_999_999L);
  }

  @Test
  void inAnOpenLoopSoManyAreDueAsTheSpanIsLong() throws InterruptedException {
    Pace pace = new Pace.Rate(100_000);

    pace.restart(Duration.ofNanos(20_001));

    long first = turn(pace);
    assertThat(turn(pace) - first).isEqualTo(10_000);
    assertThat(turn(pace) - first).isEqualTo(20_000);
    assertThat(pace.awaitTurn()).isEmpty();
    assertThat(pace.stop()).isZero();
  }

  @Test
  void whatWasDueAndNobodyHasTakenIsCountedAtTheStop() throws InterruptedException {
    Pace pace = new Pace.Rate(100_000);
    pace.restart(Duration.ofNanos(50_000));
    turn(pace);
    turn(pace);

    assertThat(pace.stop()).isEqualTo(3);
    assertThat(pace.awaitTurn()).isEmpty();
    assertThat(pace.stop()).isZero();
  }

  @Test
  void inAClosedLoopARequestIsDueAtOnce() throws InterruptedException {
    long before = System.nanoTime();

    assertThat(turn(new Pace.AfterAnswer())).isBetween(before, System.nanoTime());
  }

  @Test
  void inAClosedLoopNothingIsDueWhenTheSpanIsOver() throws InterruptedException {
    Pace pace = new Pace.AfterAnswer();

    pace.restart(Duration.ZERO);
    assertThat(pace.awaitTurn()).isEmpty();

    pace.restart(LONG);
    assertThat(pace.awaitTurn()).isPresent();

    assertThat(pace.stop()).isZero();
    assertThat(pace.awaitTurn()).isEmpty();
  }
}
