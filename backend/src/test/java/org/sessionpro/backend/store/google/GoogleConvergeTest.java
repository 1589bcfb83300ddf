package org.sessionpro.backend.store.google;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sessionpro.backend.store.google.Shelf.ALICE;
import static org.sessionpro.backend.store.google.Shelf.ONE;
import static org.sessionpro.backend.store.google.Shelf.T;
import static org.sessionpro.backend.store.google.Shelf.TWO;
import static org.sessionpro.backend.store.google.Shelf.day;
import static org.sessionpro.backend.store.google.Shelf.minutes;

import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.sessionpro.backend.config.GoogleSettings.BasePlanId;
import org.sessionpro.backend.config.GoogleSettings.Catalogue;
import org.sessionpro.backend.entitlement.Payment;
import org.sessionpro.backend.entitlement.PaymentFact.Acknowledgement;
import org.sessionpro.backend.entitlement.PaymentFact.Source;
import org.sessionpro.backend.store.google.Convergence.Alarm;
import org.sessionpro.backend.store.google.Convergence.Applied;
import org.sessionpro.backend.store.google.Convergence.Fails;
import org.sessionpro.backend.store.google.Convergence.Missing;
import org.sessionpro.backend.store.google.Convergence.Money;
import org.sessionpro.backend.store.google.Convergence.Obstacle;
import org.sessionpro.backend.store.google.Convergence.Parked;
import org.sessionpro.backend.store.google.Convergence.Waits;
import org.sessionpro.backend.store.google.SubscriptionResource.LineItem;
import org.sessionpro.backend.store.google.SubscriptionResource.State;
import org.sessionpro.protocol.Plan;

/// Lives of subscriptions as Google's record tells them (`google-play.md` §5).
class GoogleConvergeTest {
  private final Shelf shelf = new Shelf();

  private static PlayRecord active(String order, Instant expiry) {
    return PlayRecord.of(State.ACTIVE, order, expiry);
  }

  private Payment.Terms terms(String order) {
    return shelf.payment(ONE, order).terms();
  }

  private Acknowledgement acknowledgement(String order) {
    return shelf.payment(ONE, order).requests().acknowledgement();
  }

  @Test
  void aPurchaseBecomesACycleThatWaitsForItsOwner() {
    shelf.hinted(T.plusSeconds(2)).look(ONE, active("O1", day(30)).notAcknowledged(), minutes(1));

    Payment payment = shelf.payment(ONE, "O1");
    assertThat(payment.owner()).isNull();
    assertThat(payment.witnessed().binding()).isEqualTo(Shelf.ALICE_ID);
    assertThat(payment.witnessed().source()).isEqualTo(Source.STORE);
    assertThat(payment.witnessed().product().plan()).isEqualTo(new Plan("1m"));
    assertThat(payment.witnessed().purchasedAt()).isEqualTo(T.plusSeconds(2));
    assertThat(payment.witnessed().refundDeadline()).isEqualTo(day(2).plusSeconds(2));
    assertThat(payment.terms().expiry()).isEqualTo(day(30));
    assertThat(payment.terms().renewing()).isTrue();
    assertThat(acknowledgement("O1")).isEqualTo(Acknowledgement.OWED);
  }

  @ParameterizedTest
  @EnumSource(
      value = State.class,
      mode = EnumSource.Mode.EXCLUDE,
      names = {"PENDING_PURCHASE_CANCELED"})
  void theSameRecordAgainYieldsNoFact(State state) {
    shelf.look(ONE, active("O1", day(30)), T);
    PlayRecord record = PlayRecord.of(state, "O1", day(33));
    shelf.look(ONE, record, day(31));

    Applied again = shelf.apply(ONE, record, day(32));

    assertThat(again.statements()).isEmpty();
    assertThat(again.facts()).isEmpty();
    assertThat(again.state())
        .isNotNull()
        .extracting(Convergence.SubscriptionState::statedAt)
        .isEqualTo(day(32));
  }

  @ParameterizedTest
  @EnumSource(
      value = State.class,
      mode = EnumSource.Mode.EXCLUDE,
      names = {"PENDING_PURCHASE_CANCELED"})
  void whateverStateItIsSeenInFirstItIsRegistered(State state) {
    shelf.look(ONE, PlayRecord.of(state, "O1", day(30)), T);

    assertThat(terms("O1").expiry()).isEqualTo(day(30));
    assertThat(terms("O1").grace()).isNull();
    assertThat(terms("O1").renewing()).isEqualTo(state != State.CANCELED && state != State.EXPIRED);
    assertThat(terms("O1").billingRetry())
        .isEqualTo(state == State.IN_GRACE_PERIOD || state == State.ON_HOLD);
  }

