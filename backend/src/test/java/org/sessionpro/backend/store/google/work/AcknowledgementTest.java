package org.sessionpro.backend.store.google.work;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sessionpro.backend.store.google.work.WorkRig.ALICE;

import ch.qos.logback.classic.Level;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sessionpro.backend.db.Engine;
import org.sessionpro.backend.entitlement.PaymentFact.Acknowledged;
import org.sessionpro.backend.entitlement.PaymentFact.Acknowledgement;
import org.sessionpro.backend.inbox.Outcome;
import org.sessionpro.backend.inbox.Owed;
import org.sessionpro.backend.inbox.WorkItem;
import org.sessionpro.backend.inbox.WorkKind;
import org.sessionpro.backend.jobs.ScanAcknowledgements;
import org.sessionpro.backend.ledger.Statement;
import org.sessionpro.backend.store.google.PurchaseAcknowledgement;
import org.sessionpro.backend.telemetry.LogLines;
import org.sessionpro.backend.telemetry.LoggerName;
import org.sessionpro.protocol.PurchaseToken;
import org.sessionpro.simulator.google.play.OutOfApp;
import org.sessionpro.simulator.google.play.PlayStore.Canceler;
import org.sessionpro.simulator.http.Effect;
import org.sessionpro.simulator.http.Fault;

/// Google is told of what was granted, once, after it was granted.
class AcknowledgementTest {
  @TempDir Path folder;
  private WorkRig it;
  private PurchaseToken token;

  @BeforeEach
  void register() {
    it = new WorkRig(Engine.SQLITE, folder);
    token = it.google().buy(ALICE);
    assertThat(it.pull().once().kept()).isEqualTo(1);
    assertThat(it.work()).containsExactly(new Outcome.Done());
  }

  @AfterEach
  void stop() {
    it.close();
  }

  private Acknowledgement state() {
    return it.payment(token).requests().acknowledgement();
  }

  @Test
  void isOwedFromTheCommitOn() {
    assertThat(state()).isEqualTo(Acknowledgement.OWED);
    assertThat(it.owed())
        .extracting(one -> one.item().kind())
        .containsExactly(WorkKind.ACKNOWLEDGE);
    assertThat(it.google().calls("acknowledge")).isZero();
  }

  @Test
  void failingIsTriedAgainLaterEachTimeAndNeverParked() {
    it.google().refuse("acknowledge", Fault.UNTIL_CLEARED, 400, null);
    for (int attempt = 0; attempt < 8; attempt++) {
      it.google().advance(Duration.ofMinutes(10));
      var _ = it.work();
    }

    assertThat(state()).isEqualTo(Acknowledgement.OWED);
    assertThat(it.google().calls("acknowledge")).isEqualTo(8);
    assertThat(it.parked()).isEmpty();
  }

  @Test
  void theMissingRightToItKeepsNothingElseAway() {
    it.google().refuse("acknowledge", Fault.UNTIL_CLEARED, 403, null);
    assertThat(it.work()).singleElement().isInstanceOf(Outcome.Waits.class);
    PurchaseToken other = it.google().buy(ALICE);
    assertThat(it.pull().once().kept()).isEqualTo(1);

    assertThat(it.work()).containsExactly(new Outcome.Done());

    assertThat(it.payments(other)).hasSize(1);
  }

  @Test
  void thatTheRightIsMissingIsToldOnce() {
    it.google().refuse("acknowledge", Fault.UNTIL_CLEARED, 403, null);
    try (GoogleLog log = new GoogleLog()) {
      var _ = it.work();
      it.google().advance(Duration.ofMinutes(5));
      var _ = it.work();

      assertThat(it.google().calls("acknowledge")).isEqualTo(2);
      assertThat(log.at(Level.ERROR))
          .singleElement()
          .asString()
          .contains("may not manage orders and subscriptions");
    }
  }

