package org.sessionpro.backend.takeover;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// What an account comes to.
///
/// @param term end of what is paid
/// @param coverage end of service
/// @param refundRequested of the payment that carries the coverage; null for none
record Standing(
    Instant term, Instant coverage, boolean renewing, @Nullable Instant refundRequested) {
  /// Nothing was ever bought.
  static final Standing NOTHING = new Standing(Instant.EPOCH, Instant.EPOCH, false, null);
}
