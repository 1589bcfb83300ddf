package org.sessionpro.backend.inbox;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.sessionpro.backend.db.Columns;
import org.sessionpro.backend.db.Micros;
import org.sessionpro.backend.db.PlainBatch;

/// Makes items in `inbox_work` that another service owed.
final class WorkInheritance {
  /// Stands for the build of a service before this one.
  private static final String INHERITED = "inherited";

  private static final PlainBatch.Target WORK =
      new PlainBatch.Target(
          "inbox_work",
          List.of(
              "provider",
              "kind",
              "subject_key",
              "subscription_key",
              "swept",
              "first_seen_at",
              "eligible_at",
              "hint_at",
              "due_at",
              "revision",
              "attempts",
              "error_run",
              "last_error",
              "parked_at",
              "park_reason",
              "parked_by"),
          """
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
          """);

  private WorkInheritance() {}

  /// Makes items as another service left them; of two of one name the more urgent word counts.
  static void inherit(Handle handle, List<InheritedWork> all, Instant now) {
    Map<WorkItem, InheritedWork> each = new LinkedHashMap<>();
    // One statement for many rows cannot change a row that it has just made.
    all.forEach(work -> each.merge(work.owed().item(), work, InheritedWork::and));
    PlainBatch rows = WORK.batch();
    for (InheritedWork work : each.values()) {
      Owed owed = work.owed();
      Instant parked = work.parkedAt();
      rows.bind("provider", Columns.code(owed.item().provider()))
          .bind("kind", Columns.code(owed.item().kind()))
          .bind("subject_key", owed.item().key())
          .bind("subscription_key", WorkTable.name(owed.subscription()))
          .bind("swept", owed.lane() == Lane.SWEPT)
          .bind("first_seen_at", Micros.of(now))
          .bind("eligible_at", Micros.of(work.eligibleAt()))
          .bind("hint_at", Micros.ofNullable(owed.eventAt()))
          .bind("due_at", Micros.ofNullable(owed.dueAt()))
          .bind("revision", 1)
          .bind("attempts", work.attempts())
          .bind("error_run", 0)
          .bind("last_error", work.error())
          .bind("parked_at", Micros.ofNullable(parked))
          .bind("park_reason", parked == null ? null : Columns.code(ParkReason.EXHAUSTED))
          .bind("parked_by", parked == null ? null : INHERITED);
      rows.add();
    }
    rows.execute(handle);
  }
}
