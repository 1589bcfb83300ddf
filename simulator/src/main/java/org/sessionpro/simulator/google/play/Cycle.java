package org.sessionpro.simulator.google.play;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.sessionpro.protocol.OrderId;
import org.sessionpro.simulator.google.catalogue.Sale;

/// One paid cycle of a subscription.
///
/// @param order that paid for it
/// @param chargedAt when
/// @param paidUntil end of the time paid for, as it stands now
/// @param grace time that Play granted behind it because the next charge was declined; null if it did
///     not have to
/// @param revokedAt when it was taken back; null while it stands
/// @param voidedAt when its order was refunded; null while it was not
public record Cycle(
    OrderId order,
    Sale sale,
    Instant chargedAt,
    Instant paidUntil,
    @Nullable Duration grace,
    @Nullable Instant revokedAt,
    @Nullable Instant voidedAt) {
  static Cycle paid(OrderId order, Sale sale, Instant chargedAt, Instant paidUntil) {
    return new Cycle(order, sale, chargedAt, paidUntil, null, null, null);
  }

  Cycle paidUntil(Instant instant) {
    return new Cycle(order, sale, chargedAt, instant, grace, revokedAt, voidedAt);
  }

  Cycle grace(@Nullable Duration granted) {
    return new Cycle(order, sale, chargedAt, paidUntil, granted, revokedAt, voidedAt);
  }

  Cycle revokedAt(Instant instant) {
    return new Cycle(order, sale, chargedAt, paidUntil, grace, instant, voidedAt);
  }

  /// An order is refunded once, however often it is taken back.
  Cycle firstVoidedAt(Instant instant) {
    return voidedAt == null ? voidedAt(instant) : this;
  }

  Cycle voidedAt(Instant instant) {
    return new Cycle(order, sale, chargedAt, paidUntil, grace, revokedAt, instant);
  }
}
