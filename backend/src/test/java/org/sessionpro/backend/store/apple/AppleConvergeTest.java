package org.sessionpro.backend.store.apple;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sessionpro.backend.store.apple.NotificationMatrixTest.told;
import static org.sessionpro.backend.store.apple.Said.T;
import static org.sessionpro.backend.store.apple.Said.day;
import static org.sessionpro.backend.store.apple.Shelf.matters;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sessionpro.backend.entitlement.Binding;
import org.sessionpro.backend.entitlement.Payment;
import org.sessionpro.backend.entitlement.PaymentFact.Began;
import org.sessionpro.backend.entitlement.PaymentFact.Witnessed;
import org.sessionpro.backend.store.apple.Convergence.Alarm;
import org.sessionpro.backend.store.apple.Convergence.Applied;
import org.sessionpro.backend.store.apple.Convergence.Matter;
import org.sessionpro.backend.store.apple.Convergence.Parked;
import org.sessionpro.backend.store.apple.TransactionInfo.ProductId;
import org.sessionpro.backend.store.apple.TransactionInfo.Reason;
import org.sessionpro.protocol.Plan;

/// What follows from what Apple shows (`app-store.md` §2, §3, §5, §6, `decisions-stores.md` §2, §3.2).
class AppleConvergeTest {
  private static final Said FIRST = Said.cycle(1);
  private static final Said SECOND = Said.cycle(2);
  private static final Said THIRD = Said.cycle(3);

  private final Shelf shelf = new Shelf();

  private void buy() {
    shelf.told("SUBSCRIBED", FIRST, Said.renewal(true, T.plusSeconds(60)));
  }

  @Test
  void aPurchaseIsWrittenDownAsTheStoreStatesIt() {
    buy();

    Witnessed it = shelf.payment(FIRST).witnessed();
    assertThat(it.purchasedAt()).isEqualTo(T);
    assertThat(it.refundDeadline()).isEqualTo(day(30));
    assertThat(it.binding()).isEqualTo(Binding.apple(Said.token(Said.ALICE)));
    assertThat(it.transaction()).isEqualTo(FIRST.tx().names().transaction());
    assertThat(it.began()).isEqualTo(Began.PURCHASE);
    assertThat(it.product().plan()).isEqualTo(new Plan("1m"));
  }

  @Test
  void aRecoveredBillingIsARenewalWhateverTheTransactionSays() {
    buy();

    shelf.told("DID_RENEW", "BILLING_RECOVERY", SECOND.as(Reason.UNKNOWN), null);

    assertThat(shelf.payment(SECOND).witnessed().began()).isEqualTo(Began.RENEWAL);
  }

  @Test
  void aRenewalThatIsSignedBeforeItBeginsCounts() {
    buy();

    shelf.told("DID_RENEW", SECOND.at(day(29)), Said.renewal(false, day(29).plusSeconds(1)));

    assertThat(told(shelf)).isEqualTo("30 60");
  }

  @Test
  void aRestoredTransactionIsOneMoreNameOfItsCycle() {
    buy();

    shelf.told(
        "DID_CHANGE_RENEWAL_STATUS", FIRST.restored().at(day(1)), Said.renewal(true, day(1)));

    assertThat(shelf.payments()).hasSize(1);
    assertThat(shelf.names()).hasSize(2);
  }

  @Test
  void theNameIsToldOnce() {
    buy();
    shelf.told("SUBSCRIBED", null, FIRST.restored(), null);

    assertThat(shelf.told("SUBSCRIBED", null, FIRST.restored(), null).statements()).isEmpty();
  }

  @Test
  void aCycleWithoutLineItemTakesTheNameThatIsStatedLater() {
    shelf.told("SUBSCRIBED", null, FIRST.withoutLineItem(), null);

    shelf.told("SUBSCRIBED", null, FIRST.at(day(1)), null);

    assertThat(shelf.payments()).hasSize(1);
    assertThat(shelf.payments().getFirst().key()).isEqualTo(FIRST.tx().cycle());
  }

  @Test
  void aCycleThatLacksItsLineItemForOnceKeepsItsName() {
    buy();

    shelf.told("SUBSCRIBED", null, FIRST.withoutLineItem().at(day(1)), null);

    assertThat(shelf.payments()).hasSize(1);
    assertThat(shelf.payments().getFirst().key()).isEqualTo(FIRST.tx().cycle());
  }

  @Test
  void anExtensionMovesTheEnd() {
    buy();

    shelf.told("RENEWAL_EXTENDED", null, FIRST.until(day(44)).at(day(3)), null);
    shelf.told("DID_CHANGE_RENEWAL_PREF", null, FIRST.at(day(2)), null);

    assertThat(told(shelf)).isEqualTo("44+");
  }

