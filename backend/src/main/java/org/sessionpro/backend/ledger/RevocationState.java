package org.sessionpro.backend.ledger;

import java.util.List;
import org.sessionpro.protocol.Ticket;

/// The revocation list and its ticket as they stood together.
///
/// @param revoked in the order of their tags
public record RevocationState(Ticket ticket, List<RevokedTag> revoked) {
  public RevocationState {
    revoked = List.copyOf(revoked);
  }
}
