package org.sessionpro.backend.entitlement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sessionpro.backend.entitlement.Payments.OWNER;
import static org.sessionpro.backend.entitlement.Payments.T;
import static org.sessionpro.backend.entitlement.Payments.cycle;
import static org.sessionpro.backend.entitlement.Payments.day;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.sessionpro.backend.entitlement.PaymentFact.Began;
import org.sessionpro.backend.entitlement.PaymentFact.Revoked;
import org.sessionpro.backend.entitlement.PaymentFact.RevokedFor;
import org.sessionpro.backend.entitlement.PaymentFact.Source;
import org.sessionpro.backend.entitlement.PaymentFact.TermsStated;
import org.sessionpro.backend.entitlement.PaymentFact.Witnessed;
import org.sessionpro.protocol.PaymentProvider;

class ContinuationTest {
  private static final Binding ALICES = Binding.apple(new UUID(1, 1));
  private static final Binding BOBS = Binding.apple(new UUID(2, 2));

  private final Continuation rule = new Continuation(RenewalAllowance.DEFAULT);

  private static RegisteredPayment renewal(PaymentProvider provider, Instant purchased) {
    return new RegisteredPayment(
        new PaymentId(9),
        Payment.of(new PaymentKey(provider, "A", "9"), Payments.witnessed(purchased)));
  }

  private static RegisteredPayment apple(boolean renewing, boolean retry) {
    return Payments.payment(
        1,
        new PaymentKey(PaymentProvider.APP_STORE, "A", "1"),
        T.minus(Duration.ofDays(30)),
        new TermsStated(T, null, renewing, retry, T, true));
  }

  private Optional<AccountId> owner(RegisteredPayment cycle, List<RegisteredPayment> subscription) {
    return owner(cycle, subscription, List.of());
  }

  private Optional<AccountId> owner(
      RegisteredPayment cycle, List<RegisteredPayment> subscription, List<PaymentFact> facts) {
    return owner(cycle, subscription, new ToldPast(_ -> facts));
  }

  private Optional<AccountId> owner(
      RegisteredPayment cycle, List<RegisteredPayment> subscription, Continuation.Past past) {
    return rule.owner(cycle, subscription, past, _ -> new Binding.OwnerIds(List.of(ALICES)));
  }

  /// A cycle of the App Store that began at `purchased`, as the store says.
  private static RegisteredPayment began(
      Began began, @Nullable Binding binding, Instant purchased) {
    return new RegisteredPayment(
        new PaymentId(9),
        Payment.of(
            new PaymentKey(PaymentProvider.APP_STORE, "A", "9"),
            new Witnessed(
                Payments.witnessed(purchased).product(),
                purchased,
                binding,
                true,
                purchased,
                Source.STORE,
                null,
                began)));
  }

  @Test
  void anAppStoreRenewalWithinTheAllowanceGoesToTheOwner() {
    Instant last = T.plusSeconds(3_600);

    assertThat(owner(renewal(PaymentProvider.APP_STORE, last), List.of(apple(true, false))))
        .contains(OWNER);
  }

  @Test
  void anAppStoreRenewalOneSecondBeyondTheAllowanceWaits() {
    Instant late = T.plusSeconds(3_601);

    assertThat(owner(renewal(PaymentProvider.APP_STORE, late), List.of(apple(true, false))))
        .isEmpty();
  }

  @Test
  void billingRetryHoldsTheSubscriptionForSixtyDays() {
    Instant last = T.plus(Duration.ofDays(60));

    assertThat(owner(renewal(PaymentProvider.APP_STORE, last), List.of(apple(true, true))))
        .contains(OWNER);
    assertThat(
            owner(
                renewal(PaymentProvider.APP_STORE, last.plusSeconds(1)),
                List.of(apple(true, true))))
        .isEmpty();
  }

  @Test
  void aRenewalContinuesTheUpgradeAndNotWhatWasChargedAheadBeforeIt() {
    RegisteredPayment ahead =
        Payments.payment(
            1,
            new PaymentKey(PaymentProvider.APP_STORE, "A", "1"),
            T,
            new TermsStated(day(30), null, false, null, T, true),
            new Revoked(T.minusSeconds(60), RevokedFor.SUPERSEDED, false));
    RegisteredPayment year =
        Payments.payment(
            2,
            new PaymentKey(PaymentProvider.APP_STORE, "A", "2"),
            T.minusSeconds(60),
            new TermsStated(day(365), null, true, null, T, true));

    assertThat(owner(began(Began.RENEWAL, null, day(365)), List.of(ahead, year))).contains(OWNER);
  }

  @Test
  void whatTheStoreCallsARenewalContinuesForSixtyDaysWhateverWasStated() {
    Instant last = T.plus(Duration.ofDays(60));
    List<RegisteredPayment> cancelled = List.of(apple(false, false));

    assertThat(owner(began(Began.RENEWAL, BOBS, last), cancelled)).contains(OWNER);
    assertThat(owner(began(Began.RENEWAL, null, last.plusSeconds(1)), cancelled)).isEmpty();
  }

