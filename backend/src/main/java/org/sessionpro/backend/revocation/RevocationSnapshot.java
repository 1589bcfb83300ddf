package org.sessionpro.backend.revocation;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.sessionpro.backend.ledger.RevokedTag;
import org.sessionpro.protocol.Ticket;

/// The revocation list and its ticket as they stood together at one moment.
///
/// A new object is made whenever anything in it changes, so that whatever is rendered from one may
/// be kept for as long as the object is.
///
/// @param entries in no particular order
/// @param nextExpiry when the first entry leaves the list; [Instant#MAX] if there is none
public record RevocationSnapshot(Ticket ticket, List<RevokedTag> entries, Instant nextExpiry) {
  /// How long an entry stays listed; no proof lives longer (`wire-v1.md` §1).
  public static final Duration RETENTION = Duration.ofDays(31);

  public RevocationSnapshot {
    entries = List.copyOf(entries);
  }

  static RevocationSnapshot of(Ticket ticket, List<RevokedTag> entries) {
    Instant next =
        entries.stream()
            .map(entry -> entry.recordedAt().plus(RETENTION))
            .min(Instant::compareTo)
            .orElse(Instant.MAX);
    return new RevocationSnapshot(ticket, entries, next);
  }
}
