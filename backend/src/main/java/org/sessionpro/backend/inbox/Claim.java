package org.sessionpro.backend.inbox;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// The right to work on an item for a while; from [Inbox#claim].
///
/// @param token of the lease: nobody else has it, ever
/// @param revision what was news when the item was claimed
/// @param oneTry why it is parked again if it fails once more; null if it was not parked
/// @param until when the lease ends
public record Claim(
    WorkItem item,
    long token,
    long revision,
    Failures failures,
    @Nullable Cause oneTry,
    Seen seen,
    Instant until) {

  /// What went wrong so far.
  ///
  /// @param attempts failures in all
  /// @param last the kind of the last one; null if there was none
  /// @param run failures of that kind in a row
  public record Failures(int attempts, @Nullable ErrorClass last, int run) {
    /// As they are after one more.
    Failures and(ErrorClass kind) {
      return new Failures(attempts + 1, kind, kind == last ? run + 1 : 1);
    }
  }

  /// When the item was heard of.
  ///
  /// @param firstAt when it came into being, by our clock
  /// @param hintAt the store's earliest instant of all news since then; null if there was none
  /// @param lane who waits for it
  public record Seen(Instant firstAt, @Nullable Instant hintAt, Lane lane) {}

  /// The same claim with another end.
  Claim until(Instant later) {
    return new Claim(item, token, revision, failures, oneTry, seen, later);
  }
}
