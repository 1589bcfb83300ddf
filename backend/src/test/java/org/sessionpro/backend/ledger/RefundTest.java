package org.sessionpro.backend.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sessionpro.backend.ledger.LedgerFixture.ALICE;
import static org.sessionpro.backend.ledger.LedgerFixture.T;
import static org.sessionpro.backend.ledger.LedgerFixture.day;
import static org.sessionpro.backend.ledger.LedgerFixture.rawKey;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.sessionpro.backend.db.Engine;
import org.sessionpro.backend.entitlement.PaymentFact;
import org.sessionpro.backend.entitlement.PaymentFact.ClaimedBy;
import org.sessionpro.backend.entitlement.PaymentFact.Product;
import org.sessionpro.backend.entitlement.PaymentFact.Reinstated;
import org.sessionpro.backend.entitlement.PaymentFact.Revoked;
import org.sessionpro.backend.entitlement.PaymentFact.RevokedFor;
import org.sessionpro.backend.entitlement.PaymentFact.Source;
import org.sessionpro.backend.entitlement.PaymentFact.TermsStated;
import org.sessionpro.backend.entitlement.PaymentFact.Witnessed;
import org.sessionpro.backend.entitlement.PaymentKey;
import org.sessionpro.protocol.OrderId;
import org.sessionpro.protocol.Plan;
import org.sessionpro.protocol.PurchaseToken;
import org.sessionpro.protocol.RevocationTag;
import org.sessionpro.protocol.TransactionId;

/// Refunds, reinstatements and when they are broadcast (`entitlement.md` §7, §8), with the numbers
/// of the prose.
@ParameterizedClass
@EnumSource(Engine.class)
class RefundTest {
  @Parameter Engine engine;
  @TempDir Path folder;
  private LedgerFixture it;

  @BeforeEach
  void open() {
    it = new LedgerFixture(engine, folder);
  }

  @AfterEach
  void close() {
    it.close();
  }

  private void bought(String token, Instant purchased, Instant expiry) {
    it.record(it.cycle(token, "o", purchased, expiry, rawKey(ALICE)), purchased);
    it.ledger.visit(ALICE, purchased, purchased).bind();
  }

  private void state(String token, Instant now, PaymentFact... facts) {
    it.record(
        Statement.of(PaymentKey.google(new PurchaseToken(token), new OrderId("o")), facts), now);
  }

  private static Revoked refund(Instant at) {
    return new Revoked(at, RevokedFor.REFUND, false);
  }

  private RevocationTag tag() {
    return it.account(ALICE).generation().tag();
  }

  private List<RevokedTag> revoked(Instant now) {
    return it.ledger.revocations(now, Duration.ofDays(31)).revoked();
  }

  @Test
  void aRefundInTheMiddleOfTheTermIsBroadcastWithOurOwnStamp() {
    bought("A", T, day(365));
    RevocationTag tag = tag();
    Instant handled = day(60).plus(Duration.ofMinutes(5));

    state("A", handled, refund(day(60)));

    assertThat(it.account(ALICE).entitlement().expiry()).isEqualTo(day(60));
    assertThat(it.account(ALICE).generation().isRevoked()).isTrue();
    assertThat(revoked(handled)).containsExactly(new RevokedTag(tag, handled));
  }

  @Test
  void theSameRefundAgainChangesNothing() {
    bought("A", T, day(365));
    state("A", day(60), refund(day(60)));
    var ticket = it.ledger.ticket();

    state("A", day(61), refund(day(60)));

    assertThat(it.ledger.ticket()).isEqualTo(ticket);
    assertThat(revoked(day(61))).hasSize(1);
  }

  @Test
  void anOrdinaryLapseIsNotBroadcast() {
    bought("A", T, day(30));

    state("A", day(30), new TermsStated(null, null, false, false, day(30), true));

    assertThat(revoked(day(30))).isEmpty();
  }

  @Test
  void aCancellationOnDayTenIsNotBroadcast() {
    bought("A", T, day(30));

    state("A", day(10), new TermsStated(null, null, false, false, day(10), true));

    assertThat(it.account(ALICE).entitlement().renewing()).isFalse();
    assertThat(revoked(day(10))).isEmpty();
  }

  @Test
  void aSecondSubscriptionThatOutlivesEveryProofSparesTheTag() {
    bought("A", T, day(365));
    bought("B", T, day(200));
    RevocationTag tag = tag();

    state("A", day(10), refund(day(10)));

    assertThat(tag()).isEqualTo(tag);
    assertThat(revoked(day(10))).isEmpty();
    assertThat(it.account(ALICE).entitlement().expiry()).isEqualTo(day(200));
  }

  @Test
  void whatSurvivesTooShortGoesOnUnderAFreshTag() {
    bought("A", T, day(90));
    bought("B", T, day(5));
    RevocationTag tag = tag();

    state("A", T, refund(T));

    assertThat(revoked(T)).containsExactly(new RevokedTag(tag, T));
    assertThat(tag()).isNotEqualTo(tag);
    assertThat(it.account(ALICE).generation().isRevoked()).isFalse();
  }

