package org.sessionpro.simulator.apple.document;

/// How cycles are shown that another one took the place of, which is documented nowhere
/// (`app-store.md` §11, `decisions-stores.md` §8).
public enum UpgradeForm {
  /// As upgraded.
  MARKED,
  /// The same, and as revoked too: the rest of the money went back.
  REVOKED_TOO
}
