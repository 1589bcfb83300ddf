package org.sessionpro.backend.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.sessionpro.backend.store.StoreAnswer.Answer;
import org.sessionpro.backend.store.StoreAnswer.Throttled;
import org.sessionpro.backend.store.StoreAnswer.Trouble;
import org.sessionpro.backend.store.StoreAnswer.TryLater;
import org.sessionpro.backend.store.StoreAnswer.Unauthorized;
import org.sessionpro.backend.store.StoreGate.Closing;
import org.sessionpro.backend.store.StoreGate.Open;
import org.sessionpro.backend.store.StoreGate.Purpose;
import org.sessionpro.backend.store.StoreGate.Rate;
import org.sessionpro.backend.store.StoreGate.Wait;

class StoreGateTest {
  private static final Instant T = Instant.parse("2026-01-01T00:00:00Z");
  private static final Duration SECOND = Duration.ofSeconds(1);

  private Instant now = T;
  private final StoreGate gate = new StoreGate(new Rate(10, SECOND), () -> now);

  private void pass(Duration time) {
    now = now.plus(time);
  }

  private void outages(int count) {
    for (int i = 0; i < count; i++) {
      assertThat(gate.heard(new TryLater<>(Trouble.UNAVAILABLE))).isEmpty();
    }
  }

  private static Throttled<String> throttled(@Nullable Instant until) {
    return new Throttled<>(until);
  }

  @Test
  void noMoreRequestsPassThanTheRateAllowsInAnySecond() {
    int passed = 0;
    for (int i = 0; i < 300; i++) {
      passed += gate.enter(Purpose.WORK) instanceof Open ? 1 : 0;
      pass(Duration.ofMillis(10));
    }

    assertThat(passed).isEqualTo(30);
  }

  @Test
  void whoMustWaitIsToldUntilWhen() {
    for (int i = 0; i < 10; i++) {
      assertThat(gate.enter(Purpose.WORK)).isInstanceOf(Open.class);
    }

    assertThat(gate.enter(Purpose.WORK)).isEqualTo(new Wait(T.plus(SECOND)));
    pass(SECOND);
    assertThat(gate.enter(Purpose.WORK)).isInstanceOf(Open.class);
  }

  @Test
  void aSweepTakesHalfOfTheRateAtMost() {
    int swept = 0;
    for (int i = 0; i < 4_000; i++) {
      swept += gate.enter(Purpose.SWEEP) instanceof Open ? 1 : 0;
      pass(Duration.ofMillis(10));
    }

    assertThat(swept).isEqualTo(200);
  }

  @Test
  void fiveOutagesInARowCloseItForAMinute() {
    outages(4);
    assertThat(gate.heard(new TryLater<>(Trouble.TIMEOUT))).contains(Closing.OUTAGE);

    assertThat(gate.enter(Purpose.WORK)).isEqualTo(new Wait(T.plusSeconds(60)));
    assertThat(gate.closed()).contains(Closing.OUTAGE);
    pass(Duration.ofMinutes(1));
    assertThat(gate.enter(Purpose.WORK)).isInstanceOf(Open.class);
    assertThat(gate.closed()).isEmpty();
  }

  @Test
  void anAnswerBetweenOutagesKeepsItOpen() {
    outages(4);
    gate.heard(new Answer<>("well"));
    outages(4);

    assertThat(gate.enter(Purpose.WORK)).isInstanceOf(Open.class);
  }

  @Test
  void troublesOfOneSubjectDoNotCloseIt() {
    for (int i = 0; i < 20; i++) {
      gate.heard(new TryLater<>(i % 2 == 0 ? Trouble.UNREADABLE : Trouble.CONFLICT));
    }

    assertThat(gate.closed()).isEmpty();
  }

  @Test
  void itClosesAgainAtOnceWhileTheOutageLasts() {
    outages(4);
    gate.heard(new TryLater<>(Trouble.TIMEOUT));
    pass(Duration.ofMinutes(1));

    assertThat(gate.heard(new TryLater<>(Trouble.TIMEOUT))).contains(Closing.OUTAGE);
  }

  @Test
  void wrongCredentialsCloseItForFiveMinutesAndAreToldOnce() {
    assertThat(gate.heard(new Unauthorized<>())).contains(Closing.UNAUTHORIZED);
    assertThat(gate.heard(new Unauthorized<>())).isEmpty();

    assertThat(gate.enter(Purpose.WORK)).isEqualTo(new Wait(T.plusSeconds(300)));
  }

  @Test
  void itStaysClosedAsLongAsTheStoreAsks() {
    gate.heard(throttled(T.plusSeconds(30)));

    assertThat(gate.enter(Purpose.WORK)).isEqualTo(new Wait(T.plusSeconds(30)));
  }

  @Test
  void aWaitThatHasPassedCountsAsNone() {
    assertThat(gate.heard(throttled(T))).contains(Closing.THROTTLED);

    assertThat(gate.enter(Purpose.WORK)).isEqualTo(new Wait(T.plusSeconds(60)));
  }

  @Test
  void withoutAWordItRestsLongerEachTimeUpToTenMinutes() {
    for (int minutes : new int[] {1, 2, 4, 8, 10, 10}) {
      gate.heard(throttled(null));
      gate.heard(throttled(null));
      assertThat(gate.enter(Purpose.WORK))
          .isEqualTo(new Wait(now.plus(Duration.ofMinutes(minutes))));
      pass(Duration.ofMinutes(minutes));
    }

    gate.heard(new Answer<>("well"));
    gate.heard(throttled(null));
    assertThat(gate.enter(Purpose.WORK)).isEqualTo(new Wait(now.plus(Duration.ofMinutes(1))));
  }

  @Test
  void aClockThatWasAheadKeepsNobodyOut() {
    pass(Duration.ofHours(1));
    for (int i = 0; i < 10; i++) {
      assertThat(gate.enter(Purpose.WORK)).isInstanceOf(Open.class);
    }
    assertThat(gate.heard(new Unauthorized<>())).contains(Closing.UNAUTHORIZED);

    pass(Duration.ofHours(-1));

    assertThat(gate.enter(Purpose.WORK)).isInstanceOf(Open.class);
  }
}
