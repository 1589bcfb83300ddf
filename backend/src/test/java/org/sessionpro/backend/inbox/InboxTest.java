package org.sessionpro.backend.inbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.sessionpro.backend.db.Database;
import org.sessionpro.backend.db.Engine;
import org.sessionpro.backend.entitlement.SubscriptionKey;
import org.sessionpro.backend.inbox.InboxInspection.Filter;
import org.sessionpro.backend.inbox.Settled.Fate;
import org.sessionpro.protocol.ByteString;
import org.sessionpro.protocol.PurchaseToken;

/// The inbox, an operation at a time. Whole lives are in [InboxLivesTest].
@ParameterizedClass
@EnumSource(Engine.class)
class InboxTest {
  private static final Instant T = Instant.ofEpochSecond(1_767_225_600);
  private static final Instant DUE = T.plus(Duration.ofDays(3));
  private static final PurchaseToken TOKEN = new PurchaseToken("A");
  private static final SubscriptionKey SUBSCRIPTION = SubscriptionKey.google(TOKEN);
  private static final WorkItem RECONCILE = WorkItem.reconcile(TOKEN);
  private static final Set<WorkKind> ALL_KINDS = EnumSet.allOf(WorkKind.class);

  @Parameter Engine engine;
  @TempDir Path folder;
  private Database database;
  private Inbox inbox;

  @BeforeEach
  void open() {
    database = engine.open(folder);
    inbox = inbox("1.0");
  }

  private Inbox inbox(String build) {
    return new Inbox(database, new Random(build.hashCode()), new InboxRules(36, build));
  }

  @AfterEach
  void close() {
    database.close();
  }

  private static StoreMessage message(String id) {
    ByteString payload = ByteString.of("hello".getBytes(StandardCharsets.UTF_8));
    return new StoreMessage(
        new MessageId(StoreProvider.GOOGLE, id), "subscription", SUBSCRIPTION, T, payload);
  }

  private static Intake understood() {
    return new Intake.Understood(List.of(Owed.announced(RECONCILE, T)));
  }

  private static Intake undecodable() {
    return new Intake.Parked(ParkReason.UNDECODABLE, "not JSON", null);
  }

  private List<StoredWork> owed() {
    return inbox.inspection().list(Filter.ALL, 100);
  }

  private StoredWork only() {
    assertThat(owed()).hasSize(1);
    return owed().getFirst();
  }

  private StoredWork.Parked parked() {
    return Objects.requireNonNull(only().parked());
  }

  private Claim claimed(Instant now) {
    List<Claim> claims = AnyLane.claim(inbox, StoreProvider.GOOGLE, ALL_KINDS, 4, now);
    assertThat(claims).hasSize(1);
    return claims.getFirst();
  }

  private void enqueue(WorkItem item, @Nullable Instant eventAt, Instant now) {
    inbox.enqueue(List.of(new Owed(item, item.subscription(), eventAt, null, Lane.ANNOUNCED)), now);
  }

  private static Outcome failed(ErrorClass kind) {
    return new Outcome.Failed(kind, "did not work");
  }

  /// Fails an item until it is parked, each time as early as possible.
  private Settled failUntilParked(ErrorClass kind) {
    Settled settled;
    do {
      Claim claim = claimed(T.plus(Duration.ofDays(300)));
      settled = inbox.settle(claim, failed(kind), T);
    } while (settled.fate() == Fate.STAYS);
    return settled;
  }

  @Test
  void aMessageIsTakenOnce() {
    assertThat(inbox.put(message("1"), understood(), T)).isTrue();
    assertThat(inbox.put(message("1"), understood(), T)).isFalse();

    assertThat(claimed(T).revision()).isOne();
  }

  @Test
  void ofAMessageThatIsUnderstoodOnlyTheIdStays() {
    inbox.put(message("1"), understood(), T);

    assertThat(inbox.message(message("1").id())).isEmpty();
    assertThat(only().item()).isEqualTo(RECONCILE);
  }

