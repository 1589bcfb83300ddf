package org.sessionpro.backend.ledger;

import java.time.Instant;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import org.sessionpro.backend.db.Columns;
import org.sessionpro.backend.db.Micros;

/// The `subscription_remark` table.
final class RemarkTable {
  private RemarkTable() {}

  /// What is kept of a subscription that is known.
  static List<Remarked> of(Handle handle, long subscription) {
    return handle
        .createQuery(
            """
            SELECT remark, value, stated_at FROM subscription_remark
            WHERE subscription_id = :subscription
            """)
        .bind("subscription", subscription)
        .map((row, _) ->
            new Remarked(
                Remark.ofCode(row.getString("remark")),
                row.getString("value"),
                Columns.instant(row, "stated_at")))
        .stream()
        .sorted(Comparator.comparing(Remarked::remark))
        .toList();
  }

  /// Keeps remarks about a subscription whose row is locked; of each the latest. Mostly nothing is new,
  /// and nothing is written.
  static void store(Handle handle, long subscription, List<Remarked> remarks) {
    Map<Remark, Remarked> known = new EnumMap<>(Remark.class);
    of(handle, subscription).forEach(one -> known.put(one.remark(), one));
    for (Remarked one : remarks) {
      @Nullable Remarked before = known.get(one.remark());
      String value = one.value();
      if (before != null && !one.at().isAfter(before.at())) {
        continue;
      }
      if (value == null && before != null) {
        delete(handle, subscription, one.remark());
      } else if (value != null && (before == null || !value.equals(before.value()))) {
        put(handle, subscription, one.remark(), value, one.at());
      }
    }
  }

  private static void put(
      Handle handle, long subscription, Remark remark, String value, Instant at) {
    handle
        .createUpdate(
            """
            INSERT INTO subscription_remark (subscription_id, remark, value, stated_at)
            VALUES (:subscription, :remark, :value, :at)
            ON CONFLICT (subscription_id, remark) DO UPDATE SET
              value = excluded.value, stated_at = excluded.stated_at
            """)
        .bind("subscription", subscription)
        .bind("remark", remark.code())
        .bind("value", value)
        .bind("at", Micros.of(at))
        .execute();
  }

  private static void delete(Handle handle, long subscription, Remark remark) {
    handle
        .createUpdate(
            """
            DELETE FROM subscription_remark
            WHERE subscription_id = :subscription AND remark = :remark
            """)
        .bind("subscription", subscription)
        .bind("remark", remark.code())
        .execute();
  }
}
