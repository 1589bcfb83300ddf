package org.sessionpro.simulator.apple.life;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.sessionpro.protocol.TransactionId;
import org.sessionpro.simulator.apple.store.Subscription.Ownership;

/// What is true of one original transaction.
///
/// @param ownership what is shared within a family belongs to no account
/// @param cycles all that were paid, oldest first
/// @param renewing whether the store will charge again; the flag of the newest cycle
/// @param grace behind the newest cycle; null if none was granted
/// @param renews false of what is bought once
public record SubscriptionTruth(
    TransactionId original,
    Ownership ownership,
    List<CycleTruth> cycles,
    boolean renewing,
    @Nullable Duration grace,
    boolean renews) {
  public SubscriptionTruth {
    cycles = List.copyOf(cycles);
  }

  /// The cycle that counts: the newest one that no other has taken the place of, and that was not taken
  /// back before it began (`decisions.md` §5); empty if there is none.
  public Optional<CycleTruth> counting() {
    return counting(_ -> true);
  }

  /// The same among the cycles of one account.
  ///
  /// @param owner its app account token
  public Optional<CycleTruth> counting(UUID owner) {
    return counting(cycle -> owner.equals(cycle.owner()));
  }

  private Optional<CycleTruth> counting(Predicate<CycleTruth> among) {
    return cycles.reversed().stream()
        .filter(cycle -> !cycle.isSuperseded() && !cycle.isVoid())
        .filter(among)
        .findFirst();
  }

  /// Until when it covers an account; empty if no cycle of it counts.
  ///
  /// @param owner its app account token
  /// @param allowance the server's own, past a term that renews
  public Optional<Instant> coverageEnd(UUID owner, Duration allowance) {
    return counting(owner).map(cycle -> coverageEnd(cycle, allowance));
  }

  private Instant coverageEnd(CycleTruth cycle, Duration allowance) {
    boolean goesOn = renewing && cycle.loss() == null && cycle.equals(cycles.getLast());
    return goesOn
        ? cycle.termEnd().plus(grace == null ? Duration.ZERO : grace).plus(allowance)
        : cycle.termEnd();
  }
}