  @Test
  void aStateThatNobodyKnowsIsTreatedAsActiveAndTold() {
    assertThat(shelf.apply(ONE, PlayRecord.of(State.UNSPECIFIED, "O1", day(30)), T).alarms())
        .containsExactly(Alarm.UNKNOWN_STATE);
  }

  @Test
  void aRenewalIsTheOwnersAndEndsTheFlagOfTheCycleBefore() {
    shelf.look(ONE, active("O1", day(30)), T);
    shelf.claim(ONE, "O1");

    shelf.hinted(day(30)).look(ONE, active("O2", day(60)), day(30).plusSeconds(9));

    assertThat(shelf.payment(ONE, "O2").owner()).isNotNull();
    assertThat(shelf.payment(ONE, "O2").witnessed().purchasedAt()).isEqualTo(day(30));
    assertThat(terms("O2").renewing()).isTrue();
    assertThat(terms("O1").renewing()).isFalse();
    assertThat(terms("O1").expiry()).isEqualTo(day(30));
    assertThat(acknowledgement("O2")).isEqualTo(Acknowledgement.NOT_NEEDED);
  }

  @Test
  void aGraceThatIsPaidStaysOnTheCycleItWasStatedFor() {
    shelf.look(ONE, active("O1", day(30)), T);
    shelf.look(ONE, PlayRecord.of(State.IN_GRACE_PERIOD, "O1", day(33)), day(30));
    assertThat(terms("O1").grace()).isEqualTo(Duration.ofDays(3));
    assertThat(terms("O1").billingRetry()).isTrue();

    shelf.hinted(day(31)).look(ONE, active("O2", day(60)), day(31));

    assertThat(terms("O1").expiry()).isEqualTo(day(30));
    assertThat(terms("O1").grace()).isEqualTo(Duration.ofDays(3));
    assertThat(terms("O2").grace()).isNull();
  }

  @Test
  void aRecoveryFromHoldWithinSixtyDaysIsTheOwners() {
    shelf.look(ONE, active("O1", day(30)), T);
    shelf.claim(ONE, "O1");
    shelf.look(ONE, PlayRecord.of(State.IN_GRACE_PERIOD, "O1", day(33)), day(30));
    shelf.look(ONE, PlayRecord.of(State.ON_HOLD, "O1", day(33)), day(33));
    assertThat(terms("O1").renewing()).isTrue();

    shelf.hinted(day(89)).look(ONE, active("O2", day(119)), day(89));

    assertThat(shelf.payment(ONE, "O2").owner()).isNotNull();
  }

  @Test
  void aHoldThatLapsesMovesNoEndLater() {
    shelf.look(ONE, active("O1", day(30)), T);
    shelf.look(ONE, PlayRecord.of(State.IN_GRACE_PERIOD, "O1", day(33)), day(30));
    shelf.look(ONE, PlayRecord.of(State.ON_HOLD, "O1", day(33)), day(33));

    shelf.look(ONE, PlayRecord.of(State.EXPIRED, "O1", day(90)), day(90));

    assertThat(terms("O1").expiry()).isEqualTo(day(30));
    assertThat(terms("O1").grace()).isEqualTo(Duration.ofDays(3));
    assertThat(terms("O1").renewing()).isFalse();
    assertThat(terms("O1").billingRetry()).isFalse();
  }

  @Test
  void aCancellationAndARestartMoveTheFlagOnly() {
    shelf.look(ONE, active("O1", day(30)), T);

    shelf.look(ONE, PlayRecord.of(State.CANCELED, "O1", day(30)).notRenewing(), day(5));
    assertThat(terms("O1").renewing()).isFalse();
    shelf.look(ONE, active("O1", day(30)), day(6));

    assertThat(terms("O1").renewing()).isTrue();
    assertThat(terms("O1").expiry()).isEqualTo(day(30));
    assertThat(shelf.payments(ONE)).hasSize(1);
  }

  @Test
  void aCancellationInGraceKeepsThePaidTerm() {
    shelf.look(ONE, active("O1", day(30)), T);
    shelf.look(ONE, PlayRecord.of(State.IN_GRACE_PERIOD, "O1", day(33)), day(30));

    shelf.look(ONE, PlayRecord.of(State.CANCELED, "O1", day(33)), day(31));

    assertThat(terms("O1").expiry()).isEqualTo(day(30));
    assertThat(terms("O1").grace()).isEqualTo(Duration.ofDays(3));
    assertThat(terms("O1").renewing()).isFalse();
  }

  @Test
  void aDeferralMovesTheEndInPlace() {
    shelf.look(ONE, active("O1", day(30)), T);

    shelf.look(ONE, active("O1", day(37)), day(5));

    assertThat(terms("O1").expiry()).isEqualTo(day(37));
    assertThat(shelf.payments(ONE)).hasSize(1);
  }

