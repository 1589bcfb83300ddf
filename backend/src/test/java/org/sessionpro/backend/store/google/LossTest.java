package org.sessionpro.backend.store.google;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sessionpro.backend.store.google.Shelf.ONE;
import static org.sessionpro.backend.store.google.Shelf.T;
import static org.sessionpro.backend.store.google.Shelf.TWO;
import static org.sessionpro.backend.store.google.Shelf.day;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.sessionpro.backend.entitlement.Losses.Revocation;
import org.sessionpro.backend.entitlement.Payment;
import org.sessionpro.backend.entitlement.PaymentFact.Acknowledgement;
import org.sessionpro.backend.entitlement.PaymentFact.RevokedFor;
import org.sessionpro.backend.entitlement.SubscriptionFact.HeardFrom;
import org.sessionpro.backend.entitlement.SubscriptionFact.Loss;
import org.sessionpro.backend.entitlement.SubscriptionFact.LossHeard;
import org.sessionpro.backend.store.google.Convergence.Alarm;
import org.sessionpro.backend.store.google.Convergence.Applied;
import org.sessionpro.backend.store.google.Convergence.HeldLoss;
import org.sessionpro.backend.store.google.SubscriptionResource.State;
import org.sessionpro.protocol.OrderId;

/// What is taken back, and what looks as if it were (`google-play.md` §6, `decisions-stores.md` §2.1).
class LossTest {
  private final Shelf shelf = new Shelf();

  private static PlayRecord active(String order, Instant expiry) {
    return PlayRecord.of(State.ACTIVE, order, expiry);
  }

  private static PlayRecord over(String order, Instant expiry) {
    return PlayRecord.of(State.EXPIRED, order, expiry);
  }

  private static Revocation revocation(Instant at, RevokedFor reason) {
    return new Revocation(at, reason, false);
  }

  /// What comes of a doubtful record of the tenth day that is looked at again after a while.
  private static HeldLoss heldFor(Duration time) {
    return new HeldLoss(day(10).plusSeconds(1).plus(time));
  }

  private @Nullable Revocation lost(String order) {
    return shelf.payment(ONE, order).revocation();
  }

  private void renewedTwice() {
    shelf.look(ONE, active("O1", day(30)), T);
    shelf.hinted(day(30)).look(ONE, active("O2", day(60)), day(30));
    shelf.hinted(day(60)).look(ONE, active("O3", day(90)), day(60));
  }

  @Test
  void aRevokedCycleKeepsTheTermItWasSoldWith() {
    shelf.look(ONE, active("O1", day(30)), T);
    shelf.hear(ONE, LossHeard.revoked(day(10)));

    shelf.look(ONE, over("O1", day(10)), day(10).plusSeconds(9));

    Payment payment = shelf.payment(ONE, "O1");
    assertThat(payment.revocation()).isEqualTo(revocation(day(10), RevokedFor.REVOKED));
    assertThat(payment.terms().expiry()).isEqualTo(day(30));
    assertThat(payment.isRenewing()).isFalse();
    assertThat(payment.termEnd()).isEqualTo(day(10));
  }

  @Test
  void aRevocationIsCarriedOutOnce() {
    shelf.look(ONE, active("O1", day(30)), T);
    shelf.hear(ONE, LossHeard.revoked(day(10)));
    shelf.look(ONE, over("O1", day(10)), day(10));

    assertThat(shelf.apply(ONE, over("O1", day(10)), day(11)).statements()).isEmpty();
  }

  @Test
  void consumedCyclesAreNotRevoked() {
    renewedTwice();
    shelf.hear(ONE, LossHeard.revoked(day(70)));

    shelf.look(ONE, over("O3", day(70)), day(70));

    assertThat(lost("O1")).isNull();
    assertThat(lost("O2")).isNull();
    assertThat(lost("O3")).isEqualTo(revocation(day(70), RevokedFor.REVOKED));
  }

  @Test
  void aConsumedCycleIsNotRevokedBecauseTheOneAfterItWasUnknown() {
    shelf.look(ONE, active("O1", day(30)), T);
    shelf.hear(ONE, LossHeard.revoked(day(35)));

    shelf.look(ONE, over("O2", day(35)), day(35));

    assertThat(lost("O1")).isNull();
    assertThat(lost("O2")).isEqualTo(revocation(day(35), RevokedFor.REVOKED));
  }

