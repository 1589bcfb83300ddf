package org.sessionpro.backend.ledger;

import org.sessionpro.protocol.BackendKey;

/// The ledger belongs to another signing key: proofs of that key are in circulation, and this one
/// would not verify for their clients.
public final class ForeignLedger extends RuntimeException {
  private static final long serialVersionUID = 1L;

  ForeignLedger(BackendKey owner, BackendKey given) {
    super(
        "this ledger's proofs are signed by "
            + owner.hex()
            + ", but the server was given the key "
            + given.hex()
            + ": start it with the key of the ledger, or with another ledger");
  }
}
