package org.sessionpro.backend.inbox;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// How patient the inbox is.
///
/// @param maxAttempts failures after which an item is parked, at least 1; 36 are about a week
/// @param build the program's own version: another one may understand what this one does not
public record InboxRules(int maxAttempts, String build) {
  /// Longest that one call to a store may take.
  public static final Duration CALL_LIMIT = Duration.ofSeconds(15);

  /// Calls that an item needs between two renewals of its lease.
  private static final int CALLS = 2;

  /// How long an item stays with whoever claimed it: twice the time that it may need, 60 s.
  public static final Duration LEASE = CALL_LIMIT.multipliedBy(2L * CALLS);

  private static final int NOT_FOUND_RUN = 5;
  private static final int REJECTED_RUN = 3;

  public InboxRules {
    if (maxAttempts < 1) {
      throw new IllegalArgumentException("an item is tried at least once");
    }
  }

  /// Why an item is given up after a failure; empty if it is tried again.
  ///
  /// @param failures with the last one
  /// @param inTheEnd why after too many; null for [ParkReason#EXHAUSTED]
  Optional<Cause> parks(WorkKind kind, Claim.Failures failures, @Nullable Cause inTheEnd) {
    if (!kind.isParkedByFailures()) {
      return Optional.empty();
    }
    if (failures.last() == ErrorClass.NOT_FOUND && failures.run() >= NOT_FOUND_RUN) {
      return Optional.of(Cause.of(ParkReason.NOT_FOUND));
    }
    if (failures.last() == ErrorClass.REJECTED && failures.run() >= REJECTED_RUN) {
      return Optional.of(Cause.of(ParkReason.REJECTED));
    }
    if (failures.attempts() < maxAttempts) {
      return Optional.empty();
    }
    return Optional.of(inTheEnd == null ? Cause.of(ParkReason.EXHAUSTED) : inTheEnd);
  }
}
