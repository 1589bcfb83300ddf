package org.sessionpro.backend.scenario;

import java.security.SecureRandom;
import org.sessionpro.backend.RunningBackend;
import org.sessionpro.backend.config.DatabaseUrl;
import org.sessionpro.backend.db.Database;
import org.sessionpro.backend.db.Databases;
import org.sessionpro.backend.entitlement.Draws;
import org.sessionpro.backend.inbox.Inbox;
import org.sessionpro.backend.inbox.InboxRules;
import org.sessionpro.backend.ledger.Ledger;
import org.sessionpro.backend.ledger.PaymentLog;
import org.sessionpro.backend.ledger.Rules;
import org.sessionpro.backend.telemetry.IdentifierMask;

/// A database with the rooms that keep their tables in it.
///
/// @param mask of everything that is logged
record Ledgers(Database database, Ledger ledger, Inbox inbox, IdentifierMask mask)
    implements AutoCloseable {
  private static final SecureRandom RANDOM = new SecureRandom();

  /// As many failures as `google-play.md` §3 says.
  private static final int MAX_ATTEMPTS = 36;

  Ledgers(DatabaseUrl url) {
    this(Databases.open(url), IdentifierMask.withFreshKey(RunningBackend.CRYPTO, RANDOM));
  }

  private Ledgers(Database database, IdentifierMask mask) {
    this(
        database,
        new Ledger(
            database,
            Rules.of(Books.ALLOWANCE, Draws.from(RANDOM))
                .watchedBy(Inbox::ownerFound)
                .toldTo(PaymentLog.masked(mask))),
        new Inbox(database, RANDOM, new InboxRules(MAX_ATTEMPTS, "test")),
        mask);
  }

  @Override
  public void close() {
    ledger.close();
  }
}