  @Test
  void anUnclaimedPurchaseIsBoundBeforeTheFallIsJudged() {
    bought("A", T, day(365));
    it.record(it.cycle("B", "o", day(1), day(201), rawKey(ALICE)), day(1));

    state("A", day(10), refund(day(10)));

    assertThat(revoked(day(10))).isEmpty();
    assertThat(it.account(ALICE).entitlement().expiry()).isEqualTo(day(201));
  }

  @Test
  void aLateRefundIsJudgedByOurClockBecauseProofsWereIssuedSince() {
    // at = T, now = T+3d, what survives ends at T+31d: a proof may run to about T+33d.
    bought("A", T, day(365));
    bought("B", T, day(31).minus(Duration.ofHours(1)));
    RevocationTag tag = tag();

    state("A", day(3), refund(T));

    assertThat(revoked(day(3))).containsExactly(new RevokedTag(tag, day(3)));
  }

  @Test
  void aReversalWhileTheTermRunsRestoresItUnderANewTag() {
    bought("A", T, day(30));
    RevocationTag tag = tag();
    state("A", day(5), refund(day(5)));

    state("A", day(12), new Reinstated(day(12)));

    assertThat(it.account(ALICE).entitlement().expiry()).isEqualTo(day(30));
    assertThat(tag()).isNotEqualTo(tag);
    assertThat(revoked(day(12))).extracting(RevokedTag::tag).containsExactly(tag);
  }

  @Test
  void aReversalAfterTheTermRestoresTheTermAndNoTag() {
    bought("A", T, day(30));
    state("A", day(5), refund(day(5)));
    state("A", day(6), new TermsStated(null, null, false, false, day(6), true));

    state("A", day(40), new Reinstated(day(40)));

    assertThat(it.account(ALICE).entitlement().expiry()).isEqualTo(day(30));
    assertThat(it.account(ALICE).generation().isRevoked()).isTrue();
  }

  @Test
  void whatIsSaidAfterATooLateReversalStillGivesNoTag() {
    bought("A", T, day(30));
    state("A", day(5), refund(day(5)));
    state("A", day(40), new Reinstated(day(40)));

    state("A", day(41), new TermsStated(null, null, false, false, day(41), true));

    assertThat(it.account(ALICE).generation().isRevoked()).isTrue();
  }

  @Test
  void anExtensionAfterATooLateReversalGivesATag() {
    bought("A", T, day(30));
    state("A", day(5), refund(day(5)));
    state("A", day(40), new Reinstated(day(40)));

    state("A", day(41), new TermsStated(day(60), null, null, null, day(41), true));

    assertThat(it.account(ALICE).generation().isRevoked()).isFalse();
    assertThat(it.account(ALICE).entitlement().expiry()).isEqualTo(day(60));
  }

  @Test
  void aReversalBetweenTwoRefundsLeavesTheLaterOne() {
    bought("A", T, day(60));
    state("A", day(11), refund(day(5)), refund(day(10)));

    state("A", day(12), new Reinstated(day(7)));

    assertThat(it.account(ALICE).entitlement().expiry()).isEqualTo(day(10));
  }

  private static Statement apple(String lineItem, Instant purchased, Instant expiry) {
    return Statement.of(
        PaymentKey.appleLineItem(new TransactionId("100"), new OrderId(lineItem)),
        new Witnessed(
            Product.of(new Plan("1m")), purchased, null, true, expiry, Source.STORE, null),
        new TermsStated(expiry, null, true, false, purchased, true));
  }

  private static Statement lost(Statement cycle, Revoked loss) {
    return Statement.of(cycle.key(), loss);
  }

  private void boughtFromApple(Statement cycle) {
    it.record(
        new Statement(cycle.key(), cycle.facts(), new Statement.Claim(ALICE, T, ClaimedBy.TOKEN)),
        T);
  }

  @Test
  void aRefundOfAPastCycleLeavesTheRunningOneAlone() {
    Statement first = apple("1", T, day(30));
    boughtFromApple(first);
    it.record(apple("2", day(30), day(60)), day(30));
    RevocationTag tag = tag();

    it.record(lost(first, refund(day(20))), day(40));

    assertThat(it.account(ALICE).entitlement().expiry()).isEqualTo(day(60));
    assertThat(tag()).isEqualTo(tag);
    assertThat(revoked(day(40))).isEmpty();
  }

  @Test
  void anUpgradeIsJudgedWhenItIsWrittenWhole() {
    Statement monthly = apple("1", T, day(30));
    boughtFromApple(monthly);
    RevocationTag tag = tag();
    Revoked superseded = new Revoked(day(10), RevokedFor.SUPERSEDED, false);

    it.ledger.record(List.of(lost(monthly, superseded), apple("2", day(10), day(375))), day(10));

    assertThat(it.account(ALICE).entitlement().expiry()).isEqualTo(day(375));
    assertThat(tag()).isEqualTo(tag);
    assertThat(revoked(day(10))).isEmpty();
  }

