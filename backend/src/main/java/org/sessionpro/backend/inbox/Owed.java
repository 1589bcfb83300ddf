package org.sessionpro.backend.inbox;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.sessionpro.backend.entitlement.SubscriptionKey;

/// A reason to look at something: makes the item if there is none, else says that there is news.
///
/// @param subscription what the item is about, so that its owner can be told of trouble; null if
///     unknown
/// @param eventAt the store's instant of the news, for an acknowledgement that of the purchase; null
///     if our own clock is the reason
/// @param dueAt by when it must be done, for its store does not wait any longer; null if it waits
/// @param lane who waits for it
public record Owed(
    WorkItem item,
    @Nullable SubscriptionKey subscription,
    @Nullable Instant eventAt,
    @Nullable Instant dueAt,
    Lane lane) {

  /// What a store announced.
  public static Owed announced(WorkItem item, Instant eventAt) {
    return new Owed(item, item.subscription(), eventAt, null, Lane.ANNOUNCED);
  }

  /// What a store waits for, since `eventAt` and until `dueAt`.
  public static Owed awaited(WorkItem item, Instant eventAt, Instant dueAt) {
    return new Owed(item, item.subscription(), eventAt, dueAt, Lane.ANNOUNCED);
  }

  /// What follows from something else, or somebody asked for.
  public static Owed unannounced(WorkItem item) {
    return new Owed(item, item.subscription(), null, null, Lane.ANNOUNCED);
  }

  /// What is looked at in case that something was missed.
  public static Owed swept(WorkItem item) {
    return new Owed(item, item.subscription(), null, null, Lane.SWEPT);
  }
}
