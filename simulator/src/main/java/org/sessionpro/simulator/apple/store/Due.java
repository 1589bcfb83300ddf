package org.sessionpro.simulator.apple.store;

import java.time.Instant;
import java.util.Optional;
import org.sessionpro.simulator.apple.store.Phase.Active;
import org.sessionpro.simulator.apple.store.Phase.Expired;
import org.sessionpro.simulator.apple.store.Phase.Grace;
import org.sessionpro.simulator.apple.store.Phase.Once;
import org.sessionpro.simulator.apple.store.Phase.Retry;
import org.sessionpro.simulator.apple.store.Phase.Revoked;
import org.sessionpro.simulator.apple.store.Renewal.Price;

/// What time alone will do to a subscription next.
record Due(Instant at, What what) {
  enum What {
    /// Charge for the next cycle.
    RENEW,
    /// Suspend access after the grace.
    END_GRACE,
    /// Stop trying to charge.
    GIVE_UP,
    /// End what will not renew.
    EXPIRE
  }

  /// Empty if it stays as it is.
  static Optional<Due> of(Subscription subscription) {
    return switch (subscription.phase()) {
      case Active _ -> Optional.of(atTheEndOfACycle(subscription));
      case Grace grace -> Optional.of(new Due(grace.until(), What.END_GRACE));
      case Retry retry -> Optional.of(new Due(retry.until(), What.GIVE_UP));
      case Expired _, Revoked _, Once _ -> Optional.empty();
    };
  }

  private static Due atTheEndOfACycle(Subscription subscription) {
    Instant end = subscription.counting().end();
    Renewal renewal = subscription.renewal();
    if (!renewal.on() || renewal.price() == Price.PENDING) {
      return new Due(end, What.EXPIRE);
    }
    return new Due(
        renewal.charge().declines() ? end : end.minus(renewal.charge().lead()), What.RENEW);
  }
}
