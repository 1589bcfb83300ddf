package org.sessionpro.backend.entitlement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.sessionpro.backend.entitlement.Payments.OWNER;
import static org.sessionpro.backend.entitlement.Payments.T;
import static org.sessionpro.backend.entitlement.Payments.day;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.sessionpro.backend.entitlement.PaymentFact.Acknowledged;
import org.sessionpro.backend.entitlement.PaymentFact.Acknowledgement;
import org.sessionpro.backend.entitlement.PaymentFact.AliasSeen;
import org.sessionpro.backend.entitlement.PaymentFact.BindingStated;
import org.sessionpro.backend.entitlement.PaymentFact.Claimed;
import org.sessionpro.backend.entitlement.PaymentFact.ClaimedBy;
import org.sessionpro.backend.entitlement.PaymentFact.CreditCharged;
import org.sessionpro.backend.entitlement.PaymentFact.CreditOpened;
import org.sessionpro.backend.entitlement.PaymentFact.CreditReduced;
import org.sessionpro.backend.entitlement.PaymentFact.Hidden;
import org.sessionpro.backend.entitlement.PaymentFact.Reattributed;
import org.sessionpro.backend.entitlement.PaymentFact.RefundRequested;
import org.sessionpro.backend.entitlement.PaymentFact.Reinstated;
import org.sessionpro.backend.entitlement.PaymentFact.Revoked;
import org.sessionpro.backend.entitlement.PaymentFact.RevokedFor;
import org.sessionpro.backend.entitlement.PaymentFact.TermsStated;
import org.sessionpro.backend.entitlement.PaymentFact.Voided;
import org.sessionpro.protocol.ByteString;
import org.sessionpro.protocol.OrderId;
import org.sessionpro.protocol.PurchaseToken;
import org.sessionpro.protocol.TransactionId;

class PaymentTest {
  private static final PaymentKey KEY =
      PaymentKey.google(new PurchaseToken("token"), new OrderId("order"));

  private final Payment witnessed = Payment.of(KEY, Payments.witnessed(T));

  private static TermsStated terms(@Nullable Instant expiry, Instant statedAt) {
    return new TermsStated(expiry, null, true, false, statedAt, true);
  }

  @Test
  void theNewestStatementOfTermsWinsWhateverTheOrder() {
    TermsStated older = terms(day(30), T);
    TermsStated newer = terms(day(20), day(1));

    assertThat(witnessed.apply(older).apply(newer)).isEqualTo(witnessed.apply(newer).apply(older));
    assertThat(witnessed.apply(newer).apply(older).terms().expiry()).isEqualTo(day(20));
  }

  @Test
  void ofEqualAgeACompleteStatementBeatsAPartialOne() {
    TermsStated complete = terms(day(20), T);
    TermsStated partial = new TermsStated(day(30), null, true, false, T, false);

    assertThat(witnessed.apply(partial).apply(complete))
        .isEqualTo(witnessed.apply(complete).apply(partial));
  }

  @Test
  void ofEqualStatementsTheLaterExpiryStays() {
    assertThat(witnessed.apply(terms(day(30), T)).apply(terms(day(20), T)).terms().expiry())
        .isEqualTo(day(30));
    assertThat(witnessed.apply(terms(day(20), T)).apply(terms(day(30), T)).terms().expiry())
        .isEqualTo(day(30));
  }

  @Test
  void whatAStatementLeavesOutStaysAsItWas() {
    Payment graced =
        witnessed.apply(new TermsStated(day(30), Duration.ofDays(16), true, true, T, true));

    Payment restated = graced.apply(new TermsStated(null, null, null, null, day(1), true));

    assertThat(restated.terms().expiry()).isEqualTo(day(30));
    assertThat(restated.terms().grace()).isEqualTo(Duration.ofDays(16));
    assertThat(restated.terms().renewing()).isTrue();
    assertThat(restated.terms().billingRetry()).isTrue();
  }

  @Test
  void aGraceOfZeroStatesThatThereIsNone() {
    Payment graced =
        witnessed.apply(new TermsStated(day(30), Duration.ofDays(16), true, false, T, true));

    assertThat(
            graced
                .apply(new TermsStated(null, Duration.ZERO, null, null, day(1), true))
                .terms()
                .grace())
        .isNull();
  }

