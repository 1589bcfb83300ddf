package org.sessionpro.backend.entitlement;

import org.sessionpro.protocol.OrderId;
import org.sessionpro.protocol.PaymentProvider;
import org.sessionpro.protocol.PurchaseToken;
import org.sessionpro.protocol.TransactionId;

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
  private static final String LINE_ITEM = "w:";
  private static final String TRANSACTION = "t:";

  public PaymentKey {
    if (subscription.isEmpty()) {
      throw new IllegalArgumentException("a payment belongs to a subscription");
    }
  }

  public static PaymentKey google(PurchaseToken token, OrderId order) {
    return new PaymentKey(PaymentProvider.GOOGLE_PLAY, token.value(), order.value());
  }

  /// The cycle of an App Store line item.
  public static PaymentKey appleLineItem(TransactionId original, OrderId lineItem) {
    return new PaymentKey(
        PaymentProvider.APP_STORE, original.value(), LINE_ITEM + lineItem.value());
  }

  /// The cycle of an App Store transaction that states no line item.
  public static PaymentKey appleTransaction(TransactionId original, TransactionId transaction) {
    return new PaymentKey(
        PaymentProvider.APP_STORE, original.value(), TRANSACTION + transaction.value());
  }

  public static PaymentKey voucher(OrderId order) {
    return new PaymentKey(PaymentProvider.STF, order.value(), "");
  }

  /// The line item of an App Store cycle; empty if the store stated none.
  public OrderId appleLineItem() {
    boolean stated = provider == PaymentProvider.APP_STORE && cycle.startsWith(LINE_ITEM);
    return new OrderId(stated ? cycle.substring(LINE_ITEM.length()) : "");
  }

  /// The subscription, or the one-time purchase, that this is a cycle of.
  public SubscriptionKey subscriptionKey() {
    return new SubscriptionKey(provider, subscription);
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
