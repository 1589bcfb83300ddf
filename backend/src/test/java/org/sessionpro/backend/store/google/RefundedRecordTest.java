package org.sessionpro.backend.store.google;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sessionpro.backend.store.google.Shelf.ONE;
import static org.sessionpro.backend.store.google.Shelf.T;
import static org.sessionpro.backend.store.google.Shelf.day;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.sessionpro.backend.entitlement.Losses.Revocation;
import org.sessionpro.backend.entitlement.PaymentFact.RevokedFor;
import org.sessionpro.backend.entitlement.SubscriptionFact.Loss;
import org.sessionpro.backend.store.google.Convergence.Alarm;
import org.sessionpro.backend.store.google.Convergence.Applied;
import org.sessionpro.backend.store.google.Convergence.HeldLoss;
import org.sessionpro.backend.store.google.SubscriptionResource.State;

/// Full refunds of cycles that go on by Google's record: it may be behind, and it may be that nothing but
/// money went back (`google-play.md` §6.2).
class RefundedRecordTest {
  private static final Duration HOUR = Duration.ofHours(1);

  private final Shelf shelf = new Shelf();

  private static PlayRecord active(String order, Instant expiry) {
    return PlayRecord.of(State.ACTIVE, order, expiry);
  }

  private static PlayRecord over(String order, Instant expiry) {
    return PlayRecord.of(State.EXPIRED, order, expiry);
  }

  private @Nullable Revocation lost(String order) {
    return shelf.payment(ONE, order).revocation();
  }

  private @Nullable Instant expiry(String order) {
    return shelf.payment(ONE, order).terms().expiry();
  }

  /// The first cycle is refunded on the tenth day, and the record goes on.
  private Applied refund() {
    shelf.look(ONE, active("O1", day(30)), T);
    shelf.hear(ONE, Loss.VOIDED_FULL, "O1", day(10));
    return shelf.apply(ONE, active("O1", day(30)), day(10));
  }

  /// The first cycle is refunded two days after its end, and its grace of 16 days goes on.
  private void refundInTheGrace() {
    shelf.look(ONE, active("O1", day(30)), T);
    PlayRecord grace = PlayRecord.of(State.IN_GRACE_PERIOD, "O1", day(46));
    shelf.look(ONE, grace, day(30));
    shelf.hear(ONE, Loss.VOIDED_FULL, "O1", day(32));
    shelf.look(ONE, grace, day(32));
  }

  private void lookForAnHour() {
    refund();
    shelf.look(ONE, active("O1", day(30)), day(10).plus(HOUR));
  }

  private void assertTakenOnTheTenthDay() {
    assertThat(lost("O1")).isEqualTo(new Revocation(day(10), RevokedFor.VOIDED, false));
    assertThat(expiry("O1")).isEqualTo(day(30));
  }

  @Test
  void aRefundThatLeavesTheSubscriptionIsForTheRecord() {
    refund();

    assertThat(lost("O1")).isNull();
    assertThat(shelf.payment(ONE, "O1").losses().voidedAt()).isEqualTo(day(10));
    assertThat(shelf.payment(ONE, "O1").isRenewing()).isTrue();
  }

  @Test
  void itIsLookedAtForAnHourAndThenTold() {
    Applied applied = refund();
    assertThat(applied.alarms()).isEmpty();
    for (int[] minutes : new int[][] {{1, 5}, {5, 30}, {30, 60}}) {
      applied =
          shelf.apply(ONE, active("O1", day(30)), day(10).plus(Duration.ofMinutes(minutes[0])));
      assertThat(applied.nextLook()).isEqualTo(day(10).plus(Duration.ofMinutes(minutes[1])));
      assertThat(applied.alarms()).isEmpty();
    }

    applied = shelf.apply(ONE, active("O1", day(30)), day(10).plus(HOUR));

    assertThat(applied.nextLook()).isNull();
    assertThat(applied.alarms()).containsExactly(Alarm.REFUNDED_WITHOUT_LOSS);
    applied = shelf.apply(ONE, active("O1", day(30)), day(11));
    assertThat(applied.nextLook()).isNull();
    assertThat(applied.alarms()).isEmpty();
  }

  @Test
  void whatTheRecordSaysMeanwhileIsTaken() {
    refund();

    Applied applied =
        shelf.apply(ONE, PlayRecord.of(State.CANCELED, "O1", day(31)), day(10).plusSeconds(90));

    assertThat(applied.nextLook()).isNotNull();
    assertThat(expiry("O1")).isEqualTo(day(31));
    assertThat(shelf.payment(ONE, "O1").isRenewing()).isFalse();
  }

  @Test
  void aRecordThatWasBehindTakesTheCycleAwayWhenItSaysSo() {
    refund();

    shelf.look(ONE, over("O1", day(10)), day(10).plusSeconds(90));

    assertTakenOnTheTenthDay();
    assertThat(shelf.apply(ONE, over("O1", day(10)), day(11)).statements()).isEmpty();
  }

  @Test
  void soItDoesHoweverLongItWasBehind() {
    lookForAnHour();

    shelf.look(ONE, over("O1", day(10).minusSeconds(2)), day(12));

    assertTakenOnTheTenthDay();
  }

