package org.sessionpro.backend.ledger;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.function.BiFunction;
import org.sessionpro.backend.db.Columns;
import org.sessionpro.backend.entitlement.Learned;

/// A row of `facts`, not decoded yet.
record FactRow(long subjectId, int number, String kind, Instant learnedAt, String body) {
  /// Of the table under the name `f`.
  static final String COLUMNS = "f.subject_id, f.number, f.kind, f.learned_at, f.body";

  static FactRow read(ResultSet row) throws SQLException {
    return new FactRow(
        row.getLong("subject_id"),
        row.getInt("number"),
        row.getString("kind"),
        Columns.instant(row, "learned_at"),
        row.getString("body"));
  }

  /// The fact with both clocks.
  ///
  /// @param codec makes a fact of its kind and body
  /// @throws RuntimeException if the body is damaged
  <F> Learned<F> decoded(BiFunction<String, String, F> codec) {
    return new Learned<>(number, codec.apply(kind, body), learnedAt);
  }
}
