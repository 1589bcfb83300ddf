package org.sessionpro.simulator.script;

import org.sessionpro.protocol.OrderId;
import org.sessionpro.protocol.PurchaseToken;

/// A paid cycle under its store's names; what a server keeps a payment for.
public sealed interface StoreCycle {
  /// A cycle of Google Play.
  record OfGoogle(PurchaseToken token, OrderId order) implements StoreCycle {}
}
