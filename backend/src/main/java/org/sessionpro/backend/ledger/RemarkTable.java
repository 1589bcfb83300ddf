package org.sessionpro.backend.ledger;

import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.sessionpro.backend.db.Columns;
import org.sessionpro.backend.db.Micros;

/// The tables `subscription_remark` and `subscription_remarks_heard`.
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

  /// Keeps remarks about a subscription whose row is locked; about each topic the latest, in whichever
  /// order they come. What is said again moves one row, so that what was said before it and comes late
  /// is known to be older.
  static void store(Handle handle, long subscription, List<RemarksHeard> statements) {
    for (RemarksHeard statement : statements) {
      if (isLatest(handle, subscription, statement)) {
        replace(handle, subscription, statement);
      }
    }
  }

  private static boolean isLatest(Handle handle, long subscription, RemarksHeard statement) {
    return handle
            .createUpdate(
                """
                INSERT INTO subscription_remarks_heard AS h
                  (subscription_id, topic, about_at, stated_at)
                VALUES (:subscription, :topic, :about, :at)
                ON CONFLICT (subscription_id, topic) DO UPDATE SET
                  about_at = excluded.about_at, stated_at = excluded.stated_at
                WHERE (h.about_at, h.stated_at) < (excluded.about_at, excluded.stated_at)
                """)
            .bind("subscription", subscription)
            .bind("topic", statement.topic().code())
            .bind("about", Micros.of(statement.about()))
            .bind("at", Micros.of(statement.at()))
            .execute()
        == 1;
  }

  private static void replace(Handle handle, long subscription, RemarksHeard statement) {
    Map<Remark, String> former = new EnumMap<>(Remark.class);
    for (Remarked one : of(handle, subscription)) {
      if (one.remark().topic() == statement.topic()) {
        former.put(one.remark(), one.value());
      }
    }
    statement
        .said()
        .forEach((remark, value) -> {
          if (!value.equals(former.remove(remark))) {
            put(handle, subscription, new Remarked(remark, value, statement.at()));
          }
        });
    former.keySet().forEach(remark -> delete(handle, subscription, remark));
  }

  private static void put(Handle handle, long subscription, Remarked one) {
    handle
        .createUpdate(
            """
            INSERT INTO subscription_remark (subscription_id, remark, value, stated_at)
            VALUES (:subscription, :remark, :value, :at)
            ON CONFLICT (subscription_id, remark) DO UPDATE SET
              value = excluded.value, stated_at = excluded.stated_at
            """)
        .bind("subscription", subscription)
        .bind("remark", one.remark().code())
        .bind("value", one.value())
        .bind("at", Micros.of(one.at()))
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
