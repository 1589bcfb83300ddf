package org.sessionpro.backend.entitlement;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.sessionpro.protocol.RevocationTag;

/// One entitlement epoch of an account: all proofs that carry its tag live and die together
/// (`entitlement.md` §7.1).
///
/// @param ordinal 1 for the first of the account
/// @param tag random; the handle on the wire
/// @param revokedAt our clock; null while it stands, never changed once set
public record Generation(
    int ordinal, RevocationTag tag, Instant issuedAt, @Nullable Instant revokedAt) {

  /// A generation as it begins.
  public static Generation issued(AccountFact.GenerationIssued fact) {
    return new Generation(fact.ordinal(), fact.tag(), fact.at(), null);
  }

  public boolean isRevoked() {
    return revokedAt != null;
  }

  /// This generation after a revocation; unchanged if it names another or it already is revoked.
  public Generation revoked(AccountFact.GenerationRevoked fact) {
    return fact.ordinal() != ordinal || isRevoked()
        ? this
        : new Generation(ordinal, tag, issuedAt, fact.at());
  }
}
