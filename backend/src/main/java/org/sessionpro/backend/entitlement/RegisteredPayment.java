package org.sessionpro.backend.entitlement;

import java.time.Instant;

/// A payment together with its registration number.
public record RegisteredPayment(PaymentId id, Payment payment) {
  /// The store's purchase instant of the cycle.
  public Instant purchasedAt() {
    return payment.witnessed().purchasedAt();
  }

  /// The same row with flag and grace of another: as it would have been before, had the store's
  /// present renewal statement been known then.
  RegisteredPayment withRenewalOf(RegisteredPayment other) {
    Payment.Terms own = payment.terms();
    Payment.Terms stated = other.payment.terms();
    Payment.Terms mixed =
        new Payment.Terms(
            own.expiry(),
            stated.grace(),
            stated.renewing(),
            stated.billingRetry(),
            stated.stated().withExpiry(own.stated().expiry()));
    return new RegisteredPayment(id, payment.with(mixed, payment.credit()));
  }

  /// The same row after one more fact.
  public RegisteredPayment apply(PaymentFact fact) {
    return new RegisteredPayment(id, payment.apply(fact));
  }
}
