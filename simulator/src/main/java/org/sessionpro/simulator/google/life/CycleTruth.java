package org.sessionpro.simulator.google.life;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.sessionpro.protocol.OrderId;
import org.sessionpro.simulator.google.catalogue.BasePlanId;

/// What is true of one paid cycle.
///
/// @param purchasedAt when it was charged
/// @param expiry end of the time paid for; of a replaced subscription the instant of the replacement
/// @param revokedAt when it was taken back; null while it stands
/// @param voidedAt when its order was refunded; null while it was not
/// @param firstShownAt when a server has seen it first as the latest cycle of its subscription; null
///     if none ever has, so that none can know of it
public record CycleTruth(
    OrderId order,
    BasePlanId plan,
    Instant purchasedAt,
    Instant expiry,
    @Nullable Instant revokedAt,
    @Nullable Instant voidedAt,
    @Nullable Instant firstShownAt) {
  /// Where its own term ends, clamped by a revocation (`entitlement.md` §6.2 step 3).
  public Instant termEnd() {
    return revokedAt != null && revokedAt.isBefore(expiry) ? revokedAt : expiry;
  }
}
