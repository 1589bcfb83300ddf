package org.sessionpro.backend.inbox;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Why an item fails.
///
/// @param parking null if it is tried again
record Reason(Cause cause, @Nullable Parking parking) {
  /// That an item is given up.
  ///
  /// @param by the build that does so
  record Parking(String by, Instant at) {}
}
