package org.sessionpro.backend.ledger;

import org.sessionpro.backend.config.GoogleSettings.PackageName;
import org.sessionpro.protocol.BackendKey;

/// The ledger belongs to another signing key, whose proofs are in circulation and would not verify for
/// the clients of this one, or holds the purchases of another app.
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

  ForeignLedger(PackageName owner, PackageName given) {
    super(
        "this ledger holds the purchases of the app "
            + owner.value()
            + ", but the server was given "
            + given.value()
            + ": start it with the package_name of the ledger, or with another ledger");
  }
}
