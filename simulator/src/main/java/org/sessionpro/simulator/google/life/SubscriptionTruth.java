package org.sessionpro.simulator.google.life;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.sessionpro.protocol.PurchaseToken;

/// What is true of one purchase token.
///
/// @param owner the obfuscated account id of whoever it belongs to, by the order of sources of
///     `google-play.md` §4.3; null if it belongs to nobody, so that no server may keep a row
/// @param cycles all that were paid, oldest first
/// @param renewing whether Play will charge again
/// @param grace behind the newest cycle; null if there is none
/// @param acknowledged whether Play was told
/// @param upToDate whether the present state has been shown to a server
public record SubscriptionTruth(
    PurchaseToken token,
    @Nullable String owner,
    List<CycleTruth> cycles,
    boolean renewing,
    @Nullable Duration grace,
    boolean acknowledged,
    boolean upToDate) {
  public SubscriptionTruth {
    cycles = List.copyOf(cycles);
  }

  /// The cycle that counts: the newest one, but not one that was taken back before it began
  /// (`decisions.md` §5).
  public Optional<CycleTruth> counting() {
    return cycles.reversed().stream()
        .filter(
            cycle -> cycle.revokedAt() == null || cycle.revokedAt().isAfter(cycle.purchasedAt()))
        .findFirst();
  }

  /// Until when it covers its owner; empty if nothing was paid.
  ///
  /// @param allowance the server's own, past a term that renews
  public Optional<Instant> coverageEnd(Duration allowance) {
    return counting()
        .map(cycle ->
            renewing && cycle.revokedAt() == null
                ? cycle.expiry().plus(grace == null ? Duration.ZERO : grace).plus(allowance)
                : cycle.termEnd());
  }
}
