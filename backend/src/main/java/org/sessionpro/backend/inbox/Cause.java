package org.sessionpro.backend.inbox;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Why an item is parked, or would be.
///
/// @param detail what the reason is about, for [ParkReason.Cure#MAP] the id that is not mapped; null
///     for nothing
/// @param dueAt when something happens by itself if nobody does anything; null if nothing does
/// @param moneyKept whether the store keeps what its buyer paid, so that nothing happens by itself and
///     nobody but those who run the service can help
public record Cause(
    ParkReason reason, @Nullable String detail, @Nullable Instant dueAt, boolean moneyKept) {
  public Cause {
    if (moneyKept && dueAt != null) {
      throw new IllegalArgumentException("what the store keeps it does not give back by itself");
    }
  }

  public Cause(ParkReason reason, @Nullable String detail, @Nullable Instant dueAt) {
    this(reason, detail, dueAt, false);
  }

  public Cause(ParkReason reason, @Nullable String detail) {
    this(reason, detail, null);
  }

  /// A reason that is about nothing in particular.
  public static Cause of(ParkReason reason) {
    return new Cause(reason, null);
  }

  /// How loudly it is told.
  public ParkReason.Level level() {
    return moneyKept ? ParkReason.Level.CRITICAL : reason.level();
  }

  /// What a human can do, in a few words.
  public String remedy() {
    return moneyKept && reason == ParkReason.NO_OWNER
        ? "find the buyer or refund the order yourself, then drop it: the store keeps the money"
        : reason.remedy();
  }
}
