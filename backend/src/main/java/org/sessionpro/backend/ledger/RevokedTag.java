package org.sessionpro.backend.ledger;

import java.time.Instant;
import org.sessionpro.protocol.RevocationTag;

/// A revoked generation as the revocation list needs it.
///
/// @param recordedAt our clock when the revocation was recorded
public record RevokedTag(RevocationTag tag, Instant recordedAt) {}