  @Test
  void aPurchaseThatIsReadFirstAfterItsRefundIsKeptAndLookedAtAgain() {
    shelf.hear(ONE, Loss.VOIDED_FULL, "O1", day(1));

    Applied applied = shelf.apply(ONE, active("O1", day(30)), day(1));

    assertThat(shelf.payment(ONE, "O1").isStanding()).isTrue();
    assertThat(applied.nextLook()).isNotNull();
    shelf.look(ONE, over("O1", day(1)), day(1).plusSeconds(90));
    assertThat(lost("O1")).isEqualTo(new Revocation(day(1), RevokedFor.VOIDED, false));
  }

  @Test
  void whatWasRefundedWithoutLossDoesNotBecomeOneWhenTheSubscriptionLapses() {
    lookForAnHour();

    shelf.look(ONE, over("O1", day(30)), day(30));

    assertThat(lost("O1")).isNull();
  }

  @Test
  void notEvenIfItLapsesWithinTheHour() {
    shelf.look(ONE, active("O1", day(30)), T);
    Instant refunded = day(30).minus(Duration.ofMinutes(20));
    shelf.hear(ONE, Loss.VOIDED_FULL, "O1", refunded);
    shelf.look(ONE, active("O1", day(30)), refunded);

    Applied applied = shelf.apply(ONE, over("O1", day(30)), day(30));

    assertThat(lost("O1")).isNull();
    assertThat(applied.nextLook()).isNull();
  }

  @Test
  void whatEndsEarlyForAnotherReasonIsNotLostByItsRefund() {
    lookForAnHour();

    shelf.look(ONE, over("O1", day(20)), day(20));

    assertThat(lost("O1")).isNull();
    assertThat(expiry("O1")).isEqualTo(day(20));
  }

  @Test
  void neitherIsWhatIsReplacedSoonAfter() {
    refund();
    Instant replaced = day(10).plusSeconds(90);
    PlayRecord end = over("O1", replaced).replaced();
    shelf.look(ONE, end, replaced);

    shelf.look(ONE, end, replaced.plus(HOUR));

    assertThat(lost("O1")).isNull();
    assertThat(expiry("O1")).isEqualTo(replaced);
  }

  @Test
  void aRenewalEndsTheDoubt() {
    refund();

    Applied applied = shelf.apply(ONE, active("O2", day(60)), day(10).plusSeconds(90));

    assertThat(applied.nextLook()).isNull();
  }

  @Test
  void aRefundOfLongAgoIsToldAtOnce() {
    shelf.look(ONE, active("O1", day(30)), T);
    shelf.hear(ONE, Loss.VOIDED_FULL, "O1", day(10));

    Applied applied = shelf.apply(ONE, active("O1", day(30)), day(11));

    assertThat(applied.nextLook()).isNull();
    assertThat(applied.alarms()).containsExactly(Alarm.REFUNDED_WITHOUT_LOSS);
  }

  @Test
  void anEndThatSomethingUnknownBroughtIsWaitedForItsOwnHour() {
    refund();
    PlayRecord end = over("O1", day(10).plus(HOUR)).replaced();

    Convergence convergence = shelf.look(ONE, end, day(10).plus(HOUR));

    assertThat(convergence).isInstanceOf(HeldLoss.class);
    assertThat(expiry("O1")).isEqualTo(day(30));
  }

  @Test
  void aRecordThatWasBehindInTheGraceTakesTheCycleAwayToo() {
    refundInTheGrace();

    shelf.look(ONE, over("O1", day(32)), day(32).plusSeconds(90));

    assertThat(lost("O1")).isEqualTo(new Revocation(day(32), RevokedFor.VOIDED, false));
  }

  @Test
  void aGraceThatPassesAfterARefundIsALapse() {
    refundInTheGrace();

    shelf.look(ONE, over("O1", day(46)), day(46));

    assertThat(lost("O1")).isNull();
  }

  @Test
  void soDoesARecordThatIsOverEarlyAndNamesNothing() {
    refund();

    shelf.look(ONE, PlayRecord.withoutItems(State.EXPIRED), day(11));

    assertTakenOnTheTenthDay();
  }

  /// All that was paid for was used before.
  @Test
  void notIfOnlyTheGraceIsCut() {
    lookForAnHour();
    shelf.look(ONE, PlayRecord.of(State.IN_GRACE_PERIOD, "O1", day(46)), day(30));

    shelf.look(ONE, PlayRecord.withoutItems(State.EXPIRED), day(33));

    assertThat(lost("O1")).isNull();
  }

  @Test
  void butIfTheRefundCameInTheGrace() {
    refundInTheGrace();

    shelf.look(ONE, PlayRecord.withoutItems(State.EXPIRED), day(33));

    assertThat(lost("O1")).isEqualTo(new Revocation(day(32), RevokedFor.VOIDED, false));
  }

  @Test
  void orWhatIsGoneBeforeItsTime() {
    refund();

    shelf.gone(ONE, day(20));

    assertTakenOnTheTenthDay();
  }

  @Test
  void whatIsOverInItsTimeWasNotLostByItsRefundHoweverLittleTheRecordSays() {
    lookForAnHour();
    shelf.look(ONE, PlayRecord.withoutItems(State.EXPIRED), day(30));

    shelf.gone(ONE, day(91));

    assertThat(lost("O1")).isNull();
  }

  @Test
  void norWasWhatIsReplacedAndNamesNothing() {
    refund();

    shelf.look(ONE, PlayRecord.withoutItems(State.EXPIRED).replaced(), day(11));

    assertThat(lost("O1")).isNull();
  }
}
