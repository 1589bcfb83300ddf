package org.sessionpro.backend.ledger;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import org.sessionpro.backend.entitlement.Learned;
import org.sessionpro.backend.entitlement.SubscriptionFact;
import org.sessionpro.backend.entitlement.SubscriptionKey;

/// Appends the facts of subscriptions and keeps their rows.
final class SubscriptionWriter {
  private final Handle handle;
  private final SubscriptionTable table;
  private final Instant now;

  SubscriptionWriter(Handle handle, SubscriptionTable table, Instant now) {
    this.handle = handle;
    this.table = table;
    this.now = now;
  }

  /// Adds facts to a subscription, known or not; those that add nothing are dropped.
  void hear(SubscriptionKey key, List<SubscriptionFact> facts) {
    if (!facts.isEmpty()) {
      SubscriptionRow row = table.lockedOrNew(handle, key);
      int count = append(row, facts);
      if (count > row.factCount()) {
        table.update(
            handle,
            new SubscriptionRow(
                row.id(), key, row.state(), row.reconciledAt(), row.heldSince(), count));
      }
    }
  }

  /// Notes that a subscription was compared with the store's record.
  ///
  /// @param state what the store says now; null to leave what is stored
  void compared(
      SubscriptionKey key, List<SubscriptionFact> facts, @Nullable SubscriptionState state) {
    SubscriptionRow row = table.lockedOrNew(handle, key);
    table.update(
        handle,
        new SubscriptionRow(
            row.id(), key, state == null ? row.state() : state, now, null, append(row, facts)));
  }

  /// What a clock that was ahead noted does not count.
  private Instant heldSince(SubscriptionRow row) {
    Instant since = row.heldSince();
    return since == null || since.isAfter(now) ? now : since;
  }

  /// Notes what a part of the store's record says.
  ///
  /// @param state what the store says now; null to leave what is stored
  void heard(SubscriptionKey key, List<SubscriptionFact> facts, @Nullable SubscriptionState state) {
    SubscriptionRow row = table.lockedOrNew(handle, key);
    table.update(
        handle,
        new SubscriptionRow(
            row.id(),
            key,
            state == null ? row.state() : state,
            row.reconciledAt(),
            row.heldSince(),
            append(row, facts)));
  }

  /// Notes that the store's record is set aside; since when stays until it is compared.
  void held(SubscriptionKey key) {
    SubscriptionRow row = table.lockedOrNew(handle, key);
    Instant since = heldSince(row);
    if (!since.equals(row.heldSince())) {
      table.update(
          handle,
          new SubscriptionRow(
              row.id(), key, row.state(), row.reconciledAt(), since, row.factCount()));
    }
  }

  /// Returns how many facts there are then.
  private int append(SubscriptionRow row, List<SubscriptionFact> facts) {
    List<SubscriptionFact> known =
        new ArrayList<>(
            FactTable.ofSubscription(handle, row.id()).stream().map(Learned::fact).toList());
    List<SubscriptionFact> effective = new ArrayList<>();
    for (SubscriptionFact fact : facts) {
      if (!fact.addsNothingTo(known)) {
        known.add(fact);
        effective.add(fact);
      }
    }
    FactTable.ofSubscription(handle, row.id(), row.factCount(), effective, now);
    return row.factCount() + effective.size();
  }
}
