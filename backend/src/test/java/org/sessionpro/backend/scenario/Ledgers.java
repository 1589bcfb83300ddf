package org.sessionpro.backend.scenario;

import java.security.SecureRandom;
import org.sessionpro.backend.config.DatabaseUrl;
import org.sessionpro.backend.db.Database;
import org.sessionpro.backend.db.Databases;
import org.sessionpro.backend.entitlement.Draws;
import org.sessionpro.backend.inbox.Inbox;
import org.sessionpro.backend.inbox.InboxRules;
import org.sessionpro.backend.ledger.Ledger;
import org.sessionpro.backend.ledger.Rules;

/// A database with the rooms that keep their tables in it.
record Ledgers(Database database, Ledger ledger, Inbox inbox) implements AutoCloseable {
  private static final SecureRandom RANDOM = new SecureRandom();

  /// As many failures as `google-play.md` §3 says.
  private static final int MAX_ATTEMPTS = 36;

  Ledgers(DatabaseUrl url) {
    this(Databases.open(url));
  }

  private Ledgers(Database database) {
    this(
        database,
        new Ledger(
            database, Rules.of(Books.ALLOWANCE, Draws.from(RANDOM)).watchedBy(Inbox::ownerFound)),
        new Inbox(database, RANDOM, new InboxRules(MAX_ATTEMPTS, "test")));
  }

  @Override
  public void close() {
    ledger.close();
  }
}
