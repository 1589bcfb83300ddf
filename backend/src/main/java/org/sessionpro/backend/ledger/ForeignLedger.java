package org.sessionpro.backend.ledger;

import org.sessionpro.backend.config.AppleSettings.BundleId;
import org.sessionpro.backend.config.AppleSettings.Environment;
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
    super(ofApp(owner.value(), given.value(), "package_name"));
  }

  ForeignLedger(BundleId owner, BundleId given) {
    super(ofApp(owner.value(), given.value(), "bundle_id"));
  }

  private ForeignLedger(String message) {
    super(message);
  }

  static ForeignLedger ofEnvironment(String owner, Environment given) {
    return new ForeignLedger(
        "this ledger holds purchases from the environment "
            + owner
            + " of the App Store, but the server was given "
            + given.text()
            + ": start it with the environment of the ledger, or with another ledger");
  }

  private static String ofApp(String owner, String given, String setting) {
    return "this ledger holds the purchases of the app "
        + owner
        + ", but the server was given "
        + given
        + ": start it with the "
        + setting
        + " of the ledger, or with another ledger";
  }
}