  @Test
  void ofStatementsOfOneInstantThoseOfTheRecordsCount() {
    buy();
    Said told = FIRST.until(day(44)).at(day(3));
    shelf.told("RENEWAL_EXTENDED", null, told, null);

    shelf.read(null, FIRST.until(day(40)).at(day(3).plus(Snapshot.BEHIND)));
    assertThat(told(shelf)).isEqualTo("40+");
    shelf.told("RENEWAL_EXTENDED", null, told, null);

    assertThat(told(shelf)).isEqualTo("40+");
  }

  @Test
  void recordsThatLackAnExtensionOfThisMinuteDoNotTakeItBack() {
    buy();
    shelf.told("RENEWAL_EXTENDED", null, FIRST.until(day(44)).at(day(3)), null);

    Applied lagging = shelf.read(null, FIRST.at(day(3).plusSeconds(60)));

    assertThat(told(shelf)).isEqualTo("44+");
    assertThat(lagging.again()).isEqualTo(Shelf.NOW.plus(Snapshot.AGAIN));
  }

  @Test
  void anExtensionIsHeardThoughRecordsThatLackItWereReadBefore() {
    buy();
    shelf.read(null, FIRST.at(day(3).plusSeconds(60)));

    shelf.told("RENEWAL_EXTENDED", null, FIRST.until(day(44)).at(day(3)), null);

    assertThat(told(shelf)).isEqualTo("44+");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void recordsThatLackAChangeOfTheRenewalOfThisMinuteDoNotUndoIt(boolean on) {
    buy();
    shelf.told("DID_CHANGE_RENEWAL_STATUS", FIRST.at(day(2)), Said.renewal(!on, day(2)));
    shelf.told("DID_CHANGE_RENEWAL_STATUS", FIRST.at(day(3)), Said.renewal(on, day(3)));
    Instant later = day(3).plusSeconds(60);

    Applied lagging = shelf.read(Said.renewal(!on, later), FIRST.at(later));

    assertThat(shelf.payment(FIRST).isRenewing()).isEqualTo(on);
    assertThat(lagging.again()).isEqualTo(Shelf.NOW.plus(Snapshot.AGAIN));
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aChangeOfTheRenewalIsHeardThoughRecordsThatLackItWereReadBefore(boolean on) {
    buy();
    Instant later = day(3).plusSeconds(60);
    shelf.read(Said.renewal(!on, later), FIRST.at(later));

    shelf.told("DID_CHANGE_RENEWAL_STATUS", FIRST.at(day(3)), Said.renewal(on, day(3)));

    assertThat(shelf.payment(FIRST).isRenewing()).isEqualTo(on);
  }

  @Test
  void recordsThatLackARenewalOfThisMinuteSayNothingOfIt() {
    buy();
    Said late = Said.bought(2, day(40), day(70));
    Instant later = day(40).plusSeconds(60);
    shelf.read(Said.renewal(false, later), FIRST.at(later));

    shelf.told("SUBSCRIBED", "RESUBSCRIBE", late.at(day(40)), null);

    assertThat(told(shelf)).isEqualTo("30 70+");
  }

  @Test
  void recordsOfANewCycleThatWasCancelledAtOnceAreBelieved() {
    Instant later = FIRST.tx().purchasedAt().plusSeconds(60);

    Applied read = shelf.read(Said.renewal(false, later), FIRST.at(later));

    assertThat(told(shelf)).isEqualTo("30");
    assertThat(read.again()).isNull();
  }

  @Test
  void aCycleKeepsItsBeginningAndItsBuyer() {
    buy();

    shelf.told("MIGRATION", null, Said.bought(1, day(5), day(30)).shared().at(day(6)), null);

    assertThat(shelf.payments()).hasSize(1);
    assertThat(shelf.payment(FIRST).witnessed().purchasedAt()).isEqualTo(Said.T);
    assertThat(shelf.payment(FIRST).witnessed().claimable()).isTrue();
  }

  @Test
  void anUnchangedStatementStillMovesTheWatermark() {
    buy();
    shelf.told("PRICE_INCREASE", null, FIRST.at(day(9)), null);

    shelf.told("RENEWAL_EXTENDED", null, FIRST.until(day(44)).at(day(3)), null);

    assertThat(told(shelf)).isEqualTo("30+");
  }

  @Test
  void graceIsALengthOfTheCycleThatItServes() {
    buy();

    shelf.told("DID_FAIL_TO_RENEW", FIRST.at(day(30)), Said.grace(day(46), day(30)));
    shelf.told("DID_RENEW", SECOND.at(day(35)), Said.renewal(true, day(35)));

    assertThat(shelf.payment(FIRST).terms().grace()).isEqualTo(Duration.ofDays(16));
    assertThat(shelf.payment(SECOND).terms().grace()).isNull();
  }

  @Test
  void graceIsNotClearedByAStatementWithoutOne() {
    buy();
    shelf.told("DID_FAIL_TO_RENEW", FIRST.at(day(30)), Said.grace(day(46), day(30)));

    shelf.told("DID_CHANGE_RENEWAL_STATUS", FIRST.at(day(31)), Said.renewal(false, day(31)));

    assertThat(told(shelf)).isEqualTo("30g16");
  }

  @Test
  void aLateStatementSetsTheGraceOfAnEarlierCycleButNotItsFlag() {
    buy();
    shelf.told("DID_RENEW", SECOND, Said.renewal(true, day(31)));

    shelf.told(
        "DID_FAIL_TO_RENEW", FIRST.at(day(30).minusSeconds(60)), Said.grace(day(46), day(29)));

    assertThat(told(shelf)).isEqualTo("30g16 60+");
  }

  @Test
  void aLateCycleTakesNeitherFlagNorTerm() {
    shelf.told("DID_RENEW", SECOND, Said.renewal(false, day(31)));

    buy();

    assertThat(shelf.payment(FIRST).isRenewing()).isFalse();
    assertThat(shelf.payment(SECOND).isRenewing()).isFalse();
  }

  @Test
  void whatWasStatedBeforeACycleWasKnownIsStatedOfIt() {
    buy();
    shelf.told("CONSUMPTION_REQUEST", FIRST.at(day(40)), Said.renewal(false, day(40)));

    shelf.told("DID_RENEW", null, SECOND, null);

    assertThat(told(shelf)).isEqualTo("30 60");
  }

  @Test
  void aProductThatIsNotMappedEntitlesByItsDates() {
    ProductId week = new ProductId("pro.week");

    Applied applied =
        shelf.told(
            "SUBSCRIBED",
            null,
            FIRST.sold(week, TransactionInfo.Type.AUTO_RENEWABLE, day(7), 1),
            null);

    Payment payment = shelf.payment(FIRST);
    assertThat(payment.witnessed().product().plan()).isEqualTo(new Plan("7d"));
    assertThat(payment.witnessed().product().unmapped()).isTrue();
    assertThat(payment.terms().expiry()).isEqualTo(day(7));
    assertThat(applied.alarms()).contains(new Alarm(Matter.UNMAPPED_PRODUCT, week));
  }

  @Test
  void aProductThatIsMappedSinceIsToldOfNoMore() {
    ProductId week = new ProductId("pro.week");
    Said sold = FIRST.sold(week, TransactionInfo.Type.AUTO_RENEWABLE, day(7), 1);
    shelf.told("SUBSCRIBED", null, sold, null);

    Shelf restarted = shelf.restarted(new Products(Map.of(week, new Plan("7d")), Map.of()));

    assertThat(restarted.told("EXPIRED", null, sold.at(day(8)), null).alarms()).isEmpty();
    assertThat(shelf.told("EXPIRED", null, sold.at(day(8)), null).alarms())
        .containsExactly(new Alarm(Matter.UNMAPPED_PRODUCT, week));
  }

  @ParameterizedTest
  @EnumSource(
      value = TransactionInfo.Type.class,
      names = {"NON_RENEWING", "OTHER"})
  void aThingBoughtOnceGrantsItsLengthAsOftenAsItWasBought(TransactionInfo.Type type) {
    shelf.told("ONE_TIME_CHARGE", null, FIRST.sold(Said.CREDIT, type, null, 3), null);

    Payment.Credit credit = Objects.requireNonNull(shelf.payment(FIRST).credit());
    assertThat(credit.granted()).isEqualTo(Duration.ofDays(90));
    assertThat(shelf.payment(FIRST).witnessed().refundDeadline()).isEqualTo(day(90));
  }

  @ParameterizedTest
  @EnumSource(
      value = TransactionInfo.Type.class,
      names = {"NON_RENEWING", "OTHER"})
  void aThingBoughtOnceThatIsNotMappedIsParked(TransactionInfo.Type type) {
    ProductId unknown = new ProductId("pro.unknown");

    assertThat(
            shelf.look(
                Shelf.notice(
                    "ONE_TIME_CHARGE", null, FIRST.sold(unknown, type, null, 1), null, null)))
        .isEqualTo(new Parked(unknown));
    assertThat(shelf.payments()).isEmpty();
  }

  @Test
  void aRefundOfAThingBoughtOnceIsReversedAsAnyOther() {
    Said once = FIRST.once(Said.CREDIT.value());
    shelf.told("ONE_TIME_CHARGE", null, once, null);

    shelf.told("REFUND", null, once.refunded(day(5)).at(day(5)), null);
    assertThat(shelf.payment(FIRST).isStanding()).isFalse();
    shelf.told("REFUND_REVERSED", null, once.at(day(6)), null);

    assertThat(shelf.payment(FIRST).isStanding()).isTrue();
  }

  @Test
  void whatIsSharedWithAFamilyIsNobodysAndToldOfTwice() {
    Applied gained = shelf.told("SUBSCRIBED", null, FIRST.shared(), null);
    Applied lost = shelf.told("REVOKE", null, FIRST.shared().refunded(day(3)).at(day(3)), null);

    assertThat(matters(gained)).contains(Matter.FAMILY_SHARED);
    assertThat(matters(lost)).contains(Matter.FAMILY_SHARED);
    assertThat(shelf.payment(FIRST).witnessed().claimable()).isFalse();
    assertThat(told(shelf)).isEqualTo("30-FAMILY@3");
  }

  @Test
  void aPurchaseWithoutTokenIsNobodys() {
    shelf.told("SUBSCRIBED", null, FIRST.by(null), null);

    assertThat(shelf.payment(FIRST).witnessed().binding()).isNull();
  }

  @Test
  void aRenewalWithoutTokenGoesWithThePurchaseBefore() {
    buy();

    assertThat(shelf.told("DID_RENEW", null, SECOND.by(null), null).alarms()).isEmpty();
  }

  @Test
  void aTokenThatIsLearnedLaterStays() {
    shelf.told("SUBSCRIBED", null, FIRST.by(null), null);

    shelf.told("DID_CHANGE_RENEWAL_PREF", null, FIRST.at(day(1)), null);
    shelf.told("DID_CHANGE_RENEWAL_PREF", null, FIRST.by(Said.token(Said.BOB)).at(day(2)), null);

    assertThat(shelf.payment(FIRST).witnessed().binding())
        .isEqualTo(Binding.apple(Said.token(Said.ALICE)));
  }

  @Test
  void aTokenOfAnotherKeyIsToldOf() {
    buy();
    shelf.claim(FIRST);

    Applied applied =
        shelf.told(
            "DID_CHANGE_RENEWAL_PREF",
            "UPGRADE",
            Said.bought(2, day(10), day(40)).by(Said.token(Said.BOB)),
            null);

    assertThat(matters(applied)).containsExactly(Matter.FOREIGN_TOKEN);
  }

  @Test
  void aDeclinedRefundIsAskedForNoMore() {
    buy();

    shelf.told("REFUND_DECLINED", FIRST.at(day(2)), Said.renewal(true, day(2)));

    assertThat(shelf.payment(FIRST).requests().refund().requestedAt()).isNull();
    assertThat(shelf.payment(FIRST).requests().refund().statedAt()).isEqualTo(day(2));
  }

  @Test
  void whatTheCompleteHistoryLacksStaysAndIsToldOf() {
    buy();

    Applied applied = shelf.read(Said.renewal(true, day(40)), SECOND.at(day(40)));

    assertThat(matters(applied)).containsExactly(Matter.ABSENT_FROM_HISTORY);
    assertThat(told(shelf)).isEqualTo("30 60+");
  }

  @Test
  void theStateSaysWhatWasStatedLast() {
    buy();

    shelf.look(Shelf.notice("DID_FAIL_TO_RENEW", null, FIRST.at(day(30)), Said.retry(day(30)), 3));
    shelf.look(Shelf.notice("SUBSCRIBED", null, FIRST.at(day(1)), Said.renewal(true, day(1)), 1));

    assertThat(shelf.state().status()).isEqualTo("BILLING_RETRY");
    assertThat(shelf.state().statedAt()).isEqualTo(day(30));
    assertThat(shelf.state().nextProduct()).isEqualTo(Said.MONTH.value());
  }

  @Test
  void aNumberThatNobodyHasHeardOfIsKept() {
    shelf.look(Shelf.notice("SUBSCRIBED", null, FIRST, null, 9));

    assertThat(shelf.state().status()).isEqualTo("9");
  }

  @Test
  void allRecordsAtOnceEndAsTheMessagesWould() {
    buy();
    shelf.told("DID_RENEW", SECOND, Said.renewal(true, day(31)));
    shelf.told("DID_RENEW", THIRD, Said.renewal(false, day(61)));
    Shelf read = new Shelf();
    read.read(
        Said.renewal(false, day(61)), THIRD.at(day(61)), SECOND.at(day(61)), FIRST.at(day(61)));

    assertThat(List.of(told(read).split(" ")))
        .containsExactlyInAnyOrderElementsOf(List.of(told(shelf).split(" ")));
  }
}
