package org.sessionpro.backend.inbox;

import org.jspecify.annotations.Nullable;

/// Why an item is parked, or would be.
///
/// @param detail what the reason is about, for [ParkReason.Cure#MAP] the id that is not mapped; null
///     for nothing
public record Cause(ParkReason reason, @Nullable String detail) {
  /// A reason that is about nothing in particular.
  public static Cause of(ParkReason reason) {
    return new Cause(reason, null);
  }
}
