package org.sessionpro.backend.entitlement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sessionpro.backend.entitlement.Payments.OWNER;
import static org.sessionpro.backend.entitlement.Payments.T;
import static org.sessionpro.backend.entitlement.Payments.credit;
import static org.sessionpro.backend.entitlement.Payments.cycle;
import static org.sessionpro.backend.entitlement.Payments.day;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.sessionpro.backend.entitlement.AccountFact.GenerationIssued;
import org.sessionpro.backend.entitlement.AccountFact.GenerationRevoked;
import org.sessionpro.backend.entitlement.AccountFact.OffsetDrawn;
import org.sessionpro.backend.entitlement.PaymentFact.Revoked;
import org.sessionpro.backend.entitlement.PaymentFact.RevokedFor;
import org.sessionpro.backend.entitlement.PaymentFact.TermsStated;
import org.sessionpro.backend.entitlement.Settlement.Settled;

class SettlementTest {
  private final Settlement settlement = new Settlement(RenewalAllowance.DEFAULT);
  private final Draws draws = Draws.drawing(new Random(42));

  private Account open(Instant now, RegisteredPayment... payments) {
    return settlement.open(OWNER, List.of(payments), draws, now).account();
  }

  private Settled settle(Account before, Instant now, RegisteredPayment... payments) {
    return settlement.settle(before, List.of(payments), draws, now);
  }

  private static RegisteredPayment subscription(Instant expiry) {
    return cycle(1, "A", T, expiry, true);
  }

  @Test
  void anAccountOpensWithAGenerationAndAnOffset() {
    Settled opened = settlement.open(OWNER, List.of(subscription(day(30))), draws, T);

    assertThat(opened.accountFacts())
        .hasExactlyElementsOfTypes(GenerationIssued.class, OffsetDrawn.class);
    assertThat(opened.account().entitlement().expiry()).isEqualTo(day(30));
    assertThat(opened.account().carrier()).isEqualTo(new PaymentId(1));
  }

  @Test
  void anAccountThatOpensWithARevokedPaymentIsEntitledUpToTheRevocation() {
    RegisteredPayment revoked =
        subscription(day(30)).apply(new Revoked(day(1), RevokedFor.REFUND, false));

    assertThat(open(day(2), revoked).entitlement()).isEqualTo(new Entitlement(day(1), null, false));
  }

  @Test
  void whatNothingEntitlesToAnythingEndedWhenItFirstDid() {
    RegisteredPayment refunded =
        credit(1, T, Duration.ofDays(30)).apply(new Revoked(day(5), RevokedFor.REFUND, false));
    Account ended = settle(open(T, credit(1, T, Duration.ofDays(30))), day(6), refunded).account();

    assertThat(ended.entitlement().expiry()).isEqualTo(day(6));
    assertThat(settle(ended, day(9), refunded).account().entitlement().expiry()).isEqualTo(day(6));
  }

  @Test
  void aCreditBoundByAClockAheadOfOursLastsItsWholeLength() {
    Instant ahead = T.plusSeconds(70);

    Account account = open(T, credit(1, ahead, Duration.ofDays(30)));

    assertThat(account.entitlement().expiry()).isEqualTo(ahead.plus(Duration.ofDays(30)));
    assertThat(account.creditsCheckpoint()).isEqualTo(T);
  }

  @Test
  void aRenewalKeepsTheTagAndRedrawsTheOffset() {
    Account before = open(T, subscription(day(30)));

    Settled settled = settle(before, day(30), subscription(day(60)));

    assertThat(settled.account().generation()).isEqualTo(before.generation());
    assertThat(settled.accountFacts()).hasExactlyElementsOfTypes(OffsetDrawn.class);
  }

  @Test
  void settlingAgainDecidesNothingNew() {
    Account before = open(T, subscription(day(30)));

    Settled settled = settle(before, day(1), subscription(day(30)));

    assertThat(settled.accountFacts()).isEmpty();
    assertThat(settled.account()).isEqualTo(before);
  }

  @Test
  void anExpiryLaterByLessThanAnHourKeepsTheOffset() {
    Account before = open(T, subscription(day(30)));

    assertThat(settle(before, T, subscription(day(30).plusSeconds(3_599))).accountFacts())
        .isEmpty();
    assertThat(settle(before, T, subscription(day(30).plusSeconds(3_600))).accountFacts())
        .hasExactlyElementsOfTypes(OffsetDrawn.class);
  }

  @Test
  void aShorterExpiryKeepsTheOffset() {
    Account before = open(T, subscription(day(30)));

    assertThat(settle(before, T, subscription(day(20))).accountFacts()).isEmpty();
  }

