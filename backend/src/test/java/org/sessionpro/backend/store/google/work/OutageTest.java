package org.sessionpro.backend.store.google.work;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sessionpro.backend.store.google.work.WorkRig.ALICE;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sessionpro.backend.db.Engine;
import org.sessionpro.backend.inbox.ErrorClass;
import org.sessionpro.backend.inbox.Outcome;
import org.sessionpro.backend.inbox.Owed;
import org.sessionpro.backend.inbox.ParkReason;
import org.sessionpro.backend.inbox.StoredWork;
import org.sessionpro.backend.inbox.WorkItem;
import org.sessionpro.backend.telemetry.LogLines;
import org.sessionpro.backend.telemetry.LoggerName;
import org.sessionpro.protocol.PurchaseToken;
import org.sessionpro.simulator.http.Effect;
import org.sessionpro.simulator.http.Fault;

/// What becomes of items while Google does not answer as it should (`google-play.md` §8, errors).
class OutageTest {
  private static final Duration LONGEST_RETRY = Duration.ofHours(6);

  @TempDir Path folder;
  private WorkRig it;
  private PurchaseToken token;

  @BeforeEach
  void buy() {
    it = new WorkRig(Engine.SQLITE, folder);
    token = it.google().buy(ALICE);
    assertThat(it.pull().once().kept()).isEqualTo(1);
  }

  @AfterEach
  void stop() {
    it.close();
  }

  private void refuse(int status) {
    it.google().refuse("read", Fault.UNTIL_CLEARED, status, null);
  }

  private StoredWork item() {
    return it.owed().getFirst();
  }

  private void again() {
    it.google().advance(LONGEST_RETRY);
    var _ = it.work();
  }

  @Test
  void anOutageCostsAttemptsUntilItIsNoticed() {
    refuse(503);
    for (int attempt = 0; attempt < 5; attempt++) {
      again();
    }
    assertThat(item().failures().attempts()).isEqualTo(5);
    assertThat(item().failures().last()).isEqualTo(ErrorClass.TRANSIENT);

    PurchaseToken other = it.google().buy(ALICE);
    assertThat(it.pull().once().kept()).isEqualTo(1);
    assertThat(it.work()).singleElement().isInstanceOf(Outcome.Held.class);

    assertThat(it.payments(other)).isEmpty();
    assertThat(it.google().calls("read")).as("nobody is asked meanwhile").isEqualTo(5);
  }

  @Test
  void beingKeptOutIsCritical() {
    refuse(403);
    try (LogLines log = new LogLines(LoggerName.GOOGLE_PLAY)) {
      again();

      assertThat(log.critical())
          .singleElement()
          .asString()
          .contains("does not let us in: check the credentials and their rights");
    }
  }

  @Test
  void whatFailedIsDoneOnceGoogleAnswersAgain() {
    it.google().refuse("read", 4, 503, null);
    for (int attempt = 0; attempt < 5; attempt++) {
      again();
    }

    assertThat(it.payments(token)).hasSize(1);
  }

  @Test
  void whoeverIsThrottledWaitsAsLongAsGoogleSays() {
    it.google().refuse("read", 1, 429, Duration.ofSeconds(30));

    assertThat(it.work()).containsExactly(waits(Duration.ofSeconds(30)));
    assertThat(item().failures().attempts()).isZero();

    it.google().advance(Duration.ofSeconds(30));
    it.settle();
    assertThat(it.payments(token)).hasSize(1);
  }

  @Test
  void whoeverIsThrottledForNoTimeWaitsAllTheSame() {
    it.google().refuse("read", Fault.UNTIL_CLEARED, 429, Duration.ZERO);

    assertThat(it.work()).containsExactly(waits(Duration.ofMinutes(1)));
    assertThat(it.work()).isEmpty();
    assertThat(it.google().calls("read")).isEqualTo(1);
  }

  private Outcome waits(Duration length) {
    return new Outcome.Held(it.now().plus(length), "it is not our turn to ask Google");
  }

  @Test
  void refusedCredentialsCostNoAttempt() {
    refuse(403);

    assertThat(it.work()).singleElement().isInstanceOf(Outcome.Waits.class);
    assertThat(item().failures().attempts()).isZero();
    assertThat(item().parked()).isNull();
  }

  @Test
  void whatGoogleDoesNotKnowIsParkedAfterFiveTimes() {
    refuse(404);
    for (int attempt = 0; attempt < 4; attempt++) {
      again();
    }
    assertThat(it.parked()).isEmpty();

    again();

    assertThat(it.parked()).containsExactly(ParkReason.NOT_FOUND);
  }

  @Test
  void whatGoogleRefusesIsParkedAfterThreeTimes() {
    refuse(400);
    for (int attempt = 0; attempt < 3; attempt++) {
      again();
    }

    assertThat(it.parked()).containsExactly(ParkReason.REJECTED);
  }

  @Test
  void anAnswerThatMakesNoSenseIsAFailureOfLogic() {
    it.google().fail("read", 1, new Effect.Malformed());

    assertThat(it.work()).hasSize(1);

    assertThat(item().failures().last()).isEqualTo(ErrorClass.LOGIC);
  }

  @Test
  void whatGoogleHasForgottenIsDone() {
    it.settle();
    refuse(410);
    it.google().advance(Duration.ofDays(1));
    it.rooms().inbox().enqueue(List.of(owed()), it.now());

    assertThat(it.work()).containsExactly(new Outcome.Done());

    assertThat(it.payment(token).isStanding()).isTrue();
  }

  private Owed owed() {
    return Owed.unannounced(WorkItem.reconcile(token));
  }

  @Test
  void newsDuringAReadMeansAnotherLook() {
    it.google().fail("read", 1, new Effect.Meanwhile(() -> notifiedAgain()));

    assertThat(it.work()).containsExactly(new Outcome.Done());

    assertThat(it.owed()).extracting(one -> one.item().kind().name()).contains("RECONCILE");
  }

  private void notifiedAgain() {
    it.rooms().inbox().enqueue(List.of(owed()), it.now());
  }
}