  @Test
  void aMessageThatIsKeptIsWorkedOnAndThenLosesItsText() {
    inbox.put(message("1"), new Intake.Kept(List.of()), T);
    Claim claim = claimed(T);
    assertThat(claim.item()).isEqualTo(WorkItem.message(message("1").id()));
    assertThat(inbox.message(message("1").id())).contains(message("1"));

    assertThat(inbox.settle(claim, new Outcome.Done(), T).fate()).isEqualTo(Fate.GONE);

    assertThat(inbox.message(message("1").id())).isEmpty();
    assertThat(owed()).isEmpty();
    assertThat(inbox.put(message("1"), new Intake.Kept(List.of()), T)).isFalse();
  }

  @Test
  void whatIsAnnouncedForTheFutureIsDueNow() {
    enqueue(RECONCILE, T.plus(Duration.ofDays(3)), T);

    assertThat(claimed(T).seen().hintAt()).isEqualTo(T.plus(Duration.ofDays(3)));
  }

  @Test
  void newsWhileAnItemIsWorkedOnKeepsIt() {
    enqueue(RECONCILE, T, T);
    Claim claim = claimed(T);
    enqueue(RECONCILE, T, T);

    assertThat(inbox.settle(claim, new Outcome.Done(), T).fate()).isEqualTo(Fate.STAYS);
    assertThat(claimed(T).revision()).isEqualTo(2);
  }

  @Test
  void newsWhileAnItemFailsHasItTriedAtOnce() {
    enqueue(RECONCILE, T, T);
    Claim claim = claimed(T);
    enqueue(RECONCILE, T, T);
    inbox.settle(claim, failed(ErrorClass.TRANSIENT), T);

    assertThat(claimed(T).failures().attempts()).isOne();
  }

  @Test
  void failuresWaitForTwiceAsLongEachTime() {
    enqueue(RECONCILE, T, T);
    Instant now = T;
    for (long minutes : new long[] {1, 2, 4, 8, 16, 32, 64, 128, 256, 360, 360}) {
      inbox.settle(claimed(now), failed(ErrorClass.TRANSIENT), now);
      assertThat(only().times().nextAt()).isEqualTo(now.plus(Duration.ofMinutes(minutes)));
      now = only().times().nextAt();
    }
  }

  @Test
  void anOwedAcknowledgementIsTriedForEver() {
    enqueue(WorkItem.acknowledge(TOKEN), T, T);
    for (int i = 0; i < 50; i++) {
      Instant now = T.plus(Duration.ofDays(i));
      assertThat(inbox.settle(claimed(now), failed(ErrorClass.NOT_FOUND), now).fate())
          .isEqualTo(Fate.STAYS);
    }
    assertThat(only().times().nextAt())
        .isEqualTo(T.plus(Duration.ofDays(49)).plus(Duration.ofMinutes(10)));
  }

  @Test
  void whatTheStoreDoesNotKnowIsParkedAfterFive() {
    enqueue(RECONCILE, T, T);

    assertThat(failUntilParked(ErrorClass.NOT_FOUND))
        .isEqualTo(new Settled(Fate.PARKED, 5, ParkReason.NOT_FOUND));
  }

  @Test
  void otherFailuresInBetweenStartTheCountAnew() {
    enqueue(RECONCILE, T, T);
    for (int i = 0; i < 4; i++) {
      inbox.settle(claimed(T.plus(Duration.ofDays(i))), failed(ErrorClass.NOT_FOUND), T);
    }
    inbox.settle(claimed(T.plus(Duration.ofDays(9))), failed(ErrorClass.TRANSIENT), T);

    assertThat(failUntilParked(ErrorClass.NOT_FOUND).attempts()).isEqualTo(10);
  }

