package org.sessionpro.backend.inbox;

import java.util.ArrayList;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.SqlStatement;
import org.sessionpro.backend.db.Columns;

/// The rows of `inbox_work` that are parked, or fail for what is a reason to be parked.
final class ParkedItems {
  private ParkedItems() {}

  /// The parked items of a reason that fulfil a condition.
  static List<WorkItem> of(
      Handle handle, StoreProvider provider, List<String> reasons, Restriction restriction) {
    return orFailing(handle, provider, reasons, restriction.ofParked());
  }

  /// The items of a reason that fulfil a condition, parked or not.
  static List<WorkItem> orFailing(
      Handle handle, StoreProvider provider, List<String> reasons, Restriction restriction) {
    return restriction
        .bind(
            handle.createQuery(
                """
                SELECT provider, kind, subject_key FROM inbox_work
                WHERE park_reason IN (<reasons>) AND provider = :provider
                  AND
                """
                    + restriction.condition()
                    + " ORDER BY kind, subject_key"))
        .bindList("reasons", reasons)
        .bind("provider", Columns.code(provider))
        .map((row, _) -> WorkRow.item(row))
        .list();
  }

  /// A further condition of rows.
  record Restriction(String condition, List<Bound> bounds) {
    record Bound(String name, Object value) {}

    static Restriction none() {
      return new Restriction("TRUE", List.of());
    }

    static Restriction of(String condition, String name, Object value) {
      return new Restriction(condition, List.of(new Bound(name, value)));
    }

    Restriction ofParked() {
      return new Restriction("parked_at IS NOT NULL AND " + condition, bounds);
    }

    <S extends SqlStatement<S>> S bind(S statement) {
      for (Bound bound : bounds) {
        switch (bound.value()) {
          case List<?> list -> statement.bindList(bound.name(), new ArrayList<>(list));
          case Object one -> statement.bind(bound.name(), one);
        }
      }
      return statement;
    }
  }
}
