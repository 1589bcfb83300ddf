package org.sessionpro.backend.ledger;

import java.util.List;
import org.jdbi.v3.core.Handle;
import org.sessionpro.backend.db.Columns;
import org.sessionpro.backend.db.Micros;

/// The `operator_acts` table: append only.
final class ActTable {
  private ActTable() {}

  static void append(Handle handle, OperatorAct act) {
    handle
        .createUpdate(
            """
            INSERT INTO operator_acts (act, target, effect, reason, at)
            VALUES (:act, :target, :effect, :reason, :at)
            """)
        .bind("act", Columns.code(act.kind()))
        .bind("target", act.target())
        .bind("effect", act.effect())
        .bind("reason", act.reason())
        .bind("at", Micros.of(act.at()))
        .execute();
  }

  /// Newest first.
  static List<OperatorAct> newest(Handle handle, int limit) {
    return handle
        .createQuery(
            """
            SELECT act, target, effect, reason, at
            FROM operator_acts ORDER BY id DESC LIMIT :limit
            """)
        .bind("limit", limit)
        .map((row, _) ->
            new OperatorAct(
                Columns.code(OperatorAct.Kind.class, row, "act"),
                row.getString("target"),
                row.getString("effect"),
                row.getString("reason"),
                Columns.instant(row, "at")))
        .list();
  }
}
