package org.sessionpro.backend.ledger;

import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.sessionpro.backend.config.AppleSettings;
import org.sessionpro.backend.config.AppleSettings.BundleId;
import org.sessionpro.backend.config.GoogleSettings.PackageName;
import org.sessionpro.backend.db.Lookup;
import org.sessionpro.protocol.BackendKey;

/// What a ledger is tied to: the `ledger_identity` table.
final class LedgerIdentity {
  private static final String SIGNING_KEY = "signing_key";
  private static final String GOOGLE_APP = "google.package_name";
  private static final String APPLE_ENVIRONMENT = "apple.environment";
  private static final String APPLE_APP = "apple.bundle_id";

  private static final Lookup VALUE =
      new Lookup("SELECT value FROM ledger_identity WHERE name = ?");

  private static final Lookup STAMP =
      new Lookup(
          "INSERT INTO ledger_identity (name, value) VALUES (?, ?) ON CONFLICT (name) DO NOTHING");

  private LedgerIdentity() {}

  /// Makes `key` the owner of a ledger that has none. The owner of two that come at once is the
  /// first.
  ///
  /// @throws ForeignLedger if another key is the owner
  static void claim(Handle handle, BackendKey key) {
    stamp(handle, SIGNING_KEY, key.hex());
    require(handle, key);
  }

  /// @throws ForeignLedger if another key is the owner
  static void require(Handle handle, BackendKey key) {
    Optional<BackendKey> owner = owner(handle);
    if (owner.isPresent() && !owner.get().equals(key)) {
      throw new ForeignLedger(owner.get(), key);
    }
  }

  /// Makes another key the owner.
  ///
  /// @return false if `from` is not the owner; then nothing changes
  static boolean replace(Handle handle, BackendKey from, BackendKey to) {
    return handle
            .createUpdate(
                "UPDATE ledger_identity SET value = :to WHERE name = :name AND value = :from")
            .bind("name", SIGNING_KEY)
            .bind("from", from.hex())
            .bind("to", to.hex())
            .execute()
        == 1;
  }

  /// Makes `app` the one whose purchases this ledger holds, unless there is one.
  ///
  /// @throws ForeignLedger if it holds those of another one
  static void claim(Handle handle, PackageName app) {
    stamp(handle, GOOGLE_APP, app.value());
    require(handle, app);
  }

  /// @throws ForeignLedger if this ledger holds the purchases of another app of Google Play
  static void require(Handle handle, PackageName app) {
    Optional<PackageName> owner = value(handle, GOOGLE_APP).map(PackageName::new);
    if (owner.isPresent() && !owner.get().equals(app)) {
      throw new ForeignLedger(owner.get(), app);
    }
  }

  /// Makes `app`, in its environment, the one whose purchases this ledger holds, unless there is one.
  ///
  /// @throws ForeignLedger if it holds those of another one, or of the other environment
  static void claim(Handle handle, AppleSettings.App app) {
    stamp(handle, APPLE_ENVIRONMENT, app.environment().text());
    stamp(handle, APPLE_APP, app.bundle().value());
    require(handle, app);
  }

  /// @throws ForeignLedger if this ledger holds the purchases of another app of the App Store, or of the
  ///     other environment
  static void require(Handle handle, AppleSettings.App app) {
    Optional<String> environment = value(handle, APPLE_ENVIRONMENT);
    if (environment.isPresent() && !environment.get().equals(app.environment().text())) {
      throw ForeignLedger.ofEnvironment(environment.get(), app.environment());
    }
    Optional<BundleId> owner = value(handle, APPLE_APP).map(BundleId::new);
    if (owner.isPresent() && !owner.get().equals(app.bundle())) {
      throw new ForeignLedger(owner.get(), app.bundle());
    }
  }

  private static void stamp(Handle handle, String name, String value) {
    var _ = STAMP.change(handle, name, value);
  }

  /// The key that signs this ledger's proofs; empty if no server ever ran on it.
  static Optional<BackendKey> owner(Handle handle) {
    return value(handle, SIGNING_KEY).map(BackendKey::fromHex);
  }

  private static Optional<String> value(Handle handle, String name) {
    return VALUE.first(handle, row -> row.getString(1), name);
  }
}
