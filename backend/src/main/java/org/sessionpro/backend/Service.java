package org.sessionpro.backend;

import org.sessionpro.backend.config.Settings;
import org.sessionpro.backend.proof.ProofIssuer;
import org.sessionpro.backend.proof.ProofLog;
import org.sessionpro.backend.proof.ProofPolicy;
import org.sessionpro.backend.revocation.Revocations;

/// What clients of both protocols are served from.
record Service(ProofIssuer issuer, Revocations revocations) {
  static Service of(Settings settings, Backend.Parts parts) {
    ProofPolicy policy =
        new ProofPolicy(parts.allowance(), settings.entitlement().maxProofsPerWindow());
    return new Service(
        new ProofIssuer(
            parts.ledger(),
            parts.keys().current(),
            parts.crypto(),
            policy,
            new ProofLog(parts.mask()),
            parts.clock()),
        new Revocations(parts.ledger(), parts.clock()));
  }
}
