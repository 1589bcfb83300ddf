package org.sessionpro.backend.config;

import java.time.Duration;

/// How generous the service is.
///
/// @param renewalLatencyAllowance service past the end of a renewing term, 0…604 800 s, default
///     3 600 s (`operator-v1.md` §1.1)
/// @param maxProofsPerWindow proofs an account may draw in seven days, 0 = unlimited, the default
///     (`operator-v1.md` §1.1)
/// @param v0RepeatRevocationsMax longest revocation list that v0 repeats to a client whose ticket is
///     current, entries ≥ 0, default 1 000; 0 = never repeated (`decisions.md` §2)
public record EntitlementSettings(
    Duration renewalLatencyAllowance, int maxProofsPerWindow, int v0RepeatRevocationsMax) {
  static final Duration DEFAULT_ALLOWANCE = Duration.ofHours(1);
  static final Duration MAX_ALLOWANCE = Duration.ofDays(7);
  static final int DEFAULT_V0_REPEAT = 1_000;
}
