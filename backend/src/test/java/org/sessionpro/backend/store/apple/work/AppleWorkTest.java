package org.sessionpro.backend.store.apple.work;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sessionpro.backend.store.apple.Said.day;

import ch.qos.logback.classic.Level;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.sessionpro.backend.entitlement.Entitlement;
import org.sessionpro.backend.entitlement.RenewalAllowance;
import org.sessionpro.backend.entitlement.SubscriptionKey;
import org.sessionpro.backend.inbox.Claim;
import org.sessionpro.backend.inbox.ErrorClass;
import org.sessionpro.backend.inbox.Outcome;
import org.sessionpro.backend.inbox.ParkReason;
import org.sessionpro.backend.inbox.WorkKind;
import org.sessionpro.backend.store.StoreAnswer.NotFound;
import org.sessionpro.backend.store.StoreAnswer.Throttled;
import org.sessionpro.backend.store.StoreAnswer.Trouble;
import org.sessionpro.backend.store.StoreAnswer.TryLater;
import org.sessionpro.backend.store.apple.AppStoreApi.Standing;
import org.sessionpro.backend.store.apple.Convergence.Matter;
import org.sessionpro.backend.store.apple.Notification;
import org.sessionpro.backend.store.apple.Notification.SignedText;
import org.sessionpro.backend.store.apple.Products;
import org.sessionpro.backend.store.apple.RenewalInfo;
import org.sessionpro.backend.store.apple.Said;
import org.sessionpro.backend.store.apple.SignedData.Chain;
import org.sessionpro.backend.store.apple.TransactionInfo.ProductId;
import org.sessionpro.backend.telemetry.LogLines;
import org.sessionpro.backend.telemetry.LoggerName;
import org.sessionpro.protocol.PaymentProvider;
import org.sessionpro.protocol.Plan;
import org.sessionpro.protocol.TransactionId;

/// What is done about messages and looks, on real databases (`app-store.md` §6.2,
/// `decisions-stores.md` §2.3).
class AppleWorkTest extends AppleItemsTest {
  @Test
  void aMessageIsAppliedAndDoneWith() {
    it.send("SUBSCRIBED", FIRST, Said.renewal(true, day(1)));

    assertThat(it.work()).containsExactly(new Outcome.Done());

    assertThat(it.expiry()).isEqualTo(day(30));
    assertThat(it.owed()).isEmpty();
    assertThat(it.known().reconciledAt()).isNull();
    assertThat(it.known().state().status()).isEqualTo("ACTIVE");
  }

  /// What became of the payment, without its name.
  private List<String> told(LogLines log) {
    List<String> events =
        log.at(Level.INFO).stream().map(line -> line.substring(0, line.indexOf(':'))).toList();
    log.forget();
    return events;
  }

  @Test
  void aGraceThatRunsOutUnpaidIsOneLineWhenAppleSaysSo() {
    try (LogLines log = new LogLines()) {
      it.send("SUBSCRIBED", FIRST, Said.renewal(true, day(1)));
      it.work();
      it.send("DID_FAIL_TO_RENEW", FIRST.at(day(30)), Said.grace(day(46), day(30)));
      it.work();
      assertThat(told(log)).containsExactly("registered and left to claim", "grace entered");

      it.send("GRACE_PERIOD_EXPIRED", FIRST.at(day(46)), Said.retry(day(46)));
      it.work();
      assertThat(told(log)).containsExactly("grace ended");

      it.send("EXPIRED", FIRST.at(day(90)), Said.renewal(false, day(90)));
      it.work();
      assertThat(told(log)).containsExactly("cancelled");
    }
  }

  @Test
  void aMessageAboutNothingInParticularIsDoneWith() {
    it.send("TEST", null, null);

    assertThat(it.work()).containsExactly(new Outcome.Done());
    assertThat(it.payments()).isEmpty();
  }

  @Test
  void aMessageWhoseCertificatesNobodyVouchesForWaits() {
    it.signed.chain = Chain.UNDETERMINED;
    it.send("SUBSCRIBED", FIRST, Said.renewal(true, day(1)));
    it.work();
    assertThat(it.payments()).isEmpty();

    it.signed.chain = Chain.GOOD;
    it.advance(Duration.ofMinutes(2));
    it.work();

    assertThat(it.expiry()).isEqualTo(day(30));
  }

