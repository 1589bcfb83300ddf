package org.sessionpro.backend.entitlement;

import org.sessionpro.protocol.PaymentProvider;

/// The store's identity of one billing cycle (`decisions-stores.md` §1, cycle identity).
///
/// | provider | subscription | cycle |
/// |---|---|---|
/// | `google_play` | purchase token | order id |
/// | `app_store` | original transaction id | `w:` line item id, else `t:` transaction id |
/// | `stf` | order id | empty |
///
/// Both parts link a person to a purchase, so neither is printed.
///
/// @param subscription shared by all cycles of one subscription; never empty
/// @param cycle distinguishes the cycles of one subscription
public record PaymentKey(PaymentProvider provider, String subscription, String cycle) {
  public PaymentKey {
    if (subscription.isEmpty()) {
      throw new IllegalArgumentException("a payment belongs to a subscription");
    }
  }

  public static PaymentKey google(String purchaseToken, String orderId) {
    return new PaymentKey(PaymentProvider.GOOGLE_PLAY, purchaseToken, orderId);
  }

  /// The cycle of an App Store line item.
  public static PaymentKey appleLineItem(String originalTransactionId, String lineItemId) {
    return new PaymentKey(PaymentProvider.APP_STORE, originalTransactionId, "w:" + lineItemId);
  }

  /// The cycle of an App Store transaction that states no line item.
  public static PaymentKey appleTransaction(String originalTransactionId, String transactionId) {
    return new PaymentKey(PaymentProvider.APP_STORE, originalTransactionId, "t:" + transactionId);
  }

  public static PaymentKey voucher(String orderId) {
    return new PaymentKey(PaymentProvider.STF, orderId, "");
  }

  /// Whether both are cycles of one subscription.
  public boolean sameSubscription(PaymentKey that) {
    return provider == that.provider && subscription.equals(that.subscription);
  }

  @Override
  public String toString() {
    return "PaymentKey(" + provider.code() + ", hidden)";
  }
}
