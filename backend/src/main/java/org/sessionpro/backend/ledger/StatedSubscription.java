package org.sessionpro.backend.ledger;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.sessionpro.backend.entitlement.SubscriptionKey;

/// What a store last said of a subscription as a whole, for those who run the service.
///
/// @param reconciledAt when it was last compared with the store's record, by our clock; null if never
/// @param remarks in the order of [Remark]
public record StatedSubscription(
    SubscriptionKey key,
    SubscriptionState state,
    @Nullable Instant reconciledAt,
    List<Remarked> remarks) {
  public StatedSubscription {
    remarks = List.copyOf(remarks);
  }
}