  @Test
  void aMessageOfARevokedCertificateIsParked() {
    SignedText text = it.send("SUBSCRIBED", FIRST, Said.renewal(true, day(1)));
    it.signed.chain(text, Chain.REVOKED);

    it.work();

    assertThat(it.parked()).containsExactly(ParkReason.VERIFICATION);
    assertThat(it.payments()).isEmpty();
  }

  @Test
  void aPartOfARevokedCertificateParksItsMessage() {
    SignedText revoked = it.signed.sign(Said.renewal(true, day(1)));
    it.signed.chain(revoked, Chain.REVOKED);
    it.keep(
        it.signed.sign(
            new Notification(
                new UUID(1, 1), "X", null, day(1), 1, it.signed.sign(FIRST.tx()), revoked)));

    it.work();

    assertThat(it.parked()).containsExactly(ParkReason.VERIFICATION);
  }

  @Test
  void aMessageWhosePartsAreNotSignedIsParked() {
    it.keep(
        it.signed.sign(
            new Notification(
                new UUID(1, 1), "X", null, day(1), 1, new SignedText("forged"), null)));

    it.work();

    assertThat(it.parked()).containsExactly(ParkReason.VERIFICATION);
  }

  @Test
  void anyTransactionLeadsToItsSubscription() {
    it.send("SUBSCRIBED", FIRST, Said.renewal(true, day(1)));
    it.send("RESTORED", FIRST.restored().at(day(2)), Said.renewal(true, day(2)));
    it.work();

    TransactionId restored = FIRST.restored().tx().names().transaction();
    assertThat(it.rooms().subscriptions().shownBy(restored)).contains(Said.SUBSCRIPTION);
    assertThat(it.rooms().subscriptions().shownBy(Said.ORIGINAL)).isEmpty();
  }

  @Test
  void aMessageThatIsNotSignedIsParked() {
    it.keep(new SignedText("forged"));

    it.work();

    assertThat(it.parked()).containsExactly(ParkReason.VERIFICATION);
  }

  @Test
  void partsAboutDifferentSubscriptionsAreNotBelieved() {
    Said other = FIRST.of(new TransactionId("2000000000000777"));
    it.send("SUBSCRIBED", other, Said.renewal(true, day(1)));

    it.work();

    assertThat(it.parked()).containsExactly(ParkReason.VERIFICATION);
  }

  @Test
  void aProductBoughtOnceThatIsNotMappedParksItsMessageByName() {
    it.send("ONE_TIME_CHARGE", FIRST.once("pro.unknown"), null);

    it.work();

    assertThat(it.parked()).containsExactly(ParkReason.UNKNOWN_PRODUCT);
    assertThat(it.owed().getFirst().parked())
        .satisfies(parked -> assertThat(parked).extracting("detail").isEqualTo("pro.unknown"));
  }

  @Test
  void aMessageOfATypeThatNobodyKnowsAboutNothingInParticularStays() {
    it.send("OF_THE_FUTURE", null, null);

    it.work();

    assertThat(it.parked()).containsExactly(ParkReason.UNKNOWN_BLOCK);
  }

  @Test
  void aProductThatIsNotMappedIsToldOfOnceADay() {
    try (AppStoreLog log = new AppStoreLog()) {
      it.send("SUBSCRIBED", FIRST.of("pro.week"), Said.renewal(true, day(1)));
      it.send("DID_RENEW", SECOND.of("pro.week"), Said.renewal(true, day(31)));
      it.work();
      assertThat(log.at(Level.ERROR)).hasSize(1);
      it.advance(Duration.ofDays(1));
      it.send("DID_RENEW", SECOND.of("pro.week").at(day(32)), Said.renewal(true, day(32)));
      it.work();

      assertThat(log.at(Level.ERROR)).hasSize(2);
    }
  }

  @Test
  void aPurchaseWithoutOwnerIsCountedOnce() {
    it.send("SUBSCRIBED", FIRST.by(null), Said.renewal(true, day(1)));
    it.send("DID_CHANGE_RENEWAL_PREF", FIRST.by(null).at(day(2)), Said.renewal(true, day(2)));
    it.work();

    assertThat(it.found(Matter.UNATTRIBUTED)).isOne();
  }

  @Test
  void aPurchaseThatAppleAttributesToNobodyIsAWarning() {
    try (LogLines log = new LogLines(LoggerName.APP_STORE)) {
      it.send("SUBSCRIBED", FIRST.by(null), Said.renewal(true, day(1)));
      it.work();

      assertThat(log.at(Level.WARN))
          .singleElement()
          .asString()
          .endsWith(" was bought, and Apple does not say by whom");
    }
  }