  @Test
  void aRevokedGenerationIsReplacedAsSoonAsSomethingIsUsable() {
    Account before =
        open(T, subscription(day(30)))
            .apply(new GenerationRevoked(1, day(3)))
            .apply(new AccountFact.OperatorNote("test", day(3)));

    Settled settled = settle(before, day(3), subscription(day(30)));

    assertThat(settled.accountFacts())
        .hasExactlyElementsOfTypes(GenerationIssued.class, OffsetDrawn.class);
    assertThat(settled.account().generation().ordinal()).isEqualTo(2);
    assertThat(settled.account().generation().isRevoked()).isFalse();
  }

  @Test
  void aRevokedGenerationStaysWhileNothingIsUsable() {
    RegisteredPayment refunded =
        subscription(day(30)).apply(new Revoked(day(3), RevokedFor.REFUND, false));
    Account before = open(T, subscription(day(30))).apply(new GenerationRevoked(1, day(3)));

    Settled settled = settle(before, day(3), refunded);

    assertThat(settled.account().generation().isRevoked()).isTrue();
    assertThat(settled.account().entitlement().expiry()).isEqualTo(day(3));
    assertThat(settled.account().isActiveAt(T, RenewalAllowance.DEFAULT)).isFalse();
  }

  @Test
  void aNewGenerationClosesTheWindowOfCountersAndKeepsTheTotal() {
    Account counted =
        new Account(
            OWNER,
            open(T, subscription(day(30))).generation(),
            new Entitlement(day(30), null, true),
            null,
            new ProofOffset(0),
            null,
            new ProofCounters(9, 4, 1, T));

    Settled settled =
        settle(counted.apply(new GenerationRevoked(1, day(1))), day(1), subscription(day(30)));

    assertThat(settled.account().counters()).isEqualTo(new ProofCounters(9, 0, 0, null));
  }

  @Test
  void creditsBehindASubscriptionInGraceStayWhereTheyAre() {
    // entitlement.md §6.2: expiry T+30d, grace 16 d, credit 10 d → T+40d, covered to T+56d1h.
    RegisteredPayment inGrace =
        subscription(day(30))
            .apply(new TermsStated(day(30), Duration.ofDays(16), true, true, day(30), true));
    RegisteredPayment credit = credit(2, T, Duration.ofDays(10));
    Account before = open(T, inGrace, credit);

    Settled settled = settle(before, day(35), inGrace, credit);

    assertThat(settled.account().entitlement().expiry()).isEqualTo(day(40));
    assertThat(settled.account().entitlement().coverageEnd(RenewalAllowance.DEFAULT))
        .isEqualTo(day(56).plusSeconds(3_600));
    assertThat(settled.charges()).isEmpty();
  }

  @Test
  void aCreditCarriesOnFromNowWhenTheSubscriptionHasLapsed() {
    RegisteredPayment lapsed = cycle(1, "A", T, day(30), false);
    RegisteredPayment credit = credit(2, T, Duration.ofDays(10));
    Account before = open(T, lapsed, credit);

    Settled settled = settle(before, day(35), lapsed, credit);

    assertThat(settled.charges().get(new PaymentId(2)))
        .isEqualTo(new PaymentFact.CreditCharged(T, day(35), Duration.ofDays(5), null));
    assertThat(settled.account().entitlement()).isEqualTo(new Entitlement(day(40), null, false));
    assertThat(settled.account().carrier()).isNull();
  }

  @Test
  void aSpentCreditLeavesNoCheckpoint() {
    RegisteredPayment credit = credit(1, T, Duration.ofDays(30));
    Account before = open(T, credit);

    Settled settled = settle(before, day(100), credit);

    assertThat(settled.account().creditsCheckpoint()).isNull();
    assertThat(settled.account().entitlement().expiry()).isEqualTo(day(30));
  }

  @Test
  void aSpentCreditEndsLaterWhenALateFactCoversPartOfItsTime() {
    // All 30 d are consumed either way; only when they ran out differs.
    RegisteredPayment credit = credit(1, T, Duration.ofDays(30));
    Settled spent = settle(open(T, credit), day(100), credit);
    RegisteredPayment charged =
        credit.apply(Objects.requireNonNull(spent.charges().get(new PaymentId(1))));
    RegisteredPayment late = cycle(2, "A", day(10), day(20), false);

    Settled settled = settle(spent.account(), day(101), charged, late);

    assertThat(settled.charges().get(new PaymentId(1)))
        .isEqualTo(new PaymentFact.CreditCharged(day(101), day(101), Duration.ZERO, day(40)));
    assertThat(settled.account().entitlement().expiry()).isEqualTo(day(40));
  }
}
