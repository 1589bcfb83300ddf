package org.sessionpro.backend.inbox;

import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.sessionpro.backend.db.Columns;
import org.sessionpro.backend.db.Micros;

/// Makes items in `inbox_work` that another service owed.
final class WorkInheritance {
  /// Stands for the build of a service before this one.
  private static final String INHERITED = "inherited";

  private static final String INSERT =
      """
      INSERT INTO inbox_work (provider, kind, subject_key, subscription_key, swept,
        first_seen_at, eligible_at, hint_at, due_at, revision, attempts, error_run, last_error,
        parked_at, park_reason, parked_by)
      VALUES (:provider, :kind, :key, :subscription, :swept, :now, :at, :hint, :due, 1, :attempts, 0,
        :error, :parkedAt, :reason, :parkedBy)
      ON CONFLICT (provider, kind, subject_key) DO UPDATE SET
        swept = (inbox_work.swept AND excluded.swept),
        eligible_at = CASE WHEN excluded.eligible_at < inbox_work.eligible_at
          THEN excluded.eligible_at ELSE inbox_work.eligible_at END,
        attempts = CASE WHEN excluded.attempts > inbox_work.attempts
          THEN excluded.attempts ELSE inbox_work.attempts END,
        last_error = COALESCE(excluded.last_error, inbox_work.last_error),
        parked_at = COALESCE(excluded.parked_at, inbox_work.parked_at),
        park_reason = COALESCE(excluded.park_reason, inbox_work.park_reason),
        parked_by = COALESCE(excluded.parked_by, inbox_work.parked_by)
      """;

  private WorkInheritance() {}

  /// Makes items as another service left them; of two of one name the more urgent word counts.
  static void inherit(Handle handle, List<InheritedWork> all, Instant now) {
    if (all.isEmpty()) {
      return;
    }
    PreparedBatch batch = handle.prepareBatch(INSERT);
    for (InheritedWork work : all) {
      Instant parked = work.parkedAt();
      WorkTable.bound(batch, work.owed(), now)
          .bind("at", Micros.of(work.eligibleAt()))
          .bind("attempts", work.attempts())
          .bind("error", work.error())
          .bind("parkedAt", Micros.ofNullable(parked))
          .bind("reason", parked == null ? null : Columns.code(ParkReason.EXHAUSTED))
          .bind("parkedBy", parked == null ? null : INHERITED)
          .add();
    }
    batch.execute();
  }
}