  @Test
  void whatIsNotAcknowledgedForTwoDaysIsCritical() {
    it.google().refuse("acknowledge", Fault.UNTIL_CLEARED, 400, null);
    try (LogLines log = new LogLines(LoggerName.GOOGLE_PLAY)) {
      it.google().advance(Duration.ofHours(47));
      var _ = it.work();
      assertThat(log.critical()).isEmpty();

      it.google().advance(Duration.ofHours(1));
      var _ = it.work();
      assertThat(log.critical()).singleElement().asString().contains(" is not acknowledged, and ");
    }
  }

  @Test
  void aLostAnswerIsMadeUpForByTheRecord() {
    it.google().fail("acknowledge", 1, new Effect.Dropped(true));

    assertThat(it.work()).containsExactly(new Outcome.Done());

    assertThat(state()).isEqualTo(Acknowledgement.DONE);
    assertThat(it.owed()).isEmpty();
  }

  @Test
  void whatSomebodyElseHasAcknowledgedIsNotAcknowledgedAgain() {
    it.google().store().acknowledge(token, null);

    it.settle();

    assertThat(state()).isEqualTo(Acknowledgement.DONE);
    assertThat(it.google().calls("acknowledge")).isZero();
  }

  /// As after an answer that came to nothing.
  @Test
  void whatSeemedToBeDoneIsDoneAgainBeforeGoogleTakesItBack() {
    it.ledger()
        .record(
            List.of(
                Statement.of(
                    it.payment(token).key(), new Acknowledged(it.now(), Acknowledgement.DONE))),
            it.now());
    var _ = it.work();
    assertThat(it.owed()).isEmpty();
    it.google().advance(Duration.ofDays(1));

    it.rooms().inbox().enqueue(List.of(Owed.unannounced(WorkItem.reconcile(token))), it.now());
    it.settle();

    assertThat(it.google().store().subscription(token).acknowledgement().isGiven()).isTrue();
    assertThat(state()).isEqualTo(Acknowledgement.DONE);
  }

  @Test
  void whoseItIsIsLeftOutIfGoogleRefusesToKeepIt() {
    it.settle();
    it.touch();
    it.google().store().cancel(token, Canceler.USER);
    it.google().advance(Duration.ofDays(32));
    PurchaseToken again = it.google().store().buyOutOfApp(token, new OutOfApp(null, token)).token();
    int before = it.google().calls("acknowledge");
    it.google().refuse("acknowledge", 1, 400, null);

    it.settle();

    assertThat(it.google().calls("acknowledge") - before).isEqualTo(2);
    assertThat(it.google().store().subscription(again).acknowledgement().isGiven()).isTrue();
    assertThat(it.payment(again).requests().acknowledgement()).isEqualTo(Acknowledgement.DONE);
  }

  private PurchaseAcknowledgement.Outcome acknowledge(BooleanSupplier turn) {
    return new PurchaseAcknowledgement(it.asking().announced(), it.google().settings().catalogue())
        .subscription(token, null, turn);
  }

  @Test
  void whoseTurnIsOverAfterTheFirstRequestMakesNoOther() {
    assertThat(acknowledge(() -> false)).isInstanceOf(PurchaseAcknowledgement.CutShort.class);

    assertThat(it.google().calls("acknowledge")).isZero();
  }

  @Test
  void theTurnIsAskedBeforeEachFurtherRequest() {
    it.google().refuse("acknowledge", 1, 503, null);
    AtomicInteger asked = new AtomicInteger();

    assertThat(acknowledge(() -> asked.incrementAndGet() < 2))
        .isInstanceOf(PurchaseAcknowledgement.CutShort.class);

    assertThat(it.google().calls("acknowledge")).isEqualTo(1);
  }

