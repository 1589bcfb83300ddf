package org.sessionpro.backend.ledger;

import java.util.List;

/// The revocation list and its ticket as they stood together.
///
/// @param ticket at least 0; grows with every revocation
/// @param revoked in no particular order
public record RevocationState(long ticket, List<RevokedTag> revoked) {
  public RevocationState {
    revoked = List.copyOf(revoked);
  }
}
