package org.sessionpro.backend.entitlement;

import org.sessionpro.protocol.PaymentProvider;
import org.sessionpro.protocol.PurchaseToken;

/// The store's identity of a subscription with all its cycles, or of a one-time purchase
/// ([PaymentKey] tells which id that is). It links a person to a purchase, so it is never printed.
///
/// @param value never empty
public record SubscriptionKey(PaymentProvider provider, String value) {
  public SubscriptionKey {
    if (value.isEmpty()) {
      throw new IllegalArgumentException("a subscription has a name");
    }
  }

  public static SubscriptionKey google(PurchaseToken token) {
    return new SubscriptionKey(PaymentProvider.GOOGLE_PLAY, token.value());
  }

  @Override
  public String toString() {
    return "SubscriptionKey(" + provider.code() + ", hidden)";
  }
}
