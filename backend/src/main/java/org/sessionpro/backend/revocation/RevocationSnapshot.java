package org.sessionpro.backend.revocation;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.sessionpro.backend.ledger.RevokedTag;
import org.sessionpro.protocol.Ticket;

/// The revocation list and its ticket as they stood together at one moment.
///
/// @param entries in the order of their tags, so that equal lists are rendered alike everywhere
/// @param nextExpiry when the first entry leaves the list; [Instant#MAX] if there is none
public record RevocationSnapshot(Ticket ticket, List<RevokedTag> entries, Instant nextExpiry) {
  /// How long an entry stays listed; no proof lives longer (`wire-v1.md` §1).
  public static final Duration RETENTION = Duration.ofDays(31);

  public RevocationSnapshot {
    entries = List.copyOf(entries);
  }

  /// The list of `ticket` with `entries`.
  public static RevocationSnapshot of(Ticket ticket, List<RevokedTag> entries) {
    Instant next =
        entries.stream()
            .map(RevocationSnapshot::expiry)
            .min(Instant::compareTo)
            .orElse(Instant.MAX);
    return new RevocationSnapshot(ticket, entries, next);
  }

  /// This list without what has run out by `now`; the ticket does not move for that
  /// (`wire-v1.md` §11).
  RevocationSnapshot at(Instant now) {
    if (now.isBefore(nextExpiry)) {
      return this;
    }
    return of(ticket, entries.stream().filter(entry -> now.isBefore(expiry(entry))).toList());
  }

  private static Instant expiry(RevokedTag entry) {
    return entry.recordedAt().plus(RETENTION);
  }

  /// Refuses proofs that could outlive the entry that revokes them (`entitlement.md` §9.2).
  ///
  /// @param longestProof upper bound of the life of a proof
  /// @throws IllegalStateException if an entry is listed for less than that
  static void requireToOutlast(Duration longestProof) {
    if (RETENTION.compareTo(longestProof) < 0) {
      throw new IllegalStateException(
          "a revocation is listed for " + RETENTION + ", but a proof may live for " + longestProof);
    }
  }
}