  @Test
  void whatIsMalformedIsParkedAfterThree() {
    enqueue(RECONCILE, T, T);

    assertThat(failUntilParked(ErrorClass.REJECTED))
        .isEqualTo(new Settled(Fate.PARKED, 3, ParkReason.REJECTED));
  }

  @Test
  void whatFailsForAWeekIsParked() {
    enqueue(RECONCILE, T, T);

    assertThat(failUntilParked(ErrorClass.LOGIC))
        .isEqualTo(new Settled(Fate.PARKED, 36, ParkReason.EXHAUSTED));
  }

  @Test
  void newsIsWorthOneTryForWhatIsExhausted() {
    enqueue(RECONCILE, T, T);
    failUntilParked(ErrorClass.TRANSIENT);
    assertThat(
            AnyLane.claim(inbox, StoreProvider.GOOGLE, ALL_KINDS, 4, T.plus(Duration.ofDays(900))))
        .isEmpty();

    enqueue(RECONCILE, T, T);

    assertThat(inbox.settle(claimed(T), failed(ErrorClass.TRANSIENT), T))
        .isEqualTo(new Settled(Fate.PARKED, 37, ParkReason.EXHAUSTED));
  }

  @Test
  void whatIsParkedForAnUnmappedPlanGoesBackThereAfterAnyFailureOfItsOneTry() {
    enqueue(RECONCILE, T, T);
    Cause plan = new Cause(ParkReason.UNKNOWN_PLAN, "weekly");
    inbox.settle(claimed(T), new Outcome.Parked(plan, "not mapped"), T);
    enqueue(RECONCILE, T, T);
    Claim claim = claimed(T);
    assertThat(claim.oneTry()).isEqualTo(plan);

    inbox.settle(claim, failed(ErrorClass.TRANSIENT), T);

    assertThat(parked().reason()).isEqualTo(ParkReason.UNKNOWN_PLAN);
    assertThat(parked().detail()).isEqualTo("weekly");
  }

  @Test
  void whatHasNoOwnerComesBackWholeWithAnyNews() {
    enqueue(RECONCILE, T, T);
    inbox.settle(claimed(T), new Outcome.Parked(Cause.of(ParkReason.NO_OWNER), "nobody's"), T);
    enqueue(RECONCILE, T, T);

    assertThat(inbox.settle(claimed(T), failed(ErrorClass.TRANSIENT), T).fate())
        .isEqualTo(Fate.STAYS);
  }

  @Test
  void whatWasNotFoundIsLookedForFiveTimesAgainAfterNews() {
    enqueue(RECONCILE, T, T);
    failUntilParked(ErrorClass.NOT_FOUND);

    enqueue(RECONCILE, T, T);

    assertThat(failUntilParked(ErrorClass.NOT_FOUND))
        .isEqualTo(new Settled(Fate.PARKED, 10, ParkReason.NOT_FOUND));
  }

  @Test
  void aCommandForgetsFailuresInARowToo() {
    enqueue(RECONCILE, T, T);
    failUntilParked(ErrorClass.REJECTED);

    assertThat(inbox.inspection().retry(RECONCILE, T)).isTrue();

    assertThat(failUntilParked(ErrorClass.REJECTED).attempts()).isEqualTo(6);
  }

  @Test
  void aSuccessEndsTheOneTryEvenIfThereWasNewsMeanwhile() {
    enqueue(RECONCILE, T, T);
    failUntilParked(ErrorClass.TRANSIENT);
    enqueue(RECONCILE, T, T);
    Claim oneTry = claimed(T);
    enqueue(RECONCILE, T, T);
    assertThat(inbox.settle(oneTry, new Outcome.Done(), T).fate()).isEqualTo(Fate.STAYS);

    Claim next = claimed(T);

    assertThat(next.oneTry()).isNull();
    assertThat(inbox.settle(next, failed(ErrorClass.TRANSIENT), T))
        .isEqualTo(new Settled(Fate.STAYS, 1, null));
  }