  @Test
  void everyCycleThatReachesBeyondARevocationIsRevoked() {
    renewedTwice();
    shelf.hear(ONE, LossHeard.revoked(day(45)));

    shelf.look(ONE, over("O3", day(45)), day(61));

    assertThat(lost("O1")).isNull();
    assertThat(lost("O2")).isEqualTo(revocation(day(45), RevokedFor.REVOKED));
    assertThat(lost("O3")).isEqualTo(revocation(day(45), RevokedFor.REVOKED));
  }

  @Test
  void aRevocationHeardBeforeThePurchaseMeetsItWhenItIsKnown() {
    shelf.hear(ONE, LossHeard.revoked(day(1)));

    shelf.look(ONE, over("O1", day(1)), day(2));

    assertThat(lost("O1")).isEqualTo(revocation(day(1), RevokedFor.REVOKED));
    assertThat(shelf.payment(ONE, "O1").isUnclaimed()).isFalse();
    assertThat(shelf.payment(ONE, "O1").requests().acknowledgement())
        .isEqualTo(Acknowledgement.NOT_NEEDED);
  }

  @Test
  void aRevocationThatTheRecordContradictsIsLookedAtAgainAndThenCarriedOut() {
    shelf.look(ONE, active("O1", day(30)), T);
    shelf.hear(ONE, LossHeard.revoked(day(10)));

    for (int[] minutes : new int[][] {{0, 1}, {1, 5}, {5, 30}, {30, 60}}) {
      assertThat(
              shelf.look(ONE, active("O1", day(30)), day(10).plus(Duration.ofMinutes(minutes[0]))))
          .isEqualTo(heldFor(Duration.ofMinutes(minutes[1])));
    }
    assertThat(lost("O1")).isNull();

    Applied applied = shelf.apply(ONE, active("O1", day(30)), day(10).plus(Duration.ofHours(1)));

    assertThat(applied.alarms()).containsExactly(Alarm.REVOKED_AGAINST_THE_RECORD);
    assertThat(lost("O1")).isEqualTo(revocation(day(10), RevokedFor.REVOKED));
  }

  @Test
  void theHourBeginsWithTheFirstContradictionHoweverLongALookWasOwed() {
    shelf.look(ONE, active("O1", day(30)), T);
    shelf.hear(ONE, LossHeard.revoked(day(10)));

    assertThat(shelf.owedSince(T).look(ONE, active("O1", day(30)), day(10)))
        .isEqualTo(heldFor(Duration.ofMinutes(1)));
  }

  @Test
  void anHourThatWasWaitedForOnceIsWaitedForAgain() {
    renewedTwice();
    shelf.look(ONE, over("O2", day(60)), day(61));
    shelf.look(ONE, over("O2", day(60)), day(61).plus(Duration.ofHours(1)));

    assertThat(shelf.look(ONE, over("O2", day(60)), day(62))).isInstanceOf(HeldLoss.class);
  }

  @Test
  void aFullVoidOfTheNewestOrderOfWhatIsOverIsARevocation() {
    renewedTwice();
    shelf.hear(ONE, Loss.VOIDED_FULL, "O3", day(70));

    shelf.look(ONE, over("O3", day(70)), day(70));

    assertThat(lost("O3")).isEqualTo(revocation(day(70), RevokedFor.VOIDED));
    assertThat(lost("O2")).isNull();
  }

  @Test
  void aVoidOfAnOlderOrderIsForTheRecord() {
    renewedTwice();
    shelf.hear(ONE, Loss.VOIDED_FULL, "O1", day(70));

    shelf.look(ONE, over("O3", day(90)), day(90));

    assertThat(lost("O1")).isNull();
    assertThat(lost("O3")).isNull();
    assertThat(shelf.payment(ONE, "O1").losses().voidedAt()).isEqualTo(day(70));
  }

  @Test
  void thePartialVoidOfASubscriptionChangesNothing() {
    shelf.look(ONE, active("O1", day(30)), T);
    shelf.hear(ONE, Loss.VOIDED_PARTIAL, "O1", day(10));

    assertThat(shelf.apply(ONE, over("O1", day(30)), day(30)).statements())
        .allSatisfy(statement -> assertThat(statement.facts()).hasSize(1));
    assertThat(lost("O1")).isNull();
  }

