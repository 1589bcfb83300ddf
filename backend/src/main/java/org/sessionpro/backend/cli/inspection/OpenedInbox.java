package org.sessionpro.backend.cli.inspection;

import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongConsumer;
import java.util.function.Supplier;
import org.sessionpro.backend.cli.CommandFailed;
import org.sessionpro.backend.cli.Progress;
import org.sessionpro.backend.cli.Report;
import org.sessionpro.backend.config.LogSettings;
import org.sessionpro.backend.config.ProductVersion;
import org.sessionpro.backend.config.Settings;
import org.sessionpro.backend.db.Database;
import org.sessionpro.backend.db.LeaseName;
import org.sessionpro.backend.db.LeaseState;
import org.sessionpro.backend.db.Leases;
import org.sessionpro.backend.inbox.Inbox;
import org.sessionpro.backend.inbox.InboxInspection.Filter;
import org.sessionpro.backend.inbox.InboxRules;
import org.sessionpro.backend.inbox.Owed;
import org.sessionpro.backend.inbox.StoreProvider;
import org.sessionpro.backend.inbox.StoredWork;
import org.sessionpro.backend.inbox.WorkItem;
import org.sessionpro.backend.inbox.WorkKind;
import org.sessionpro.backend.ledger.Ledger;
import org.sessionpro.backend.ledger.OperatorAct;
import org.sessionpro.backend.ledger.SealGuard;
import org.sessionpro.backend.store.FullReconcile;
import org.sessionpro.backend.store.Rooms;
import org.sessionpro.backend.telemetry.IdentifierMask;
import org.sessionpro.protocol.TransactionId;
import org.sessionpro.protocol.crypto.Crypto;

/// The inbox of an existing ledger, open for a command.
final class OpenedInbox implements AutoCloseable {
  private final Database database;
  private final Ledger ledger;
  private final Inbox inbox;
  private final InstantSource clock;

  /// @throws CommandFailed if there is no ledger
  OpenedInbox(Settings settings, InstantSource clock) {
    SecureRandom random = new SecureRandom();
    this.database = ExistingLedger.database(settings);
    this.ledger = new Ledger(database, ExistingLedger.rules(settings, random));
    this.inbox =
        new Inbox(
            new SealGuard(database),
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

  /// What those work with who do a store's work by hand.
  Rooms rooms(LogSettings log, Supplier<Crypto> crypto) {
    IdentifierMask mask = ExistingLedger.mask(log, crypto, new SecureRandom());
    return new Rooms(ledger.subscriptions(), inbox, mask, clock);
  }

  /// How a lease stands; empty if it was never taken.
  Optional<LeaseState> lease(LeaseName name) {
    return leases().all().stream().filter(it -> it.name().equals(name)).findFirst();
  }

  /// The items that are meant; at least one.
  List<StoredWork> named(Filter filter) {
    List<StoredWork> found = found(filter);
    if (found.isEmpty()) {
      throw CommandFailed.because("nothing of that name is owed");
    }
    return found;
  }

  /// The items that are meant; perhaps none.
  List<StoredWork> found(Filter filter) {
    return inbox.inspection().list(filter, Integer.MAX_VALUE);
  }

  List<Report> rows(List<StoredWork> items, ShownIds ids) {
    InboxRow row = new InboxRow(ids, ledger.subscriptions()::isOwned, clock.instant());
    return items.stream().map(row::of).toList();
  }

  /// Has items worked on at once, if that is to be done.
  Report retry(List<StoredWork> items, boolean apply) {
    Instant now = clock.instant();
    int retried = 0;
    for (StoredWork one : items) {
      retried += !apply || inbox.inspection().retry(one.item(), now) ? 1 : 0;
    }
    return Report.empty().number("retried", retried).flag("applied", apply);
  }

  /// Takes an item away for good, and notes why.
  ///
  /// @return false if it is gone already; then nothing is noted
  boolean drop(WorkItem item, String reason) {
    String effect =
        "dropped " + FactWords.code(item.provider()) + " " + FactWords.code(item.kind());
    return ledger
        .operator()
        .note(
            new OperatorAct(
                OperatorAct.Kind.ITEM_DROPPED, item.key(), effect, reason, clock.instant()),
            inbox.inspection().dropping(item, reason));
  }

  /// What is parked under one of those ids, or under any if there are none.
  ///
  /// @throws CommandFailed if nothing is parked under one of them
  List<StoredWork> parked(StoreProvider provider, List<String> keys) {
    if (keys.isEmpty()) {
      return OwedItems.of(this, provider, clock.instant()).parked();
    }
    List<StoredWork> found = new ArrayList<>();
    for (String key : keys) {
      List<StoredWork> parked =
          named(new Filter(provider, null, null, key)).stream()
              .filter(it -> it.parked() != null)
              .toList();
      if (parked.isEmpty()) {
        throw CommandFailed.because("nothing of that name is parked");
      }
      found.addAll(parked);
    }
    return found;
  }

  /// What is parked, or fails until somebody mends it; the most urgent first.
  Report parked(StoreProvider provider, ShownIds ids) {
    List<StoredWork> all =
        found(new Filter(provider, null, null, null)).stream()
            .filter(it -> it.parked() != null || it.because() != null)
            .toList();
    return Report.empty().number("total", all.size()).rows("items", rows(all, ids));
  }

  /// Notes one item, if that is to be done. One of the App Store may be named by any of its
  /// transactions.
  Report reconcile(StoreProvider provider, WorkKind kind, String key, boolean apply) {
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
    if (apply) {
      inbox.enqueue(List.of(owed), clock.instant());
    }
    return Report.empty().number("owed", 1).flag("applied", apply);
  }

  /// Notes everything that is live, renews or is being charged again, if that is to be done.
  ///
  /// @param progress shows how many it is so far; how many there are is known in the end only
  Report reconcileAll(StoreProvider provider, boolean apply, Progress progress) {
    FullReconcile all = new FullReconcile(provider, ledger.subscriptions(), inbox);
    Instant now = clock.instant();
    LongConsumer shown =
        seen -> progress.at(seen, seen + " subscriptions " + (apply ? "noted" : "counted"));
    long owed = apply ? all.note(now, shown) : all.count(now, shown);
    return Report.empty().number("owed", owed).flag("applied", apply);
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
