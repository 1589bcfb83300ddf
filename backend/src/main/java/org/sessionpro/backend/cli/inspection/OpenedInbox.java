package org.sessionpro.backend.cli.inspection;

import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.sessionpro.backend.cli.CommandFailed;
import org.sessionpro.backend.cli.Report;
import org.sessionpro.backend.config.ProductVersion;
import org.sessionpro.backend.config.Settings;
import org.sessionpro.backend.db.Database;
import org.sessionpro.backend.db.Leases;
import org.sessionpro.backend.entitlement.Draws;
import org.sessionpro.backend.entitlement.SubscriptionKey;
import org.sessionpro.backend.inbox.Inbox;
import org.sessionpro.backend.inbox.InboxInspection.Filter;
import org.sessionpro.backend.inbox.InboxRules;
import org.sessionpro.backend.inbox.Owed;
import org.sessionpro.backend.inbox.StoreProvider;
import org.sessionpro.backend.inbox.StoredWork;
import org.sessionpro.backend.inbox.WorkItem;
import org.sessionpro.backend.inbox.WorkKind;
import org.sessionpro.backend.ledger.Ledger;
import org.sessionpro.backend.ledger.Rules;
import org.sessionpro.protocol.TransactionId;

/// The inbox of an existing ledger, open for a command.
final class OpenedInbox implements AutoCloseable {
  /// Subscriptions that are noted in one transaction.
  private static final int PORTION = 500;

  private final Database database;
  private final Ledger ledger;
  private final Inbox inbox;
  private final InstantSource clock;

  /// @throws CommandFailed if there is no ledger
  OpenedInbox(Settings settings, InstantSource clock) {
    SecureRandom random = new SecureRandom();
    this.database = ExistingLedger.database(settings);
    this.ledger =
        new Ledger(database, Rules.of(ExistingLedger.allowance(settings), Draws.from(random)));
    this.inbox =
        new Inbox(
            database,
            random,
            new InboxRules(settings.jobs().inbox().maxAttempts(), ProductVersion.current()));
    this.clock = clock;
  }

  Inbox inbox() {
    return inbox;
  }

  Ledger ledger() {
    return ledger;
  }

  Leases leases() {
    return new Leases(database);
  }

  /// The items that are meant; at least one.
  List<StoredWork> named(Filter filter) {
    List<StoredWork> found = inbox.inspection().list(filter, Integer.MAX_VALUE);
    if (found.isEmpty()) {
      throw CommandFailed.because("nothing of that name is owed");
    }
    return found;
  }

  List<Report> rows(List<StoredWork> items, ShownIds ids) {
    InboxRow row = new InboxRow(ids, ledger.subscriptions()::isOwned, clock.instant());
    return items.stream().map(row::of).toList();
  }

  /// Notes one item; returns how many. One of the App Store may be named by any of its transactions.
  long reconcile(StoreProvider provider, WorkKind kind, String key) {
    Owed named = owed(provider, kind, key);
    Owed owed =
        switch (provider) {
          case GOOGLE -> named;
          case APPLE ->
              ledger
                  .subscriptions()
                  .shownBy(new TransactionId(key))
                  .map(it -> owed(provider, kind, it.value()))
                  .orElse(named);
        };
    inbox.enqueue(List.of(owed), clock.instant());
    return 1;
  }

  /// Notes everything that is live, renews or is being charged again; returns how many.
  long reconcileAll(StoreProvider provider) {
    Instant now = clock.instant();
    long noted = 0;
    @Nullable SubscriptionKey last = null;
    List<SubscriptionKey> batch;
    do {
      batch = ledger.subscriptions().toReconcile(provider.payments(), last, PORTION, now);
      inbox.enqueue(batch.stream().map(one -> swept(provider, one)).toList(), now);
      noted += batch.size();
      last = batch.isEmpty() ? last : batch.getLast();
    } while (batch.size() == PORTION);
    return noted;
  }

  private static Owed swept(StoreProvider provider, SubscriptionKey key) {
    return Owed.swept(new WorkItem(provider, WorkKind.RECONCILE, key.value()));
  }

  private static Owed owed(StoreProvider provider, WorkKind kind, String key) {
    try {
      return Owed.unannounced(new WorkItem(provider, kind, key));
    } catch (IllegalArgumentException impossible) {
      throw CommandFailed.misused("the id is none that a store gives");
    }
  }

  @Override
  public void close() {
    database.close();
  }
}
