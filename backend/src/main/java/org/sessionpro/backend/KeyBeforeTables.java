package org.sessionpro.backend;

import java.util.Optional;
import java.util.function.Supplier;
import org.sessionpro.backend.config.DataDirectory;
import org.sessionpro.backend.config.DatabaseUrl;
import org.sessionpro.backend.config.Settings;
import org.sessionpro.backend.db.Database;
import org.sessionpro.backend.db.Databases;
import org.sessionpro.backend.db.SchemaState;
import org.sessionpro.backend.ledger.LedgerView;
import org.sessionpro.backend.proof.ServerKeys;
import org.sessionpro.protocol.crypto.Crypto;

/// Opens the database of a server in the order of `operator-v1.md` §3: the keys are read, and the ledger
/// is known to be theirs, before its tables are made or changed. A server that is to serve something else
/// leaves them as they are.
final class KeyBeforeTables {
  private KeyBeforeTables() {}

  /// Opens it, in a folder that is made if it is absent, and brings the tables up to date.
  ///
  /// @param crypto asked only if the tables are to be made or changed, and there is a key to read: to test
  ///     it takes as long as the rest
  /// @throws RuntimeException if that is impossible, or the keys forbid it
  static Database open(Settings settings, Supplier<Crypto> crypto) {
    DataDirectory.create(settings.storage().dataDirectory());
    return Databases.open(
        settings.storage().database(), schema -> requireKeys(settings, schema, crypto));
  }

  private static void requireKeys(Settings settings, SchemaState schema, Supplier<Crypto> crypto) {
    switch (schema.standing()) {
      case ABSENT -> {
        var _ = ServerKeys.existing(settings.keys(), true, crypto);
      }
      case OLDER -> requireKeysOf(settings.storage().database(), settings, crypto);
      case CURRENT, NEWER -> {
        // The tables stay as they are.
      }
    }
  }

  private static void requireKeysOf(DatabaseUrl url, Settings settings, Supplier<Crypto> crypto) {
    try (LedgerView ledger = LedgerView.open(url)) {
      Optional<ServerKeys> keys =
          ServerKeys.existing(settings.keys(), ledger.owner().isEmpty(), crypto);
      keys.map(it -> it.current().publicKey()).ifPresent(ledger::requireOwner);
    }
  }
}
