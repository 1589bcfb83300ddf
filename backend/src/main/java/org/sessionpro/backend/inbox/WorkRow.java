package org.sessionpro.backend.inbox;

import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.sessionpro.backend.db.Columns;
import org.sessionpro.backend.inbox.Claim.Failures;

/// Reads what a row of `inbox_work` says of its item; what the columns mean stands at [WorkTable].
final class WorkRow {
  private WorkRow() {}

  static WorkItem item(ResultSet row) throws SQLException {
    return new WorkItem(
        Columns.code(StoreProvider.class, row, "provider"),
        Columns.code(WorkKind.class, row, "kind"),
        row.getString("subject_key"));
  }

  /// Why it is parked, would be again after its one try, or fails; null if nothing is known of that.
  static @Nullable Cause cause(ResultSet row) throws SQLException {
    return row.getString("park_reason") == null
        ? null
        : new Cause(
            Columns.code(ParkReason.class, row, "park_reason"),
            row.getString("park_detail"),
            row.getBoolean("money_kept") ? null : Columns.nullableInstant(row, "due_at"),
            row.getBoolean("money_kept"));
  }

  static Failures failures(ResultSet row) throws SQLException {
    return new Failures(
        row.getInt("attempts"),
        row.getString("error_class") == null
            ? null
            : Columns.code(ErrorClass.class, row, "error_class"),
        row.getInt("error_run"));
  }
}
