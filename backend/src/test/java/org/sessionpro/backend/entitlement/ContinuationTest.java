package org.sessionpro.backend.entitlement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sessionpro.backend.entitlement.Payments.OWNER;
import static org.sessionpro.backend.entitlement.Payments.T;
import static org.sessionpro.backend.entitlement.Payments.cycle;
import static org.sessionpro.backend.entitlement.Payments.day;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.sessionpro.backend.entitlement.PaymentFact.Revoked;
import org.sessionpro.backend.entitlement.PaymentFact.RevokedFor;
import org.sessionpro.backend.entitlement.PaymentFact.TermsStated;
import org.sessionpro.backend.entitlement.PaymentFact.Witnessed;
import org.sessionpro.protocol.PaymentProvider;

class ContinuationTest {
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

  @Test
  void anAppStoreRenewalWithinTheAllowanceGoesToTheOwner() {
    Instant last = T.plusSeconds(3_600);

    assertThat(rule.owner(renewal(PaymentProvider.APP_STORE, last), List.of(apple(true, false))))
        .contains(OWNER);
  }

  @Test
  void anAppStoreRenewalOneSecondBeyondTheAllowanceWaits() {
    Instant late = T.plusSeconds(3_601);

    assertThat(rule.owner(renewal(PaymentProvider.APP_STORE, late), List.of(apple(true, false))))
        .isEmpty();
  }

  @Test
  void billingRetryHoldsTheSubscriptionForSixtyDays() {
    Instant last = T.plus(Duration.ofDays(60));

    assertThat(rule.owner(renewal(PaymentProvider.APP_STORE, last), List.of(apple(true, true))))
        .contains(OWNER);
    assertThat(
            rule.owner(
                renewal(PaymentProvider.APP_STORE, last.plusSeconds(1)),
                List.of(apple(true, true))))
        .isEmpty();
  }

  @Test
  void aCycleThatWasNotToRenewIsContinuedOnlyUpToItsEnd() {
    RegisteredPayment cancelled = cycle(1, "A", T.minus(Duration.ofDays(30)), T, false);

    assertThat(rule.owner(renewal(PaymentProvider.GOOGLE_PLAY, T), List.of(cancelled)))
        .contains(OWNER);
    assertThat(
            rule.owner(renewal(PaymentProvider.GOOGLE_PLAY, T.plusSeconds(1)), List.of(cancelled)))
        .isEmpty();
  }

  @Test
  void theNewestBoundCycleBeforeItDecides() {
    RegisteredPayment old = cycle(1, "A", day(-400), day(-370), false);
    RegisteredPayment newest = cycle(2, "A", day(-30), T, true);

    assertThat(rule.owner(renewal(PaymentProvider.GOOGLE_PLAY, day(5)), List.of(old, newest)))
        .contains(OWNER);
  }

  @Test
  void aCycleBoughtBeforeEveryBoundOneWaits() {
    assertThat(
            rule.owner(
                renewal(PaymentProvider.GOOGLE_PLAY, day(-40)),
                List.of(cycle(1, "A", day(-30), T, true))))
        .isEmpty();
  }

  @Test
  void whatIsRevokedOrNobodysToClaimIsNotContinued() {
    List<RegisteredPayment> before = List.of(cycle(1, "A", day(-30), T, true));
    RegisteredPayment revoked =
        renewal(PaymentProvider.GOOGLE_PLAY, T).apply(new Revoked(T, RevokedFor.REFUND, false));
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

    assertThat(rule.owner(revoked, before)).isEmpty();
    assertThat(rule.owner(familyShared, before)).isEmpty();
  }
}