  @Test
  void aPauseChangesNothingUntilItIsResumed() {
    shelf.look(ONE, active("O1", day(30)), T);

    Applied paused = shelf.apply(ONE, PlayRecord.of(State.PAUSED, "O1", day(60)), day(30));
    assertThat(paused.statements()).isEmpty();
    shelf.hinted(day(60)).look(ONE, active("O2", day(90)), day(60));

    assertThat(terms("O1").expiry()).isEqualTo(day(30));
    assertThat(terms("O2").expiry()).isEqualTo(day(90));
  }

  @Test
  void aPrepaidPlanNeverRenewsAndEndsAsStated() {
    shelf.look(ONE, active("O1", day(30)).prepaid().notAcknowledged(), T);
    assertThat(terms("O1").renewing()).isFalse();
    assertThat(acknowledgement("O1")).isEqualTo(Acknowledgement.OWED);

    PlayRecord toppedUp = active("P1", day(60)).prepaid().notAcknowledged().instead(ONE);
    shelf.look(TWO, toppedUp.started(day(20)), day(20));

    assertThat(shelf.payment(TWO, "P1").terms().renewing()).isFalse();
    assertThat(shelf.payment(TWO, "P1").terms().grace()).isNull();
    assertThat(shelf.payment(TWO, "P1").requests().acknowledgement())
        .isEqualTo(Acknowledgement.OWED);
  }

  @Test
  void aPlanChangeGoesOnAsTheOwnersAndAsksForTheOldOne() {
    shelf.look(ONE, active("O1", day(30)), T);
    shelf.claim(ONE, "O1");

    PlayRecord changed =
        active("P1", day(375)).plan("session-pro-12-months").instead(ONE).started(day(10));
    Applied applied = shelf.apply(TWO, changed, day(10));

    assertThat(applied.followUps()).containsExactly(ONE);
    assertThat(applied.facts()).hasSize(1);
    assertThat(shelf.payment(TWO, "P1").owner())
        .isNotNull()
        .extracting(Payment.Owner::account)
        .isEqualTo(ALICE);
    assertThat(shelf.payment(ONE, "O1").isStanding()).isTrue();
    assertThat(shelf.apply(TWO, changed, day(11)).followUps()).isEmpty();
  }

  @Test
  void whatWasReplacedEndsOnceItsSuccessorIsKnown() {
    shelf.look(ONE, active("O1", day(30)), T);
    shelf.look(TWO, active("P1", day(375)).instead(ONE).started(day(10)), day(10));

    shelf.look(ONE, PlayRecord.of(State.EXPIRED, "O1", day(10)).replaced(), day(10));

    assertThat(terms("O1").expiry()).isEqualTo(day(10));
    assertThat(shelf.payment(ONE, "O1").isStanding()).isTrue();
  }

  @Test
  void aPurchaseUnderAnotherIdDoesNotGoOnAsTheFormerOwners() {
    shelf.look(ONE, active("O1", day(30)), T);
    shelf.claim(ONE, "O1");

    shelf.look(TWO, active("P1", day(40)).by(Shelf.BOB_ID).instead(ONE).started(day(10)), day(10));

    assertThat(shelf.payment(TWO, "P1").owner()).isNull();
    assertThat(shelf.payment(TWO, "P1").witnessed().binding()).isEqualTo(Shelf.BOB_ID);
  }

  @Test
  void aDeferredPlanChangeShowsTheMoneyOnce() {
    shelf.look(ONE, active("O1", day(30)), T);
    shelf.claim(ONE, "O1");

    PlayRecord deferred =
        active("O1", day(30))
            .item(new LineItem(null, null, new BasePlanId("session-pro-12-months"), false, true))
            .instead(ONE)
            .notAcknowledged()
            .started(day(10));
    shelf.look(TWO, deferred, day(10));

    Payment shown = shelf.payment(TWO, "O1");
    assertThat(shelf.payment(ONE, "O1").hidden()).isTrue();
    assertThat(shown.hidden()).isFalse();
    assertThat(shown.witnessed().purchasedAt()).isEqualTo(T);
    assertThat(shown.witnessed().product().plan()).isEqualTo(new Plan("1m"));
    assertThat(shown.owner()).isNotNull();
    assertThat(shelf.apply(TWO, deferred, day(11)).statements()).isEmpty();

    shelf
        .hinted(day(30))
        .look(TWO, active("P2", day(395)).plan("session-pro-12-months").instead(ONE), day(30));
    assertThat(shelf.payment(TWO, "P2").witnessed().product().plan()).isEqualTo(new Plan("1y"));
    assertThat(shelf.payment(TWO, "P2").owner()).isNotNull();
  }

