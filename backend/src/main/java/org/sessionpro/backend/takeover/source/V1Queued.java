package org.sessionpro.backend.takeover.source;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A row of `google_reconcile_queue` (`import-python.md` §3.7).
///
/// @param attempts that failed
/// @param error the last one; null for none
/// @param parkedAt null if it is not given up
public record V1Queued(
    String token,
    Instant eligibleAt,
    long attempts,
    @Nullable String error,
    @Nullable Instant parkedAt) {
  @Override
  public String toString() {
    return "V1Queued(hidden)";
  }
}
