package org.sessionpro.backend.inbox;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Work as the service before this one left it.
///
/// @param attempts failures so far, at least 0; more than five are trouble that the owner is told of
/// @param eligibleAt when it is looked at
/// @param error the last failure in words; null if there was none
/// @param parkedAt since when it is given up; null if it is not
public record InheritedWork(
    Owed owed,
    int attempts,
    Instant eligibleAt,
    @Nullable String error,
    @Nullable Instant parkedAt) {

  /// Something that nobody has tried yet.
  public static InheritedWork due(Owed owed, Instant at) {
    return new InheritedWork(owed, 0, at, null, null);
  }

  /// Something that failed that often; nobody knows why.
  public static InheritedWork failing(Owed owed, int attempts, Instant at) {
    return new InheritedWork(owed, attempts, at, null, null);
  }

  /// Of two of one name the more urgent word of each kind.
  InheritedWork and(InheritedWork later) {
    Lane lane = owed.lane() == Lane.SWEPT ? later.owed.lane() : owed.lane();
    return new InheritedWork(
        new Owed(owed.item(), owed.subscription(), owed.eventAt(), owed.dueAt(), lane),
        Math.max(attempts, later.attempts),
        eligibleAt.isBefore(later.eligibleAt) ? eligibleAt : later.eligibleAt,
        later.error == null ? error : later.error,
        later.parkedAt == null ? parkedAt : later.parkedAt);
  }
}