  @Test
  void whatIsAnnouncedIsNoLongerSwept() {
    inbox.enqueue(List.of(Owed.swept(RECONCILE)), T);
    assertThat(inbox.claim(StoreProvider.GOOGLE, ALL_KINDS, Lane.ANNOUNCED, 4, T)).isEmpty();

    enqueue(RECONCILE, T, T);
    inbox.enqueue(List.of(Owed.swept(RECONCILE)), T);

    assertThat(inbox.claim(StoreProvider.GOOGLE, ALL_KINDS, Lane.SWEPT, 4, T)).isEmpty();
    assertThat(inbox.claim(StoreProvider.GOOGLE, ALL_KINDS, Lane.ANNOUNCED, 4, T)).hasSize(1);
  }

  @Test
  void whatAClockThatWasAheadHasPutOffIsDueAgain() {
    Instant wrong = T.plus(Duration.ofHours(1));
    enqueue(RECONCILE, T, T);
    inbox.settle(claimed(wrong), failed(ErrorClass.TRANSIENT), wrong);
    enqueue(WorkItem.oneTime(TOKEN), null, wrong);

    assertThat(inbox.upkeep().undoFuture(T)).isEqualTo(2);

    assertThat(AnyLane.claim(inbox, StoreProvider.GOOGLE, ALL_KINDS, 4, T)).hasSize(2);
  }

  @Test
  void whatWaitsByARightClockGoesOnWaiting() {
    enqueue(RECONCILE, T, T);
    inbox.settle(claimed(T), failed(ErrorClass.TRANSIENT), T);

    assertThat(inbox.upkeep().undoFuture(T.minusSeconds(50))).isZero();
  }

  @Test
  void aTestPurchaseStaysParkedWhateverTheNews() {
    enqueue(RECONCILE, T, T);
    inbox.settle(claimed(T), new Outcome.Parked(Cause.of(ParkReason.TEST_PURCHASE), "a test"), T);
    enqueue(RECONCILE, T, T);

    assertThat(only().parked()).isNotNull();
    Upkeep.Known without = new Upkeep.Known("1.0", Set.of(), false);
    assertThat(inbox.upkeep().bringBackAtStart(StoreProvider.GOOGLE, without, T)).isZero();
    Upkeep.Known with = new Upkeep.Known("1.0", Set.of(), true);
    assertThat(inbox.upkeep().bringBackAtStart(StoreProvider.GOOGLE, with, T)).isOne();
    assertThat(only().parked()).isNull();
  }

  @Test
  void aMapBringsBackWhatItNames() {
    enqueue(RECONCILE, T, T);
    Cause plan = new Cause(ParkReason.UNKNOWN_PLAN, "weekly");
    inbox.settle(claimed(T), new Outcome.Parked(plan, "not mapped"), T);

    Upkeep.Known other = new Upkeep.Known("2.0", Set.of("monthly"), false);
    assertThat(inbox.upkeep().bringBackAtStart(StoreProvider.GOOGLE, other, T)).isZero();
    Upkeep.Known naming = new Upkeep.Known("1.0", Set.of("monthly", "weekly"), false);
    assertThat(inbox.upkeep().bringBackAtStart(StoreProvider.APPLE, naming, T)).isZero();
    assertThat(inbox.upkeep().bringBackAtStart(StoreProvider.GOOGLE, naming, T)).isOne();
    assertThat(claimed(T).oneTry()).isNull();
  }

  private static Outcome.Failed unmapped() {
    return new Outcome.Failed(
        ErrorClass.LOGIC, "not mapped", new Cause(ParkReason.UNKNOWN_PLAN, "weekly", DUE));
  }

