package org.sessionpro.backend.inbox;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.sessionpro.backend.entitlement.SubscriptionKey;

/// A reason to look at something: makes the item if there is none, else says that there is news.
///
/// @param subscription what the item is about, so that its owner can be told of trouble; null if
///     unknown
/// @param eventAt the store's instant of the news; null if our own clock is the reason
public record Owed(
    WorkItem item, @Nullable SubscriptionKey subscription, @Nullable Instant eventAt) {

  /// What a store announced.
  public static Owed announced(WorkItem item, Instant eventAt) {
    return new Owed(item, item.subscription(), eventAt);
  }

  /// What nobody announced.
  public static Owed unannounced(WorkItem item) {
    return new Owed(item, item.subscription(), null);
  }
}
