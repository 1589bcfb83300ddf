package org.sessionpro.backend.ledger;

import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import org.sessionpro.backend.config.AppleSettings;
import org.sessionpro.backend.config.GoogleSettings.PackageName;
import org.sessionpro.protocol.BackendKey;

/// What a ledger is tied to from its beginning on: the key that signs its proofs, and the apps whose
/// purchases it holds (`decisions.md` §6, `decisions-stores.md` §2.3).
///
/// @param google null without Google Play
/// @param apple null without the App Store
public record LedgerTies(
    BackendKey key, @Nullable PackageName google, AppleSettings.@Nullable App apple) {

  /// Ties a ledger.
  ///
  /// @throws ForeignLedger if it is tied to anything else
  void claim(Handle handle) {
    LedgerIdentity.claim(handle, key);
    if (google != null) {
      LedgerIdentity.claim(handle, google);
    }
    if (apple != null) {
      LedgerIdentity.claim(handle, apple);
    }
  }

  /// Makes sure that a ledger may be tied so, and does not do it.
  ///
  /// @throws ForeignLedger if it is tied to anything else
  void require(Handle handle) {
    LedgerIdentity.require(handle, key);
    if (google != null) {
      LedgerIdentity.require(handle, google);
    }
    if (apple != null) {
      LedgerIdentity.require(handle, apple);
    }
  }
}
