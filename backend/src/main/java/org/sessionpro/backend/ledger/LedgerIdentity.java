package org.sessionpro.backend.ledger;

import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.sessionpro.protocol.BackendKey;

/// What a ledger is tied to: the `ledger_identity` table.
final class LedgerIdentity {
  private static final String SIGNING_KEY = "signing_key";

  private LedgerIdentity() {}

  static boolean isEmpty(Handle handle) {
    return handle
        .createQuery("SELECT NOT EXISTS (SELECT 1 FROM generations) AS is_empty")
        .map((row, _) -> row.getBoolean("is_empty"))
        .one();
  }

  /// Makes `key` the owner, unless proofs of another one are in circulation.
  static void claim(Handle handle, BackendKey key) {
    Optional<BackendKey> owner = owner(handle);
    if (owner.isPresent() && !owner.get().equals(key) && !isEmpty(handle)) {
      throw new ForeignLedger(owner.get(), key);
    }
    handle
        .createUpdate(
            """
            INSERT INTO ledger_identity (name, value) VALUES (:name, :value)
            ON CONFLICT (name) DO UPDATE SET value = excluded.value
            """)
        .bind("name", SIGNING_KEY)
        .bind("value", key.hex())
        .execute();
  }

  private static Optional<BackendKey> owner(Handle handle) {
    return handle
        .createQuery("SELECT value FROM ledger_identity WHERE name = :name")
        .bind("name", SIGNING_KEY)
        .map((row, _) -> BackendKey.fromHex(row.getString("value")))
        .findOne();
  }
}
