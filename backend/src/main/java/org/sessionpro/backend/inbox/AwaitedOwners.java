package org.sessionpro.backend.inbox;

import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.sessionpro.backend.db.Columns;
import org.sessionpro.backend.db.Lookup;
import org.sessionpro.backend.entitlement.SubscriptionKey;

/// The `inbox_awaited_owner` table: whose purchase an item is about will be known once another purchase
/// has an owner. What is noted of an item goes with it.
final class AwaitedOwners {
  private static final Lookup AWAITING =
      new Lookup(
          """
          SELECT provider, kind, subject_key FROM inbox_awaited_owner
          WHERE provider = ? AND awaited_key = ?
          """);

  private AwaitedOwners() {}

  /// Notes a purchase that an item waits for.
  static void add(Handle handle, WorkItem item, SubscriptionKey purchase) {
    WorkTable.of(
            item,
            handle.createUpdate(
                """
                INSERT INTO inbox_awaited_owner (provider, kind, subject_key, awaited_key)
                VALUES (:provider, :kind, :key, :awaited) ON CONFLICT DO NOTHING
                """))
        .bind("awaited", purchase.value())
        .execute();
  }

  /// Makes the owner of a purchase news to the items that wait for it, and forgets that they did.
  static void found(Handle handle, StoreProvider provider, SubscriptionKey purchase, Instant now) {
    List<WorkItem> items =
        AWAITING.all(handle, WorkRow::item, Columns.code(provider), purchase.value());
    for (WorkItem item : items) {
      WorkTable.of(
              item,
              handle.createUpdate(
                  "DELETE FROM inbox_awaited_owner WHERE"
                      + WorkTable.OF_ITEM
                      + " AND awaited_key = :awaited"))
          .bind("awaited", purchase.value())
          .execute();
      WorkTable.enqueue(handle, Owed.unannounced(item), now);
    }
  }
}