  @Test
  void ofARevocationAndAVoidTheEarlierCountsInAnyOrder() {
    Shelf other = new Shelf();
    shelf.look(ONE, active("O1", day(30)), T);
    other.look(ONE, active("O1", day(30)), T);

    shelf.hear(ONE, LossHeard.revoked(day(10)));
    shelf.look(ONE, over("O1", day(10)), day(11));
    shelf.hear(ONE, Loss.VOIDED_FULL, "O1", day(9));
    shelf.look(ONE, over("O1", day(10)), day(12));
    other.hear(ONE, Loss.VOIDED_FULL, "O1", day(9));
    other.look(ONE, over("O1", day(10)), day(11));
    other.hear(ONE, LossHeard.revoked(day(10)));
    other.look(ONE, over("O1", day(10)), day(12));

    assertThat(lost("O1")).isEqualTo(revocation(day(9), RevokedFor.VOIDED));
    assertThat(other.payment(ONE, "O1").revocation()).isEqualTo(lost("O1"));
  }

  @Test
  void aBackDatedEndWithoutAWordIsTakenAsItIs() {
    shelf.look(ONE, active("O1", day(30)), T);

    shelf.look(ONE, over("O1", day(10)), day(10));

    assertThat(lost("O1")).isNull();
    assertThat(shelf.payment(ONE, "O1").terms().expiry()).isEqualTo(day(10));
  }

  @Test
  void whatGoogleForgotKeepsItsTermsAndConfirmsItsLosses() {
    shelf.look(ONE, active("O1", day(30)).notAcknowledged(), T);
    shelf.hear(ONE, LossHeard.revoked(day(10)));

    Applied applied = shelf.gone(ONE, day(95));

    Payment payment = shelf.payment(ONE, "O1");
    assertThat(payment.terms().expiry()).isEqualTo(day(30));
    assertThat(payment.revocation()).isEqualTo(revocation(day(10), RevokedFor.REVOKED));
    assertThat(payment.requests().acknowledgement()).isEqualTo(Acknowledgement.DONE);
    assertThat(applied.state()).isNull();
    assertThat(shelf.gone(ONE, day(96)).statements()).isEmpty();
  }

  @Test
  void nothingIsLostByBeingForgotten() {
    shelf.look(ONE, active("O1", day(30)), T);

    assertThat(shelf.gone(ONE, day(95)).statements()).isEmpty();
    assertThat(shelf.gone(TWO, day(95)).statements()).isEmpty();
  }

  @Test
  void whatSomethingUnknownTookThePlaceOfIsCutAfterAnHour() {
    shelf.look(ONE, active("O1", day(30)), T);
    PlayRecord replaced = over("O1", day(10)).replaced();

    assertThat(shelf.look(ONE, replaced, day(10))).isEqualTo(heldFor(Duration.ofMinutes(1)));
    assertThat(shelf.payment(ONE, "O1").terms().expiry()).isEqualTo(day(30));

    shelf.look(ONE, replaced, day(10).plus(Duration.ofHours(1)));
    assertThat(shelf.payment(ONE, "O1").terms().expiry()).isEqualTo(day(10));
  }

  @Test
  void aRecordThatNamesAFormerCycleIsLookedAtAgainAndLeftAside() {
    renewedTwice();

    assertThat(shelf.look(ONE, over("O2", day(60)), day(61))).isInstanceOf(HeldLoss.class);

    Applied applied = shelf.apply(ONE, over("O2", day(60)), day(61).plus(Duration.ofHours(1)));
    assertThat(applied.statements()).isEmpty();
    assertThat(applied.state()).isNull();
    assertThat(applied.alarms()).containsExactly(Alarm.FORMER_CYCLE_STATED);
    assertThat(shelf.payment(ONE, "O3").isRenewing()).isTrue();
  }

  /// Looks at a record twice, an hour apart.
  private Applied lookForAnHour(PlayRecord record, Instant from) {
    assertThat(shelf.look(ONE, record, from)).isInstanceOf(HeldLoss.class);
    return shelf.apply(ONE, record, from.plus(Duration.ofHours(1)));
  }

  @Test
  void aRevocationIsCarriedOutThoughTheRecordNamesAFormerCycle() {
    renewedTwice();
    shelf.hear(ONE, LossHeard.revoked(day(70)));

    Applied applied = lookForAnHour(over("O2", day(60)), day(70));

    assertThat(applied.alarms()).containsExactly(Alarm.FORMER_CYCLE_STATED);
    assertThat(lost("O3")).isEqualTo(revocation(day(70), RevokedFor.REVOKED));
    assertThat(shelf.payment(ONE, "O3").terms().expiry()).isEqualTo(day(90));
    assertThat(lost("O2")).isNull();
  }