  @Test
  void theFirstOwnerStays() {
    Payment bound = witnessed.apply(new Claimed(OWNER, T, ClaimedBy.TOUCH));

    assertThat(bound.apply(new Claimed(new AccountId(2), day(1), ClaimedBy.ADD))).isEqualTo(bound);
  }

  @Test
  void theEarliestRevocationStandsAndEndsTheRenewal() {
    Payment renewing = witnessed.apply(terms(day(30), T));
    Revoked early = new Revoked(day(5), RevokedFor.REFUND, false);
    Revoked late = new Revoked(day(9), RevokedFor.VOIDED, false);

    assertThat(renewing.apply(early).apply(late)).isEqualTo(renewing.apply(late).apply(early));
    assertThat(renewing.apply(late).apply(early).revocation())
        .isEqualTo(new Losses.Revocation(day(5), RevokedFor.REFUND, false));
    assertThat(renewing.apply(early).isRenewing()).isFalse();
    assertThat(renewing.apply(early).termEnd()).isEqualTo(day(5));
  }

  @Test
  void aStatedUpgradeBeatsAnEarlierRefund() {
    // decisions-stores.md §2.1
    Revoked refund = new Revoked(day(5), RevokedFor.REFUND, false);
    Revoked upgrade = new Revoked(day(9), RevokedFor.SUPERSEDED, false);

    assertThat(witnessed.apply(refund).apply(upgrade))
        .isEqualTo(witnessed.apply(upgrade).apply(refund));
    assertThat(witnessed.apply(refund).apply(upgrade).revocation())
        .isEqualTo(new Losses.Revocation(day(9), RevokedFor.SUPERSEDED, false));
  }

  @Test
  void ofTwoRevocationsOfOneInstantTheStatedOneStands() {
    Revoked refund = new Revoked(day(5), RevokedFor.REFUND, false);
    Revoked guess = new Revoked(day(5), RevokedFor.SUPERSEDED, true);

    assertThat(witnessed.apply(guess).apply(refund))
        .isEqualTo(witnessed.apply(refund).apply(guess));
    assertThat(witnessed.apply(guess).apply(refund).revocation())
        .isEqualTo(new Losses.Revocation(day(5), RevokedFor.REFUND, false));
  }

  @Test
  void aRevocationAsOldAsTheReinstatementStands() {
    // decisions-stores.md §4: sets at any age not below the reinstatement, cleared only by a newer.
    Revoked refund = new Revoked(day(5), RevokedFor.REFUND, false);
    Reinstated reversal = new Reinstated(day(5));

    assertThat(witnessed.apply(reversal).apply(refund))
        .isEqualTo(witnessed.apply(refund).apply(reversal));
    assertThat(witnessed.apply(refund).apply(reversal).revocation()).isNotNull();
  }

  @Test
  void ofEquallyOldRenewalStatementsTheOneThatReachesFurtherStands() {
    TermsStated none = new TermsStated(null, Duration.ZERO, false, false, T, true);
    TermsStated grace = new TermsStated(null, Duration.ofDays(16), false, false, T, true);
    TermsStated retry = new TermsStated(null, Duration.ofDays(16), false, true, T, true);

    assertThat(witnessed.apply(none).apply(grace)).isEqualTo(witnessed.apply(grace).apply(none));
    assertThat(witnessed.apply(retry).apply(grace)).isEqualTo(witnessed.apply(grace).apply(retry));
    assertThat(witnessed.apply(grace).apply(none).terms().grace()).isEqualTo(Duration.ofDays(16));
  }

  @Test
  void aStatementOfOnePartLeavesTheOthersToTheirOwnLastWord() {
    TermsStated whole = new TermsStated(day(30), Duration.ofDays(16), true, true, T, true);
    TermsStated flag = new TermsStated(null, null, true, null, day(1), true);

    assertThat(witnessed.apply(flag).apply(whole)).isEqualTo(witnessed.apply(whole).apply(flag));
    assertThat(witnessed.apply(flag).apply(whole).terms().grace()).isEqualTo(Duration.ofDays(16));
    assertThat(witnessed.apply(flag).apply(whole).terms().billingRetry()).isTrue();
  }