  @Test
  void aMapBringsBackWhatFailsForWantOfIt() {
    enqueue(RECONCILE, T, T);
    inbox.settle(claimed(T), unmapped(), T);
    inbox.settle(claimed(T.plusSeconds(60)), failed(ErrorClass.TRANSIENT), T.plusSeconds(60));
    Upkeep.Known naming = new Upkeep.Known("1.0", Set.of("weekly"), false);

    Instant start = T.plusSeconds(61);
    assertThat(inbox.upkeep().bringBackAtStart(StoreProvider.GOOGLE, naming, start)).isOne();

    assertThat(claimed(start).oneTry()).isNull();
  }

  @Test
  void whatFailsSaysWhyAndUntilWhen() {
    enqueue(RECONCILE, T, T);
    inbox.settle(claimed(T), unmapped(), T);

    assertThat(only().because()).isEqualTo(new Cause(ParkReason.UNKNOWN_PLAN, "weekly", DUE));
    assertThat(only().times().dueAt()).isEqualTo(DUE);
    assertThat(only().parked()).isNull();
  }

  @Test
  void whatFailsForAReasonIsTriedAsOftenAsAnyOther() {
    enqueue(RECONCILE, T, T);
    inbox.settle(claimed(T), unmapped(), T);

    assertThat(inbox.settle(claimed(T.plusSeconds(60)), unmapped(), T.plusSeconds(60)).fate())
        .isEqualTo(Fate.STAYS);
    assertThat(only().oneTry()).isFalse();
  }

  @Test
  void anotherBuildTriesWhatCouldNotBeReadOnce() {
    assertThat(inbox.put(message("1"), undecodable(), T)).isTrue();
    Upkeep.Known same = new Upkeep.Known("1.0", Set.of(), false);
    assertThat(inbox.upkeep().bringBackAtStart(StoreProvider.GOOGLE, same, T)).isZero();

    Upkeep.Known newer = new Upkeep.Known("1.1", Set.of(), false);
    assertThat(inbox.upkeep().bringBackAtStart(StoreProvider.GOOGLE, newer, T)).isOne();
    assertThat(inbox.message(message("1").id())).isPresent();
    Outcome again = new Outcome.Parked(Cause.of(ParkReason.UNDECODABLE), "not JSON");
    assertThat(inbox("1.1").settle(claimed(T), again, T).fate()).isEqualTo(Fate.PARKED);

    assertThat(inbox.upkeep().bringBackAtStart(StoreProvider.GOOGLE, newer, T)).isZero();
  }

  @Test
  void aLeaseThatLapsedIsSomebodyElses() {
    enqueue(RECONCILE, T, T);
    Claim dead = claimed(T);
    assertThat(AnyLane.claim(inbox, StoreProvider.GOOGLE, ALL_KINDS, 4, T.plusSeconds(59)))
        .isEmpty();

    Claim other = claimed(T.plusSeconds(60));

    assertThat(inbox.renew(dead, T.plusSeconds(61))).isEmpty();
    assertThat(inbox.settle(dead, new Outcome.Done(), T.plusSeconds(61)).fate())
        .isEqualTo(Fate.LOST);
    assertThat(holds(dead)).isFalse();
    assertThat(holds(other)).isTrue();
  }

  private boolean holds(Claim claim) {
    return database.<Boolean>write(inbox.fence(claim)::holds);
  }

  @Test
  void anOldLeaseCountsForNothingAfterItsItemWasMadeAnew() {
    enqueue(RECONCILE, T, T);
    Claim dead = claimed(T);
    inbox.settle(claimed(T.plusSeconds(60)), new Outcome.Done(), T.plusSeconds(61));
    enqueue(RECONCILE, T, T.plusSeconds(62));
    Claim newest = claimed(T.plusSeconds(62));

    assertThat(inbox.settle(dead, new Outcome.Done(), T.plusSeconds(63)).fate())
        .isEqualTo(Fate.LOST);
    assertThat(holds(newest)).isTrue();
  }

