package org.sessionpro.protocol.v1;

import org.sessionpro.protocol.PaymentProvider;

/// The name of a payment in answers; opaque to clients, shown to its owner only and therefore not
/// printed in clear (`wire-v1.md` §10.1).
///
/// | provider | text |
/// |---|---|
/// | `google_play` | purchase token, U+007C vertical bar, order id |
/// | `app_store` | the transaction id first witnessed for the billing cycle (`decisions.md` §3) |
/// | `stf` | order id |
public record PaymentId(PaymentProvider provider, String text) {
  public static PaymentId googlePlay(String purchaseToken, String orderId) {
    return new PaymentId(PaymentProvider.GOOGLE_PLAY, purchaseToken + '|' + orderId);
  }

  public static PaymentId appStore(String transactionId) {
    return new PaymentId(PaymentProvider.APP_STORE, transactionId);
  }

  public static PaymentId voucher(String orderId) {
    return new PaymentId(PaymentProvider.STF, orderId);
  }

  @Override
  public String toString() {
    return "PaymentId(" + provider + ", hidden)";
  }
}