  @Test
  void aRevokedPaymentNeverRenewsWhateverIsStated() {
    Payment revoked =
        witnessed.apply(terms(day(30), T)).apply(new Revoked(day(5), RevokedFor.REFUND, false));

    assertThat(revoked.apply(terms(day(30), day(6))).isRenewing()).isFalse();
  }

  @Test
  void aReinstatedPaymentHasItsTermBack() {
    Payment term = witnessed.apply(terms(day(30), T));

    Payment reinstated =
        term.apply(new Revoked(day(5), RevokedFor.REFUND, false)).apply(new Reinstated(day(12)));

    assertThat(reinstated.revocation()).isNull();
    assertThat(reinstated.terms()).isEqualTo(term.terms());
    assertThat(reinstated.isRenewing()).isTrue();
  }

  @Test
  void aRefundThatArrivesAfterItsReversalStaysReversed() {
    Payment term = witnessed.apply(terms(day(30), T));
    Revoked refund = new Revoked(day(5), RevokedFor.REFUND, false);
    Reinstated reversal = new Reinstated(day(12));

    assertThat(term.apply(reversal).apply(refund)).isEqualTo(term.apply(refund).apply(reversal));
    assertThat(
            term.apply(reversal).apply(new Revoked(day(20), RevokedFor.REFUND, false)).revocation())
        .isNotNull();
  }

  @Test
  void aRenewalStatementAndAnExpiryAreJudgedEachByTheirOwnAge() {
    TermsStated expiry = new TermsStated(day(60), null, null, null, T, true);
    TermsStated cancelled = new TermsStated(null, null, false, false, day(1), true);

    assertThat(witnessed.apply(expiry).apply(cancelled).terms())
        .isEqualTo(witnessed.apply(cancelled).apply(expiry).terms());
  }

  @Test
  void whatGoogleRevokedIsNeverReinstated() {
    Payment revoked =
        witnessed.apply(terms(day(30), T)).apply(new Revoked(day(5), RevokedFor.REVOKED, false));

    assertThat(revoked.apply(new Reinstated(day(12))).revocation()).isEqualTo(revoked.revocation());
  }

  @Test
  void aCreditIsChargedUntilItIsSpent() {
    Payment credit = witnessed.apply(new CreditOpened(Duration.ofDays(30), T));

    Payment charged = credit.apply(new CreditCharged(T, day(10), Duration.ofDays(10), null));
    Payment spent =
        charged.apply(new CreditCharged(day(10), day(40), Duration.ofDays(20), day(30)));

    assertThat(charged.isLiveCredit()).isTrue();
    assertThat(charged.terms().expiry()).isNull();
    assertThat(spent.isLiveCredit()).isFalse();
    assertThat(spent.terms().expiry()).isEqualTo(day(30));
  }

  @Test
  void aLateFactGivesChargedTimeBack() {
    Payment charged =
        witnessed
            .apply(new CreditOpened(Duration.ofDays(30), T))
            .apply(new CreditCharged(T, day(30), Duration.ofDays(30), day(30)));

    Payment given = charged.apply(new CreditCharged(day(30), day(31), Duration.ofDays(-5), null));

    assertThat(given.isLiveCredit()).isTrue();
    assertThat(given.terms().expiry()).isNull();
  }

  @Test
  void requestsToTheStoreAreRememberedAndWithdrawn() {
    Payment asked =
        witnessed
            .apply(new Acknowledged(T, Acknowledgement.OWED))
            .apply(new RefundRequested(day(1), day(1)));

    assertThat(asked.requests())
        .isEqualTo(
            new Requests(
                new Requests.Told(Acknowledgement.OWED, T),
                new Requests.RefundRequest(day(1), day(1))));
    assertThat(asked.apply(new RefundRequested(day(2), null)).requests().refund().requestedAt())
        .isNull();
  }

  @Test
  void theNewestWordAboutARefundRequestCounts() {
    Payment declined = witnessed.apply(new RefundRequested(day(2), null));

    assertThat(declined.apply(new RefundRequested(day(1), day(1)))).isEqualTo(declined);
  }

