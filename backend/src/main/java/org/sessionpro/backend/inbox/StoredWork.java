package org.sessionpro.backend.inbox;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.sessionpro.backend.entitlement.SubscriptionKey;

/// An item as it is stored, for those who run the service.
///
/// @param subscription what it is about; null if unknown
/// @param error the last one in words; null if there was none
/// @param parked null if it is not parked
/// @param because why it is parked, or fails as far as somebody can mend that; null if nothing is known
/// @param oneTry whether it is parked again if it fails once more
/// @param message what the store sent; null if the item is no message
public record StoredWork(
    WorkItem item,
    @Nullable SubscriptionKey subscription,
    Times times,
    Claim.Failures failures,
    @Nullable String error,
    @Nullable Parked parked,
    @Nullable Cause because,
    boolean oneTry,
    @Nullable Received message) {

  /// Instants of an item.
  ///
  /// @param firstSeenAt when it came into being
  /// @param hintAt the store's earliest instant of all news; null if there was none
  /// @param triedAt when somebody last began to work on it; null for never
  /// @param nextAt before which nobody works on it
  /// @param leasedUntil until when somebody works on it; null if nobody does
  /// @param dueAt by when it must be done, or is of no use any more, or when its store refunds it; null
  ///     if nobody said, or the store keeps the money
  public record Times(
      Instant firstSeenAt,
      @Nullable Instant hintAt,
      @Nullable Instant triedAt,
      Instant nextAt,
      @Nullable Instant leasedUntil,
      @Nullable Instant dueAt) {}

  /// That it is parked.
  ///
  /// @param detail what the reason is about; null for nothing
  /// @param by the build that parked it
  public record Parked(ParkReason reason, @Nullable String detail, String by, Instant at) {}

  /// A message.
  ///
  /// @param kind the store's word for it
  /// @param size of its text, in bytes
  public record Received(String kind, Instant eventAt, Instant receivedAt, int size) {}
}