  @Test
  void whatIsSharedWithAFamilyAsksForSomebodyAtOnce() {
    try (LogLines log = new LogLines(LoggerName.APP_STORE)) {
      it.send("SUBSCRIBED", FIRST.shared(), Said.renewal(true, day(1)));
      it.work();

      assertThat(log.critical()).singleElement().asString().contains(" is shared with a family");
    }
  }

  @Test
  void aReversalOfWhatNobodyHadHeardOfAsksForSomebodyAtOnce() {
    try (LogLines log = new LogLines(LoggerName.APP_STORE)) {
      it.send("REFUND_REVERSED", FIRST, Said.renewal(true, day(1)));
      it.work();

      assertThat(log.critical()).singleElement().asString().contains("nobody here had heard of");
      assertThat(it.expiry()).isEqualTo(day(30));
    }
  }

  @Test
  void aThingBoughtOnceIsGrantedOnceItIsMapped() {
    it.send("ONE_TIME_CHARGE", FIRST.once("pro.unknown"), null);
    it.work();
    it.restart(Said.PRODUCTS, "pro.month");
    assertThat(it.work()).isEmpty();

    it.restart(
        new Products(Map.of(), Map.of(new ProductId("pro.unknown"), new Plan("30d"))),
        "pro.unknown");

    assertThat(it.work()).containsExactly(new Outcome.Done());
    assertThat(it.payments().getFirst().credit()).isNotNull();
    assertThat(it.owed()).isEmpty();
  }

  @Test
  void aRefundOfAThingBoughtOnceTakesItAwayAndItsReversalGivesItBack() {
    Said once = Said.bought(1, day(99), day(129)).once(Said.CREDIT.value());
    it.send("ONE_TIME_CHARGE", once, null);
    it.work();
    it.touch();
    Optional<Entitlement> bought = it.entitlement();

    it.send("REFUND", once.refunded(it.now()).at(it.now()), null);
    it.work();
    assertThat(it.entitlement()).isPresent().isNotEqualTo(bought);
    assertThat(it.entitlement().orElseThrow().coverageEnd(RenewalAllowance.DEFAULT))
        .isBeforeOrEqualTo(it.now());
    it.advance(Duration.ofMinutes(1));
    it.send("REFUND_REVERSED", once.at(it.now()), null);
    it.work();

    assertThat(it.entitlement()).isEqualTo(bought);
    assertThat(it.findings()).isEmpty();
  }

  @Test
  void aLostLeaseWritesNothing() {
    it.send("SUBSCRIBED", FIRST, Said.renewal(true, day(1)));
    Claim claim = it.claim().getFirst();
    it.advance(Duration.ofMinutes(5));
    assertThat(it.claim()).hasSize(1);

    assertThat(it.handle(claim)).isEqualTo(new Outcome.Unfinished());
    assertThat(it.payments()).isEmpty();
  }

  @Test
  void aLookAppliesStandingAndHistoryTogether() {
    it.stands(it.standing(SECOND.at(day(40)), Said.renewal(false, day(40))));
    it.page(true, FIRST.at(day(40)));
    it.page(false, SECOND.at(day(40)));
    it.owe(Said.ORIGINAL);

    assertThat(it.work()).containsExactly(new Outcome.Done());

    assertThat(it.payments()).hasSize(2);
    assertThat(it.expiry()).isEqualTo(day(60));
    assertThat(it.payments().getLast().isRenewing()).isFalse();
    assertThat(it.known().reconciledAt()).isEqualTo(it.now());
    assertThat(it.known().state().historyRevision()).isEqualTo("2");
  }

  @Test
  void aLookWaitsUntilSomebodyVouchesForTheCertificates() {
    it.stands(SECOND, day(40));
    it.page(false, SECOND.at(day(40)));
    it.signed.chain = Chain.UNDETERMINED;
    it.owe(Said.ORIGINAL);

    assertThat(it.work())
        .containsExactly(
            new Outcome.Failed(
                ErrorClass.TRANSIENT, "nobody says whether its certificates still stand"));

    assertThat(it.payments()).isEmpty();
  }

  @Test
  void aLookAppliesNothingOfARevokedCertificateAndIsParked() {
    it.stands(SECOND, day(40));
    it.page(false, SECOND.at(day(40)));
    it.signed.chain = Chain.REVOKED;
    it.owe(Said.ORIGINAL);

    it.work();

    assertThat(it.parked()).containsExactly(ParkReason.VERIFICATION);
    assertThat(it.payments()).isEmpty();
  }