  @Test
  void whatWasAcknowledgedIsNotOwedAgainToAnOlderWordNorToOneOfTheSameInstant() {
    Payment done = witnessed.apply(new Acknowledged(day(1), Acknowledgement.DONE));

    assertThat(done.apply(new Acknowledged(T, Acknowledgement.OWED))).isEqualTo(done);
    assertThat(done.apply(new Acknowledged(day(1), Acknowledgement.OWED))).isEqualTo(done);
  }

  @Test
  void whatSeemedToBeAcknowledgedIsOwedAgainToANewerWord() {
    Payment done = witnessed.apply(new Acknowledged(T, Acknowledgement.DONE));

    assertThat(
            done.apply(new Acknowledged(day(1), Acknowledgement.OWED)).requests().acknowledgement())
        .isEqualTo(Acknowledgement.OWED);
  }

  @Test
  void inWhichOrderWordsAboutAnAcknowledgementArriveDoesNotMatter() {
    List<PaymentFact> words =
        List.of(
            new Acknowledged(day(1), Acknowledgement.OWED),
            new Acknowledged(day(2), Acknowledgement.DONE),
            new Acknowledged(day(3), Acknowledgement.OWED),
            new Acknowledged(day(3), Acknowledgement.DONE),
            new Acknowledged(day(4), Acknowledgement.OWED));

    for (int first = 0; first < words.size(); first++) {
      List<PaymentFact> rotated = new ArrayList<>(words);
      Collections.rotate(rotated, first);
      assertThat(witnessed.apply(rotated)).isEqualTo(witnessed.apply(words));
      assertThat(witnessed.apply(rotated.reversed())).isEqualTo(witnessed.apply(words));
    }
  }

  @Test
  void aReversalBetweenTwoRefundsLeavesTheLaterOneWheneverItArrives() {
    Revoked early = new Revoked(day(5), RevokedFor.REFUND, false);
    Revoked late = new Revoked(day(10), RevokedFor.REFUND, false);
    Reinstated between = new Reinstated(day(7));
    Payment term = witnessed.apply(terms(day(30), T));

    Payment reversedLast = term.apply(List.of(early, late, between));

    assertThat(reversedLast.termEnd()).isEqualTo(day(10));
    assertThat(term.apply(List.of(between, late, early))).isEqualTo(reversedLast);
    assertThat(term.apply(List.of(late, between, early))).isEqualTo(reversedLast);
    assertThat(term.apply(List.of(late, early, between))).isEqualTo(reversedLast);
  }

  @Test
  void ofTwoRevocationsOnlyTheOneThatCanComeToCountIsKept() {
    Payment upgraded =
        witnessed.apply(
            List.of(
                terms(day(30), T),
                new Revoked(day(5), RevokedFor.REFUND, false),
                new Revoked(day(5), RevokedFor.REFUND, true),
                new Revoked(day(6), RevokedFor.SUPERSEDED, false)));

    assertThat(upgraded.losses().standing())
        .containsExactly(new Losses.Revocation(day(6), RevokedFor.SUPERSEDED, false));
  }

  @Test
  void aReversedRefundDoesNotUndoAnUpgradeThatTheStoreStated() {
    Revoked upgrade = new Revoked(day(6), RevokedFor.SUPERSEDED, false);
    Reinstated reversal = new Reinstated(day(8));

    assertThat(witnessed.apply(upgrade).apply(reversal).isStanding()).isFalse();
    assertThat(witnessed.apply(reversal).apply(upgrade))
        .isEqualTo(witnessed.apply(upgrade).apply(reversal));
  }

  @Test
  void aConclusionThatTheStoreDoesNotConfirmIsTakenBack() {
    Revoked guess = new Revoked(day(6), RevokedFor.SUPERSEDED, true);

    assertThat(witnessed.apply(guess).apply(new Reinstated(day(8))).isStanding()).isTrue();
  }

