package org.sessionpro.backend.entitlement;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// How many proofs an account was given (`entitlement.md` §9.4).
///
/// @param total lifetime issues, never reset
/// @param window issues in the open window
/// @param pastExpiry those of the window asked for after the paid term; they are never limited
/// @param windowStart null if no window is open
public record ProofCounters(
    long total, long window, long pastExpiry, @Nullable Instant windowStart) {
  /// Length of a window, seven days.
  public static final Duration WINDOW = Duration.ofDays(7);

  /// No proof was ever issued.
  public static final ProofCounters NONE = new ProofCounters(0, 0, 0, null);

  /// The counters after one more issue at `ts`; empty if that would exceed the limit, in which
  /// case nothing is counted.
  ///
  /// @param expiry end of the account's paid term
  /// @param limit proofs a window; 0 means no limit
  public Optional<ProofCounters> issue(Instant ts, Instant expiry, long limit) {
    long late = ts.isAfter(expiry) ? 1 : 0;
    boolean opens = windowStart == null || !ts.isBefore(windowStart.plus(WINDOW));
    ProofCounters counted =
        opens
            ? new ProofCounters(total + 1, 1, late, ts)
            : new ProofCounters(total + 1, window + 1, pastExpiry + late, windowStart);
    boolean exceeds = limit > 0 && counted.window - counted.pastExpiry > limit;
    return exceeds ? Optional.empty() : Optional.of(counted);
  }

  /// The counters when a new generation is issued: the window closes, the total stays.
  public ProofCounters reset() {
    return new ProofCounters(total, 0, 0, null);
  }
}
