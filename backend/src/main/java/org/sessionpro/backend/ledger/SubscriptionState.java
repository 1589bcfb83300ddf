package org.sessionpro.backend.ledger;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.sessionpro.backend.entitlement.SubscriptionKey;

/// What a store last said of a subscription as a whole, beside its payments and facts. A cache:
/// nothing that anybody is entitled to follows from it, and no replay rebuilds it.
///
/// @param statedAt the instant of the newest statement that was understood; null if there was none
/// @param status the store's word for how it stands; null if it said none
/// @param nextProduct what it will consist of after the next renewal; null if that was not said
/// @param resumesAt end of a pause; null if it is not paused
/// @param historyRevision how far the store's history of it was read; null if it was not
/// @param linkedTo the subscription whose place it took; null for none
/// @param test whether a tester bought it
public record SubscriptionState(
    @Nullable Instant statedAt,
    @Nullable String status,
    @Nullable String nextProduct,
    @Nullable Instant resumesAt,
    @Nullable String historyRevision,
    @Nullable SubscriptionKey linkedTo,
    boolean test) {
  /// Nothing was said yet.
  public static final SubscriptionState NOTHING =
      new SubscriptionState(null, null, null, null, null, null, false);
}