  @Test
  void standingAloneIsAppliedWhenTheHistoryFails() {
    it.stands(SECOND, day(40));
    it.records.pages.add(new TryLater<>(Trouble.UNAVAILABLE));
    it.owe(Said.ORIGINAL);

    assertThat(it.work())
        .containsExactly(new Outcome.Failed(ErrorClass.TRANSIENT, "Apple is out of order"));

    assertThat(it.expiry()).isEqualTo(day(60));
    assertThat(it.known().reconciledAt()).isNull();
  }

  @Test
  void aHistoryThatBreaksOffIsAppliedAsFarAsItGoes() {
    it.stands(SECOND, day(40));
    it.page(true, FIRST.at(day(40)));
    it.records.pages.add(new Throttled<>(day(200)));
    it.owe(Said.ORIGINAL);

    assertThat(it.work())
        .containsExactly(new Outcome.Held(day(200), "it is not our turn to ask Apple"));

    assertThat(it.payments()).hasSize(2);
  }

  @Test
  void whatAppleDoesNotKnowIsNotTakenAway() {
    it.send("SUBSCRIBED", FIRST.at(day(99)), Said.renewal(true, day(99)));
    it.work();
    it.records.standings = new NotFound<>();
    it.owe(Said.ORIGINAL);

    for (int i = 0; i < 5; i++) {
      it.work();
      it.advance(Duration.ofHours(7));
    }

    assertThat(it.parked()).containsExactly(ParkReason.NOT_FOUND);
    assertThat(it.payments().getFirst().isRenewing()).isTrue();
  }

  @Test
  void otherSubscriptionsOfTheCustomerAreBroughtIntoAgreementToo() {
    TransactionId other = new TransactionId("2000000000000777");
    Said theirs = SECOND.of(other).at(day(40));
    it.stands(
        it.standing(FIRST.at(day(40)), Said.renewal(true, day(40))),
        new Standing(
            other,
            1,
            it.signed.sign(theirs.tx()),
            it.signed.sign(new RenewalInfo(other, Said.MONTH, true, false, null, day(40)))));
    it.page(false, FIRST.at(day(40)));
    it.owe(Said.ORIGINAL);

    it.work();

    assertThat(it.payments()).hasSize(1);
    assertThat(
            it.ledger()
                .subscriptions()
                .known(new SubscriptionKey(PaymentProvider.APP_STORE, other.value()), List.of())
                .payments())
        .hasSize(1);
  }

  @Test
  void aLookByAnyTransactionFindsItsSubscription() {
    it.stands(SECOND, day(40));
    it.page(false, FIRST.at(day(40)), SECOND.at(day(40)));
    it.owe(SECOND.tx().names().transaction());

    assertThat(it.work()).containsExactly(new Outcome.Done());

    assertThat(it.payments()).hasSize(2);
    assertThat(it.known().reconciledAt()).isEqualTo(it.now());
  }

  @Test
  void anAnswerThatAppleDidNotSignIsNotBelieved() {
    it.stands(
        new Standing(
            Said.ORIGINAL,
            1,
            new SignedText("forged"),
            it.signed.sign(Said.renewal(true, day(40)))));
    it.page(false);
    it.owe(Said.ORIGINAL);

    assertThat(it.work()).singleElement().extracting("kind").isEqualTo(ErrorClass.LOGIC);
    assertThat(it.payments()).isEmpty();
  }

  @Test
  void aTurnThatIsOverReadsNoFurtherPage() {
    it.stands(SECOND, day(40));
    it.page(true, FIRST.at(day(40)));
    it.page(false, SECOND.at(day(40)));
    it.owe(Said.ORIGINAL);
    it.goesOn = false;

    assertThat(it.work()).containsExactly(new Outcome.Unfinished());

    assertThat(it.payments()).isEmpty();
  }

  @Test
  void everyKindOfItemOfApplesIsWorkedOn() {
    assertThat(
            new AppleWork(it.signed, new Asking(it.records, it.records), Said.PRODUCTS, it.rooms())
                .handlers())
        .containsOnlyKeys(WorkKind.MESSAGE, WorkKind.RECONCILE);
    assertThat(new AppleWork(it.signed, null, Said.PRODUCTS, it.rooms()).handlers())
        .containsOnlyKeys(WorkKind.MESSAGE);
  }
}