  @Test
  void anUnclaimedPaymentThatIsRefundedIsNeverClaimed() {
    it.record(it.cycle("A", "o", T, day(30), rawKey(ALICE)), T);
    state("A", day(1), refund(day(1)));

    assertThat(it.ledger.visit(ALICE, day(2), day(2)).bind()).isFalse();
  }

  @Test
  void aCreditHeldBesideARefundedSubscriptionRunsFromTheRefund() {
    // entitlement.md §10, last example.
    bought("A", T, day(400));
    it.voucher(ALICE, 365, T);

    state("A", day(60), refund(day(60)));

    assertThat(it.account(ALICE).entitlement().expiry()).isEqualTo(day(425));
    assertThat(it.ledger.account(ALICE, day(61)).orElseThrow().entitlement().expiry())
        .isEqualTo(day(425));
  }

  @Test
  void theRefundOfARenewalThatHasNotBegunLeavesTheRunningCycle() {
    // decisions.md §5, newest cycle.
    it.record(it.cycle("A", "o", T, day(30), rawKey(ALICE)), T);
    it.ledger.visit(ALICE, T, T).bind();
    it.record(it.cycle("A", "next", day(30), day(60), rawKey(ALICE)), day(20));
    it.ledger.visit(ALICE, day(20), day(20)).bind();

    it.record(
        Statement.of(
            PaymentKey.google(new PurchaseToken("A"), new OrderId("next")), refund(day(25))),
        day(25));

    assertThat(it.account(ALICE).entitlement().expiry()).isEqualTo(day(30));
    assertThat(it.account(ALICE).generation().isRevoked()).isFalse();
  }

  private static Statement appleCycle(
      String lineItem, Instant purchased, Instant expiry, PaymentFact... more) {
    List<PaymentFact> facts = new ArrayList<>();
    facts.add(
        new Witnessed(
            Product.of(new Plan("1m")), purchased, null, true, expiry, Source.STORE, null));
    facts.add(new TermsStated(expiry, Duration.ofDays(16), true, null, purchased, true));
    facts.addAll(List.of(more));
    return Statement.of(appleKey(lineItem), facts.toArray(PaymentFact[]::new));
  }

  private static PaymentKey appleKey(String lineItem) {
    return PaymentKey.appleLineItem(new TransactionId("X"), new OrderId(lineItem));
  }

  private void giveFirstAppleCycle() {
    Statement first = appleCycle("1", T, day(30));
    it.record(
        new Statement(first.key(), first.facts(), new Statement.Claim(ALICE, T, ClaimedBy.TOKEN)),
        T);
  }

  @Test
  void anUpgradeDuringGraceGoesOnUnderTheSameTag() {
    giveFirstAppleCycle();

    it.ledger.record(
        List.of(
            Statement.of(appleKey("1"), new Revoked(day(35), RevokedFor.SUPERSEDED, false)),
            appleCycle("2", day(35), day(400))),
        day(35));

    assertThat(it.account(ALICE).entitlement().expiry()).isEqualTo(day(400));
    assertThat(revoked(day(35))).isEmpty();
  }

  @Test
  void ofTwoRefundedCyclesTheOneThatIsReversedStandsAgain() {
    giveFirstAppleCycle();
    it.record(appleCycle("2", day(30), day(60)), day(30));
    it.record(Statement.of(appleKey("1"), refund(day(31))), day(31));
    it.record(Statement.of(appleKey("2"), refund(day(31))), day(31));

    it.record(Statement.of(appleKey("2"), new Reinstated(day(40))), day(40));

    assertThat(it.account(ALICE).entitlement().expiry()).isEqualTo(day(60));
    assertThat(it.ledger.page(ALICE, null, 10, day(40)).orElseThrow().payments())
        .filteredOn(one -> !one.payment().isStanding())
        .extracting(one -> one.payment().key())
        .containsExactly(appleKey("1"));
  }

  @Test
  void aRefundDatedAheadIsJudgedFromItsOwnInstant() {
    // entitlement.md §8: a day after the refund's own instant the coverage would have ended anyway.
    bought("A", T, day(30));

    state("A", day(28), refund(day(29).plus(Duration.ofHours(2))));

    assertThat(revoked(day(28))).isEmpty();
  }

  @Test
  void aSpentSupersededAccountIsExplainedAsItIsAnswered() {
    giveFirstAppleCycle();
    Instant upgraded = day(45).plus(Duration.ofHours(12));
    it.record(
        Statement.of(appleKey("1"), new Revoked(upgraded, RevokedFor.SUPERSEDED, false)), upgraded);
    it.record(Statement.of(appleKey("1"), new Reinstated(day(50))), day(50));

    new ExplainedLife(it, ALICE, "superseded").look(day(60));
  }
}