  @Test
  void aPurchaseOfAnotherKeyContinuesNothing() {
    assertThat(owner(began(Began.PURCHASE, BOBS, T), List.of(apple(true, false)))).isEmpty();
    assertThat(owner(began(Began.PURCHASE, ALICES, T), List.of(apple(true, false))))
        .contains(OWNER);
    assertThat(owner(began(Began.PURCHASE, null, T), List.of(apple(true, false)))).contains(OWNER);
  }

  @Test
  void billingRetryIsReadAsItWasWhenTheCycleWasBought() {
    TermsStated retrying = new TermsStated(null, null, true, true, T, true);
    Instant bought = T.plus(Duration.ofDays(9));
    TermsStated ended = new TermsStated(null, null, false, false, bought, true);

    assertThat(
            owner(
                began(Began.PURCHASE, null, bought),
                List.of(apple(false, false)),
                List.of(retrying, ended)))
        .contains(OWNER);
  }

  @Test
  void aCycleThatWasNotToRenewIsContinuedOnlyUpToItsEnd() {
    RegisteredPayment cancelled = cycle(1, "A", T.minus(Duration.ofDays(30)), T, false);

    assertThat(owner(renewal(PaymentProvider.GOOGLE_PLAY, T), List.of(cancelled))).contains(OWNER);
    assertThat(owner(renewal(PaymentProvider.GOOGLE_PLAY, T.plusSeconds(1)), List.of(cancelled)))
        .isEmpty();
  }

  @Test
  void theNewestBoundCycleBeforeItDecides() {
    RegisteredPayment old = cycle(1, "A", day(-400), day(-370), false);
    RegisteredPayment newest = cycle(2, "A", day(-30), T, true);

    assertThat(owner(renewal(PaymentProvider.GOOGLE_PLAY, day(5)), List.of(old, newest)))
        .contains(OWNER);
  }

  @Test
  void aCycleBoughtBeforeEveryBoundOneWaits() {
    assertThat(
            owner(
                renewal(PaymentProvider.GOOGLE_PLAY, day(-40)),
                List.of(cycle(1, "A", day(-30), T, true))))
        .isEmpty();
  }

  @Test
  void whatIsNobodysToClaimIsNotContinued() {
    List<RegisteredPayment> before = List.of(cycle(1, "A", day(-30), T, true));
    Witnessed shared = Payments.witnessed(T);
    RegisteredPayment familyShared =
        new RegisteredPayment(
            new PaymentId(9),
            Payment.of(
                new PaymentKey(PaymentProvider.GOOGLE_PLAY, "A", "9"),
                new Witnessed(
                    shared.product(),
                    shared.purchasedAt(),
                    null,
                    false,
                    shared.refundDeadline(),
                    shared.source(),
                    null)));

    assertThat(owner(familyShared, before)).isEmpty();
  }

  @Test
  void theFlagIsReadAsItWasWhenTheCycleWasBought() {
    Instant bought = T.plusSeconds(3_000);
    TermsStated renewing = new TermsStated(T, null, true, null, day(-30), true);
    TermsStated succeeded = new TermsStated(null, null, false, null, bought, true);
    RegisteredPayment previous = apple(false, false);

    assertThat(
            owner(
                renewal(PaymentProvider.APP_STORE, bought),
                List.of(previous),
                List.of(renewing, succeeded)))
        .contains(OWNER);
  }

  @Test
  void aCancellationBeforeThePurchaseCountsHoweverOftenItIsRepeated() {
    Instant bought = T.plusSeconds(3_000);
    TermsStated renewing = new TermsStated(T, null, true, null, day(-30), true);
    TermsStated cancelled = new TermsStated(null, null, false, null, day(-10), true);
    TermsStated repeated = new TermsStated(null, null, false, null, bought, true);

    assertThat(
            owner(
                renewal(PaymentProvider.APP_STORE, bought),
                List.of(apple(false, false)),
                List.of(renewing, cancelled, repeated)))
        .isEmpty();
  }

  @Test
  void anUpgradeDoesNotEndTheFlagBeforeItself() {
    Instant bought = T.plusSeconds(3_000);
    RegisteredPayment superseded =
        apple(true, false).apply(new Revoked(bought, RevokedFor.SUPERSEDED, false));
    RegisteredPayment refunded =
        apple(true, false).apply(new Revoked(bought.minusSeconds(1), RevokedFor.REFUND, false));

    assertThat(owner(renewal(PaymentProvider.APP_STORE, bought), List.of(superseded)))
        .contains(OWNER);
    assertThat(owner(renewal(PaymentProvider.APP_STORE, bought), List.of(refunded))).isEmpty();
  }

  @Test
  void aRenewalIsContinuedWithoutALookAtWhatWasSaidBefore() {
    Continuation.Past unread =
        new ToldPast(_ -> {
          throw new AssertionError("nothing depends on it");
        });

    assertThat(owner(began(Began.RENEWAL, null, T), List.of(apple(true, false)), unread))
        .contains(OWNER);
  }
}
