package org.sessionpro.simulator.script;

import org.jspecify.annotations.Nullable;
import org.sessionpro.protocol.OrderId;
import org.sessionpro.protocol.PurchaseToken;
import org.sessionpro.protocol.TransactionId;

/// A paid cycle under its store's names; what a server keeps a payment for.
public sealed interface StoreCycle {
  /// A cycle of Google Play.
  record OfGoogle(PurchaseToken token, OrderId order) implements StoreCycle {}

  /// A cycle of the App Store.
  ///
  /// @param original names the subscription
  /// @param transaction names the cycle, as it was first told
  /// @param lineItem names the payment; null of what does not renew
  record OfApple(TransactionId original, TransactionId transaction, @Nullable OrderId lineItem)
      implements StoreCycle {}
}
