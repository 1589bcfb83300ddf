package org.sessionpro.backend.ledger;

import java.util.HashMap;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.sessionpro.backend.db.Columns;
import org.sessionpro.backend.db.Micros;
import org.sessionpro.backend.entitlement.PaymentId;
import org.sessionpro.backend.entitlement.SubscriptionKey;

/// The `cycle_sightings` table.
final class SightingTable {
  private SightingTable() {}

  /// The sightings of a subscription's cycles.
  static Map<PaymentId, CycleSighting> of(Handle handle, SubscriptionKey key) {
    Map<PaymentId, CycleSighting> sightings = new HashMap<>();
    handle
        .createQuery(
            """
            SELECT c.payment_id, c.newest_at, c.standing_at, c.taken_back_at, c.upgraded
            FROM payments p JOIN cycle_sightings c ON c.payment_id = p.id
            WHERE p.provider = :provider AND p.subscription_key = :key
            """)
        .bind("provider", key.provider().code())
        .bind("key", key.value())
        .map((row, _) ->
            Map.entry(
                new PaymentId(row.getLong("payment_id")),
                new CycleSighting(
                    Columns.instant(row, "newest_at"),
                    Columns.nullableInstant(row, "standing_at"),
                    Columns.nullableInstant(row, "taken_back_at"),
                    row.getBoolean("upgraded"))))
        .forEach(one -> sightings.put(one.getKey(), one.getValue()));
    return sightings;
  }

  static void store(Handle handle, PaymentId payment, CycleSighting sighting) {
    handle
        .createUpdate(
            """
            INSERT INTO cycle_sightings (payment_id, newest_at, standing_at, taken_back_at, upgraded)
            VALUES (:payment, :newest, :standing, :takenBack, :upgraded)
            ON CONFLICT (payment_id) DO UPDATE SET newest_at = excluded.newest_at,
              standing_at = excluded.standing_at, taken_back_at = excluded.taken_back_at,
              upgraded = excluded.upgraded
            """)
        .bind("payment", payment.value())
        .bind("newest", Micros.of(sighting.newest()))
        .bind("standing", Micros.ofNullable(sighting.standing()))
        .bind("takenBack", Micros.ofNullable(sighting.takenBack()))
        .bind("upgraded", sighting.upgraded())
        .execute();
  }
}
