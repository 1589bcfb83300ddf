package org.sessionpro.backend.entitlement;

import org.sessionpro.protocol.OrderId;
import org.sessionpro.protocol.PurchaseToken;
import org.sessionpro.protocol.StoreId;
import org.sessionpro.protocol.TransactionId;

/// How a client names a payment: by ids that its store gave to the buyer alone (`decisions.md` §2,
/// id names).
public sealed interface PaymentName {
  /// Whether a payment of that name can be known at all: names are never empty and hold no NUL,
  /// which one of the databases cannot even compare with.
  boolean isPossible();

  /// A cycle of Google Play: renewals share the token, so it takes both.
  record Google(PurchaseToken token, OrderId order) implements PaymentName {
    @Override
    public boolean isPossible() {
      return PaymentName.isPossible(token) && PaymentName.isPossible(order);
    }
  }

  /// A cycle of the App Store, by any transaction that stands for it.
  record Apple(TransactionId transaction) implements PaymentName {
    @Override
    public boolean isPossible() {
      return PaymentName.isPossible(transaction);
    }
  }

  private static boolean isPossible(StoreId id) {
    return !id.value().isEmpty() && id.value().indexOf('\0') < 0;
  }
}