  @Test
  void aRenewedLeaseLasts() {
    enqueue(RECONCILE, T, T);
    Claim claim = claimed(T);

    assertThat(inbox.renew(claim, T.plusSeconds(50)).orElseThrow().until())
        .isEqualTo(T.plusSeconds(110));
    assertThat(AnyLane.claim(inbox, StoreProvider.GOOGLE, ALL_KINDS, 4, T.plusSeconds(100)))
        .isEmpty();
  }

  @Test
  void aLeaseFromBeforeTheClockWasSetBackKeepsNobodyOut() {
    enqueue(RECONCILE, T, T);
    claimed(T);

    assertThat(
            AnyLane.claim(inbox, StoreProvider.GOOGLE, ALL_KINDS, 4, T.minus(Duration.ofHours(1))))
        .isEmpty();
    enqueue(RECONCILE, T.minus(Duration.ofHours(2)), T.minus(Duration.ofHours(1)));
    assertThat(claimed(T.minus(Duration.ofHours(1))).revision()).isEqualTo(2);
  }

  @Test
  void whatIsDroppedIsTakenOutOfTheHandsOfItsHolder() {
    enqueue(RECONCILE, T, T);
    Claim claim = claimed(T);

    assertThat(inbox.inspection().drop(RECONCILE, "a test")).isTrue();

    assertThat(holds(claim)).isFalse();
    assertThat(inbox.inspection().drop(RECONCILE, "a test")).isFalse();
  }

  @Test
  void aDroppedMessageIsNotTakenForANewOne() {
    inbox.put(message("1"), undecodable(), T);

    assertThat(inbox.inspection().drop(WorkItem.message(message("1").id()), "of no use")).isTrue();

    assertThat(owed()).isEmpty();
    assertThat(inbox.put(message("1"), undecodable(), T)).isFalse();
  }

  @Test
  void aCommandBringsBackWhatIsParked() {
    inbox.put(message("1"), undecodable(), T);

    assertThat(inbox.inspection().retry(WorkItem.message(message("1").id()), T)).isTrue();

    assertThat(claimed(T).oneTry()).isNull();
  }

  @Test
  void waitingCostsNoAttempt() {
    enqueue(RECONCILE, T, T);
    inbox.settle(claimed(T), new Outcome.Waits(T.plusSeconds(300), "not paid yet"), T);

    assertThat(AnyLane.claim(inbox, StoreProvider.GOOGLE, ALL_KINDS, 4, T.plusSeconds(299)))
        .isEmpty();
    assertThat(claimed(T.plusSeconds(300)).failures().attempts()).isZero();
  }

  @Test
  void messagesAreForgottenWhenTheirStoreRepeatsThemNoMore() {
    inbox.put(message("1"), understood(), T);
    inbox.put(message("2"), undecodable(), T);
    Duration retention = Duration.ofDays(8);
    Instant later = T.plus(retention);

    assertThat(inbox.upkeep().prune(StoreProvider.GOOGLE, retention, later.minusMillis(1), 9))
        .isZero();
    assertThat(inbox.upkeep().prune(StoreProvider.APPLE, retention, later, 9)).isZero();
    assertThat(inbox.upkeep().prune(StoreProvider.GOOGLE, retention, later, 9)).isOne();

    assertThat(inbox.put(message("1"), understood(), later)).isTrue();
    assertThat(inbox.put(message("2"), understood(), later)).isFalse();
  }

  @Test
  void aQuestionThatNobodyAnsweredIsDroppedAtItsDeadline() {
    Intake review = new Intake.Parked(ParkReason.REFUND_REVIEW, "a refund", T.plusSeconds(60));
    inbox.put(message("1"), review, T);
    inbox.put(message("2"), undecodable(), T.minusSeconds(9));
    assertThat(owed().getFirst().times().dueAt()).isEqualTo(T.plusSeconds(60));

    assertThat(inbox.upkeep().expireReviews(StoreProvider.GOOGLE, T.plusSeconds(59))).isZero();
    assertThat(inbox.upkeep().expireReviews(StoreProvider.GOOGLE, T.plusSeconds(60))).isOne();

    assertThat(parked().reason()).isEqualTo(ParkReason.UNDECODABLE);
  }

