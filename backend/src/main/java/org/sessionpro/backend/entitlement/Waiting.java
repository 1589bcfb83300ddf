package org.sessionpro.backend.entitlement;

import org.sessionpro.protocol.PaymentProvider;

/// A payment that has no owner, and what it waits for.
public record Waiting(RegisteredPayment payment, WaitsFor what) {

  /// What binds a payment (`entitlement.md` §4). Never says whose it is.
  public enum WaitsFor {
    /// A request by the owner of the Google account id that the store stated.
    GOOGLE_ACCOUNT_ID,
    /// A request by the owner of the App Store's account token that the store stated.
    APP_ACCOUNT_TOKEN,
    /// The store stated no owner: somebody who names the payment, or the owner of the cycle before.
    SOMEBODY_WHO_NAMES_IT,
    /// It was revoked before anybody claimed it: nothing, unless the store reinstates it.
    REINSTATEMENT,
    /// It is shared with a family: nothing, ever.
    NOTHING
  }

  /// What a payment without owner waits for.
  public static Waiting of(RegisteredPayment payment) {
    return new Waiting(payment, waitsFor(payment.payment()));
  }

  private static WaitsFor waitsFor(Payment payment) {
    if (!payment.witnessed().claimable()) {
      return WaitsFor.NOTHING;
    }
    if (payment.revocation() != null) {
      return WaitsFor.REINSTATEMENT;
    }
    if (payment.witnessed().binding() == null) {
      return WaitsFor.SOMEBODY_WHO_NAMES_IT;
    }
    return payment.key().provider() == PaymentProvider.APP_STORE
        ? WaitsFor.APP_ACCOUNT_TOKEN
        : WaitsFor.GOOGLE_ACCOUNT_ID;
  }
}
