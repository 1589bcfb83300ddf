package org.sessionpro.backend.inbox;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Why an item is parked, or would be.
///
/// @param detail what the reason is about, for [ParkReason.Cure#MAP] the id that is not mapped; null
///     for nothing
/// @param dueAt when something happens by itself if nobody does anything; null if nothing does
public record Cause(ParkReason reason, @Nullable String detail, @Nullable Instant dueAt) {
  public Cause(ParkReason reason, @Nullable String detail) {
    this(reason, detail, null);
  }

  /// A reason that is about nothing in particular.
  public static Cause of(ParkReason reason) {
    return new Cause(reason, null);
  }
}