  @Test
  void ownersAreToldOfWhatFailedMoreThanFiveTimes() {
    enqueue(RECONCILE, T, T);
    for (int i = 0; i < 5; i++) {
      inbox.settle(claimed(T.plus(Duration.ofDays(i))), failed(ErrorClass.TRANSIENT), T);
      assertThat(inbox.isInTrouble(() -> List.of(SUBSCRIPTION))).isFalse();
    }
    inbox.settle(claimed(T.plus(Duration.ofDays(9))), failed(ErrorClass.TRANSIENT), T);

    assertThat(inbox.isInTrouble(() -> List.of(SUBSCRIPTION))).isTrue();
    assertThat(inbox.isInTrouble(() -> List.of(SubscriptionKey.google(new PurchaseToken("other")))))
        .isFalse();
  }

  @Test
  void ownersAreToldOfAParkedMessageAboutTheirPurchase() {
    inbox.put(message("1"), undecodable(), T);

    assertThat(inbox.isInTrouble(() -> List.of(SUBSCRIPTION))).isTrue();
  }

  @Test
  void whileNothingIsInTroubleNobodyIsAskedWhatAnOwnerHas() {
    enqueue(RECONCILE, T, T);

    assertThat(
            inbox.isInTrouble(() -> {
              throw new AssertionError("asked");
            }))
        .isFalse();
  }

  @Test
  void listenersLearnOfWorkAfterItIsThere() {
    AtomicInteger woken = new AtomicInteger();
    inbox.onWork(() -> woken.addAndGet(owed().size()));

    inbox.put(message("1"), understood(), T);
    inbox.put(message("1"), understood(), T);

    assertThat(woken).hasValue(1);
  }

  @Test
  void quietIsWhenNothingIsDueAndNobodyWorks() {
    assertThat(inbox.upkeep().isQuiet(T)).isTrue();
    enqueue(RECONCILE, T, T);
    assertThat(inbox.upkeep().isQuiet(T)).isFalse();
    Claim claim = claimed(T);
    assertThat(inbox.upkeep().isQuiet(T)).isFalse();
    inbox.settle(claim, new Outcome.Waits(T.plusSeconds(9), "not yet"), T);
    assertThat(inbox.upkeep().isQuiet(T)).isTrue();
    assertThat(inbox.upkeep().isQuiet(T.plusSeconds(9))).isFalse();
  }

  @Test
  void aMessageWhoseWorkWaitsIsNotDue() {
    inbox.put(message("1"), new Intake.Kept(List.of()), T);
    assertThat(inbox.upkeep().isQuiet(T)).isFalse();

    inbox.settle(claimed(T), new Outcome.Waits(T.plusSeconds(9), "not yet"), T);

    assertThat(inbox.upkeep().isQuiet(T)).isTrue();
  }

  @Test
  void namesThatNoStoreGivesAreRefused() {
    for (String bad : List.of("", "a\u0000b", "x".repeat(2_049), "\ud800")) {
      assertThatThrownBy(() -> new MessageId(StoreProvider.GOOGLE, bad))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void nothingPrintsWhatLeadsToAPerson() {
    StoreMessage secret =
        new StoreMessage(
            new MessageId(StoreProvider.GOOGLE, "sssecret"),
            "subscription",
            SubscriptionKey.google(new PurchaseToken("sssecret")),
            T,
            ByteString.of("sssecret".getBytes(StandardCharsets.UTF_8)));
    WorkItem item = WorkItem.reconcile(new PurchaseToken("sssecret"));
    enqueue(item, T, T);

    assertThat(
            List.of(
                secret.toString(),
                item.toString(),
                Owed.announced(item, T).toString(),
                claimed(T).toString(),
                only().toString()))
        .noneMatch(text -> text.contains("sssecret"));
  }
}
