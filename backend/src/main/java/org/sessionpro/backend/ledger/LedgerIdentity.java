package org.sessionpro.backend.ledger;

import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.sessionpro.protocol.BackendKey;

/// What a ledger is tied to: the `ledger_identity` table.
final class LedgerIdentity {
  private static final String SIGNING_KEY = "signing_key";

  private LedgerIdentity() {}

  /// Makes `key` the owner of a ledger that has none. The owner of two that come at once is the
  /// first.
  ///
  /// @throws ForeignLedger if another key is the owner
  static void claim(Handle handle, BackendKey key) {
    handle
        .createUpdate(
            """
            INSERT INTO ledger_identity (name, value) VALUES (:name, :value)
            ON CONFLICT (name) DO NOTHING
            """)
        .bind("name", SIGNING_KEY)
        .bind("value", key.hex())
        .execute();
    BackendKey owner = owner(handle).orElseThrow();
    if (!owner.equals(key)) {
      throw new ForeignLedger(owner, key);
    }
  }

  /// The key that signs this ledger's proofs; empty if no server ever ran on it.
  static Optional<BackendKey> owner(Handle handle) {
    return handle
        .createQuery("SELECT value FROM ledger_identity WHERE name = :name")
        .bind("name", SIGNING_KEY)
        .map((row, _) -> BackendKey.fromHex(row.getString("value")))
        .findOne();
  }
}
