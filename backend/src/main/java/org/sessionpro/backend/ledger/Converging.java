package org.sessionpro.backend.ledger;

import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jdbi.v3.core.Handle;
import org.sessionpro.backend.db.LostRace;
import org.sessionpro.backend.entitlement.AccountId;
import org.sessionpro.backend.entitlement.Payment;
import org.sessionpro.backend.entitlement.PaymentKey;
import org.sessionpro.backend.entitlement.RegisteredPayment;
import org.sessionpro.backend.entitlement.SubscriptionKey;

/// One transaction that brings a subscription into agreement with its store's record.
///
/// Locks in the order of [Recording], accounts before payments, and rows of subscriptions last; whom only
/// the ruling names is locked by its recording, after those. Whoever finds that a payment got its owner
/// in between throws [LostRace] and is run again.
final class Converging {
  private final Handle handle;
  private final Tables tables;
  private final Rules rules;
  private final PaymentNews news;
  private final Instant now;

  Converging(Handle handle, Tables tables, Rules rules, PaymentNews news, Instant now) {
    this.handle = handle;
    this.tables = tables;
    this.rules = rules;
    this.news = news;
    this.now = now;
  }

  /// What is known, locked until the transaction ends.
  KnownSubscription known(SubscriptionKey key, Collection<SubscriptionKey> related) {
    Set<SubscriptionKey> all = Knowing.all(key, related);
    TreeSet<Long> owners = new TreeSet<>();
    for (SubscriptionKey one : all) {
      tables.payments().owners(handle, one).forEach(owner -> owners.add(owner.value()));
    }
    owners.forEach(owner -> tables.accounts().locked(handle, new AccountId(owner)));
    for (SubscriptionKey one : all) {
      for (PaymentRow row : tables.payments().subscriptionLocked(handle, one)) {
        Payment.Owner owner = row.payment().owner();
        if (owner != null && !owners.contains(owner.account().value())) {
          throw new LostRace();
        }
      }
    }
    all.forEach(one -> tables.subscriptions().locked(handle, one));
    return Knowing.of(handle, tables, key, related);
  }

  /// @param known as it was judged
  void write(SubscriptionKey key, KnownSubscription known, Ruling<?> ruling) {
    CycleNotes notes = ruling.notes();
    hear(key, known, ruling);
    notes.renamed().forEach((from, to) -> tables.payments().rename(handle, from, to));
    if (!ruling.statements().isEmpty()) {
      new Recording(handle, tables, rules, news, now).record(ruling.statements());
    }
    notes.sightings().forEach(this::note);
    SubscriptionWriter writer = new SubscriptionWriter(handle, tables.subscriptions(), now);
    switch (ruling.reading()) {
      case COMPARED -> writer.compared(key, ruling.facts(), ruling.state());
      case HEARD -> writer.heard(key, ruling.facts(), ruling.state());
      case HELD -> {
        writer.hear(key, ruling.facts());
        writer.held(key);
      }
      case UNUSED -> writer.hear(key, ruling.facts());
    }
    ruling.also().run(handle);
  }

  private void hear(SubscriptionKey key, KnownSubscription known, Ruling<?> ruling) {
    SubscriptionState state = ruling.state();
    if (state != null && rules.log().isHeard()) {
      Map<PaymentKey, Payment> cycles = new LinkedHashMap<>();
      for (RegisteredPayment one : known.payments()) {
        PaymentKey name = one.payment().key();
        if (name.subscriptionKey().equals(key)) {
          cycles.put(ruling.notes().renamed().getOrDefault(name, name), one.payment());
        }
      }
      news.heard(cycles, known.state().statedAt(), state.statedAt());
    }
  }

  private void note(PaymentKey cycle, CycleSighting sighting) {
    tables
        .payments()
        .find(handle, cycle)
        .ifPresent(row -> SightingTable.store(handle, row.id(), sighting));
  }
}