  @Test
  void aRequestWaitsForWhoeverAcknowledges() throws Exception {
    AwaitedAcknowledgement acknowledger = new AwaitedAcknowledgement(it.rooms(), 1);
    CompletableFuture<Boolean> request = new CompletableFuture<>();
    Thread.startVirtualThread(
        () -> request.complete(acknowledger.acknowledge(token, Duration.ofSeconds(20))));

    while (!request.isDone()) {
      var _ = it.work();
    }

    assertThat(request.get()).isTrue();
    assertThat(state()).isEqualTo(Acknowledgement.DONE);
  }

  @Test
  void aRequestGivesUpAfterItsPatience() {
    assertThat(new AwaitedAcknowledgement(it.rooms(), 1).acknowledge(token, Duration.ofMillis(60)))
        .isFalse();
    assertThat(state()).isEqualTo(Acknowledgement.OWED);
  }

  @Test
  void howeverOftenItIsAskedForItFailsNoSooner() {
    it.google().refuse("acknowledge", Fault.UNTIL_CLEARED, 503, null);
    for (int request = 0; request < 5; request++) {
      assertThat(
              new AwaitedAcknowledgement(it.rooms(), 1).acknowledge(token, Duration.ofMillis(30)))
          .isFalse();
      var _ = it.work();
    }

    assertThat(it.google().calls("acknowledge")).isEqualTo(1);
  }

  @Test
  void itsDeadlineIsCountedFromThePurchase() {
    it.settle();
    Instant bought = it.now();
    it.google().buy(ALICE);
    it.google().advance(Duration.ofHours(5));
    assertThat(it.pull().once().kept()).isEqualTo(1);
    assertThat(it.work()).containsExactly(new Outcome.Done());

    assertThat(it.owed())
        .singleElement()
        .satisfies(
            one -> assertThat(one.times().dueAt()).isEqualTo(bought.plus(Duration.ofDays(3))));
  }

  @Test
  void itsDeadlineIsCountedFromThePurchaseWhoeverFindsIt() {
    Instant bought = it.known(token).payments().getFirst().purchasedAt();
    assertThat(it.rooms().inbox().inspection().drop(WorkItem.acknowledge(token), "test")).isTrue();
    it.google().advance(Duration.ofHours(5));
    ScanAcknowledgements.job(
            it.rooms().subscriptions(),
            it.rooms().inbox(),
            it.rooms().clock(),
            Duration.ofMinutes(1))
        .work()
        .run(() -> true);

    assertThat(it.owed())
        .singleElement()
        .satisfies(
            one -> assertThat(one.times().dueAt()).isEqualTo(bought.plus(Duration.ofDays(3))));
  }

  @Test
  void whoFindsNowhereToWaitIsAnsweredAtOnceAndItIsDueAllTheSame() {
    assertThat(it.rooms().inbox().inspection().drop(WorkItem.acknowledge(token), "test")).isTrue();
    Duration patience = Duration.ofSeconds(20);
    long begin = System.nanoTime();

    assertThat(new AwaitedAcknowledgement(it.rooms(), 0).acknowledge(token, patience)).isFalse();

    assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(patience);
    assertThat(it.work()).containsExactly(new Outcome.Done());
    assertThat(state()).isEqualTo(Acknowledgement.DONE);
  }

  @Test
  void aSeatIsFreeAgainOnceItsHolderHasGivenUp() throws Exception {
    AwaitedAcknowledgement acknowledger = new AwaitedAcknowledgement(it.rooms(), 1);
    assertThat(acknowledger.acknowledge(token, Duration.ofMillis(60))).isFalse();

    CompletableFuture<Boolean> request = new CompletableFuture<>();
    Thread.startVirtualThread(
        () -> request.complete(acknowledger.acknowledge(token, Duration.ofSeconds(20))));
    while (!request.isDone()) {
      var _ = it.work();
    }

    assertThat(request.get()).isTrue();
  }

  @Test
  void whatIsNotOwedNeedsNoSeat() {
    assertThat(it.work()).containsExactly(new Outcome.Done());

    assertThat(new AwaitedAcknowledgement(it.rooms(), 0).acknowledge(token, Duration.ZERO))
        .isTrue();
  }
}