  @Test
  void soItIsThoughTheFormerCycleGoesOn() {
    renewedTwice();
    shelf.hear(ONE, LossHeard.revoked(day(70)));

    Applied applied = lookForAnHour(active("O2", day(60)), day(70));

    assertThat(applied.alarms())
        .containsExactlyInAnyOrder(Alarm.FORMER_CYCLE_STATED, Alarm.REVOKED_AGAINST_THE_RECORD);
    assertThat(lost("O3")).isEqualTo(revocation(day(70), RevokedFor.REVOKED));
  }

  @Test
  void soIsAVoidOfTheNewestOrderOnceAllIsOver() {
    renewedTwice();
    shelf.hear(ONE, Loss.VOIDED_FULL, "O3", day(70));

    lookForAnHour(over("O2", day(60)), day(70));

    assertThat(lost("O3")).isEqualTo(revocation(day(70), RevokedFor.VOIDED));
  }

  @Test
  void aVoidWaitsForARecordThatSaysWhatCameOfIt() {
    renewedTwice();
    shelf.hear(ONE, Loss.VOIDED_FULL, "O3", day(70));

    lookForAnHour(active("O2", day(60)), day(70));
    assertThat(shelf.payment(ONE, "O3").losses().voidedAt()).isNull();
    shelf.look(ONE, over("O3", day(70)), day(71));

    assertThat(lost("O3")).isEqualTo(revocation(day(70), RevokedFor.VOIDED));
  }

  @Test
  void aVoidOfMoneyThatIsShownElsewhereReachesBoth() {
    shelf.look(ONE, active("O1", day(30)), T);
    shelf.look(TWO, active("O1", day(30)).instead(ONE).started(day(10)), day(10));

    shelf.hear(TWO, Loss.VOIDED_FULL, "O1", day(15));
    shelf.look(TWO, over("O1", day(15)).instead(ONE), day(15));

    assertThat(shelf.payment(TWO, "O1").revocation())
        .isEqualTo(revocation(day(15), RevokedFor.VOIDED));
    assertThat(lost("O1")).isEqualTo(revocation(day(15), RevokedFor.VOIDED));
  }

  @Test
  void soDoesAVoidOfWhatGoogleForgot() {
    shelf.look(ONE, active("O1", day(30)), T);
    shelf.look(TWO, active("O1", day(30)).instead(ONE).started(day(10)), day(10));

    shelf.hear(TWO, Loss.VOIDED_FULL, "O1", day(15));
    shelf.gone(TWO, day(95));

    assertThat(shelf.payment(TWO, "O1").isStanding()).isFalse();
    assertThat(lost("O1")).isEqualTo(revocation(day(15), RevokedFor.VOIDED));
  }

  @Test
  void aVoidHeardUnderThePurchaseBeforeAsksForTheOneThatShowsTheMoney() {
    shelf.look(ONE, active("O1", day(30)), T);
    shelf.look(TWO, active("O1", day(30)).instead(ONE).started(day(10)), day(10));

    shelf.hear(ONE, Loss.VOIDED_FULL, "O1", day(15));
    Applied applied = shelf.apply(ONE, over("O1", day(10)).replaced(), day(15));
    shelf.look(TWO, over("O1", day(15)).instead(ONE), day(15));

    assertThat(applied.followUps()).containsExactly(TWO);
    assertThat(shelf.payment(TWO, "O1").revocation())
        .isEqualTo(revocation(day(15), RevokedFor.VOIDED));
  }

  @Test
  void aRefundForWantOfAnAcknowledgementIsAnAlarm() {
    shelf.look(ONE, active("O1", day(30)).notAcknowledged(), T);
    shelf.hear(
        ONE,
        new LossHeard(Loss.VOIDED_FULL, new OrderId("O1"), null, 8, day(3), HeardFrom.VOID_LIST));

    assertThat(shelf.apply(ONE, over("O1", day(3)), day(3)).alarms())
        .containsExactly(Alarm.NOT_ACKNOWLEDGED_IN_TIME);
    assertThat(shelf.apply(ONE, over("O1", day(3)), day(4)).alarms()).isEmpty();
  }
}