  @Test
  void soDoesOneWhoseOldPurchaseBecomesKnownLast() {
    PlayRecord deferred = active("O1", day(30)).instead(ONE).started(day(10));
    shelf.look(TWO, deferred, day(10));

    Applied former = shelf.apply(ONE, active("O1", day(30)), day(11));
    shelf.look(TWO, deferred, day(12));

    assertThat(former.followUps()).containsExactly(TWO);
    assertThat(shelf.payment(ONE, "O1").hidden()).isTrue();
    assertThat(shelf.payment(TWO, "O1").hidden()).isFalse();
  }

  @Test
  void soDoesOneThatGoogleHasForgotten() {
    shelf.look(TWO, active("O1", day(30)).instead(ONE).started(day(10)), day(10));
    shelf.look(ONE, active("O1", day(30)), day(11));

    shelf.gone(TWO, day(100));

    assertThat(shelf.payment(ONE, "O1").hidden()).isTrue();
  }

  @Test
  void aPendingSignupIsWaitedForAndThenGivenUp() {
    PlayRecord pending = PlayRecord.withoutItems(State.PENDING).started(null);

    assertThat(shelf.look(ONE, pending, T))
        .isEqualTo(new Waits(T.plusSeconds(1).plus(Duration.ofHours(6)), Missing.PAYMENT));
    assertThat(shelf.owedSince(T).look(ONE, pending, day(31))).isInstanceOf(Waits.class);
    assertThat(shelf.owedSince(T).look(ONE, pending, day(32))).isEqualTo(Applied.NOTHING);
    assertThat(shelf.payments(ONE)).isEmpty();
  }

  @Test
  void aSubscriptionOfAnotherProductIsNotWaitedFor() {
    PlayRecord other = PlayRecord.of(State.ACTIVE, "O1", day(30)).ofAnotherProduct();

    assertThat(shelf.look(ONE, other, T)).isEqualTo(Applied.NOTHING);
    assertThat(shelf.payments(ONE)).isEmpty();
  }

  @Test
  void aPendingPurchaseThatWasCanceledLeavesTheOneItWasToReplace() {
    assertThat(
            shelf.look(
                TWO, PlayRecord.withoutItems(State.PENDING_PURCHASE_CANCELED).instead(ONE), T))
        .isEqualTo(Applied.followedBy(Set.of(ONE)));
    assertThat(shelf.look(TWO, PlayRecord.withoutItems(State.PENDING_PURCHASE_CANCELED), T))
        .isEqualTo(Applied.NOTHING);
  }

  @Test
  void theFurthestOfSeveralOwnedItemsCounts() {
    Applied applied =
        shelf.apply(
            ONE, active("O1", day(30)).item("session-pro-12-months", "O2", day(365), true), T);

    assertThat(applied.alarms()).containsExactly(Alarm.SEVERAL_ITEMS_OWNED);
    assertThat(shelf.payments(ONE)).extracting(one -> one.key().cycle()).containsExactly("O2");
  }

  @Test
  void aBasePlanThatIsNotMappedFailsAndChangesNothing() {
    assertThat(shelf.look(ONE, active("O1", day(30)).plan("six-months").notAcknowledged(), T))
        .isEqualTo(new Fails(Obstacle.UNKNOWN_PLAN, new Money.Refunded(day(3))));
    assertThat(shelf.payments(ONE)).isEmpty();
  }

  @Test
  void aRenewalOfABasePlanThatIsNotMappedIsNotRefunded() {
    shelf.look(ONE, active("O1", day(30)), T);

    assertThat(shelf.look(ONE, active("O2", day(60)).plan("six-months"), day(30)))
        .isEqualTo(new Fails(Obstacle.UNKNOWN_PLAN, new Money.Kept()));
    assertThat(shelf.payments(ONE)).hasSize(1);
  }

  @Test
  void aKnownCycleGoesOnThoughItsPlanIsNoLongerMapped() {
    shelf.look(ONE, active("O1", day(30)), T);

    shelf.look(ONE, active("O1", day(37)).plan("six-months"), day(5));

    assertThat(terms("O1").expiry()).isEqualTo(day(37));
  }

  @Test
  void aPurchaseOfATesterIsParkedUnlessTheyCount() {
    assertThat(shelf.look(ONE, active("O1", day(30)).ofTester(), T))
        .isEqualTo(new Parked(Obstacle.TEST_PURCHASE, new Money.Past()));

    Catalogue strict = Shelf.CATALOGUE;
    Shelf open =
        new Shelf(new Catalogue(strict.subscription(), strict.basePlans(), strict.oneTime(), true));
    Applied applied = open.apply(ONE, active("O1", day(30)).ofTester(), T);

    assertThat(open.payments(ONE)).hasSize(1);
    assertThat(applied.state())
        .isNotNull()
        .extracting(Convergence.SubscriptionState::test)
        .isEqualTo(true);
  }
}
