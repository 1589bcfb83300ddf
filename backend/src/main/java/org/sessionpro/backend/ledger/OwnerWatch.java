package org.sessionpro.backend.ledger;

import java.time.Instant;
import org.sessionpro.backend.db.InTransaction;
import org.sessionpro.backend.entitlement.SubscriptionKey;

/// Says what else is written in a transaction in which something that nobody owned gets its owner.
@FunctionalInterface
public interface OwnerWatch {
  /// A payment of `purchase` has its owner now.
  ///
  /// @param now our clock
  /// @return what is written besides; nobody is told of the commit
  InTransaction found(SubscriptionKey purchase, Instant now);

  /// Writes nothing.
  static OwnerWatch none() {
    return (_, _) -> InTransaction.nothing();
  }
}