  @Test
  void ofTwoWordsAboutARefundOfOneInstantTheWithdrawalCounts() {
    RefundRequested asked = new RefundRequested(day(3), day(3));
    RefundRequested withdrawn = new RefundRequested(day(3), null);

    assertThat(witnessed.apply(asked).apply(withdrawn).requests().refund().requestedAt()).isNull();
    assertThat(witnessed.apply(withdrawn).apply(asked))
        .isEqualTo(witnessed.apply(asked).apply(withdrawn));
  }

  @Test
  void aVoidIsForTheRecordOnly() {
    Payment term = witnessed.apply(terms(day(30), T));

    Payment voided = term.apply(List.of(new Voided(day(3)), new Voided(day(2))));

    assertThat(voided.losses().voidedAt()).isEqualTo(day(2));
    assertThat(voided.isStanding()).isTrue();
    assertThat(voided.isRenewing()).isTrue();
  }

  @Test
  void theFirstBindingThatIsStatedStays() {
    Binding first = Binding.apple(new UUID(1, 2));
    Payment apple =
        Payment.of(
            PaymentKey.appleTransaction(new TransactionId("1"), new TransactionId("1")),
            Payments.witnessed(T));

    Payment bound = apple.apply(new BindingStated(first, day(1)));

    assertThat(bound.witnessed().binding()).isEqualTo(first);
    assertThat(bound.apply(new BindingStated(Binding.apple(new UUID(3, 4)), day(2))))
        .isEqualTo(bound);
  }

  @Test
  void aReattributedPaymentIsTheNewOwnersAsIfItAlwaysHadBeen() {
    AccountId other = new AccountId(2);
    Payment bound =
        witnessed.apply(terms(day(30), T)).apply(new Claimed(OWNER, day(1), ClaimedBy.ADD));

    Payment moved = bound.apply(new Reattributed(other, day(9), "lost key"));

    assertThat(moved.owner()).isEqualTo(new Payment.Owner(other, day(1), ClaimedBy.ADD));
    assertThat(witnessed.apply(new Reattributed(other, day(9), "lost key"))).isEqualTo(witnessed);
  }

  @Test
  void aHiddenPaymentStillCounts() {
    Payment hidden = witnessed.apply(terms(day(30), T)).apply(new Hidden(day(1)));

    assertThat(hidden.hidden()).isTrue();
    assertThat(hidden.termEnd()).isEqualTo(day(30));
  }

  @Test
  void aDeadPendingPaymentIsNobodysUntilItIsReinstated() {
    Payment dead =
        witnessed.apply(terms(day(30), T)).apply(new Revoked(day(1), RevokedFor.REFUND, false));

    assertThat(dead.isUnclaimed()).isFalse();
    assertThat(dead.apply(new Reinstated(day(2))).isUnclaimed()).isTrue();
  }

  @Test
  void everyFactIsRepeatable() {
    Payment bound =
        witnessed.apply(terms(day(30), T)).apply(new Claimed(OWNER, T, ClaimedBy.TOUCH));
    List<PaymentFact> facts =
        List.of(
            Payments.witnessed(T),
            terms(day(31), day(1)),
            new Claimed(OWNER, T, ClaimedBy.TOUCH),
            new Revoked(day(5), RevokedFor.REFUND, false),
            new Reinstated(day(6)),
            new Acknowledged(T, Acknowledgement.DONE),
            new RefundRequested(T, T),
            new Voided(day(3)),
            new Hidden(day(3)),
            new Reattributed(new AccountId(2), day(3), "lost key"),
            new AliasSeen(new TransactionId("2"), day(3)),
            new BindingStated(new Binding(ByteString.of(new byte[32])), day(3)),
            new CreditOpened(Duration.ofDays(2), T),
            new CreditReduced(Duration.ofDays(1), day(1)));

    for (PaymentFact fact : facts) {
      Payment once = bound.apply(fact);
      assertThat(once.apply(fact)).as(fact.toString()).isEqualTo(once);
    }
  }

  @Test
  void aSeriesOfFactsBeginsWithItsWitness() {
    assertThatThrownBy(() -> Payment.replay(KEY, List.of(terms(day(30), T))))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void noTextFormShowsWhoOrWhat() {
    assertThat(witnessed.key().toString()).doesNotContain("token").doesNotContain("order");
  }
}
