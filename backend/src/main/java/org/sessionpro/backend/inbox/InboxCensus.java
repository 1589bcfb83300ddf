package org.sessionpro.backend.inbox;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import org.sessionpro.backend.db.Columns;
import org.sessionpro.backend.db.Micros;

/// How many items are owed to stores, and how long they have been.
///
/// @param work items that are not parked
/// @param parked items that are
/// @param paid items, parked or not, of which the store keeps the money and nobody gets anything
public record InboxCensus(List<Work> work, List<Parked> parked, List<Paid> paid) {
  public InboxCensus {
    work = List.copyOf(work);
    parked = List.copyOf(parked);
    paid = List.copyOf(paid);
  }

  /// Whose turn it is.
  public enum State {
    /// It could be worked on.
    DUE,
    /// It is worked on.
    LEASED,
    /// It waits for its time.
    WAITING
  }

  /// Items that are alike.
  ///
  /// @param stuck of those, that failed five times or more
  /// @param overdue how long the first of them has been due; zero unless [State#DUE]
  /// @param age of the oldest of them
  /// @param left until the first of their deadlines, negative when that has passed; null if they have none
  public record Work(
      StoreProvider provider,
      WorkKind kind,
      Lane lane,
      State state,
      long count,
      long stuck,
      Duration overdue,
      Duration age,
      @Nullable Duration left) {}

  /// Items that are parked for one reason.
  ///
  /// @param age of the oldest of them, from when it was first seen
  /// @param left until the next of their deadlines; null if none is ahead
  public record Parked(
      StoreProvider provider,
      ParkReason reason,
      long count,
      Duration age,
      @Nullable Duration left) {}

  /// Items that somebody paid for, and that cannot be used for one reason.
  public record Paid(StoreProvider provider, ParkReason reason, long count) {}

  /// Messages that are alike.
  ///
  /// @param state `new`, `done` or `parked`
  public record Messages(StoreProvider provider, String state, long count) {}

  static InboxCensus take(Handle handle, Instant now) {
    return new InboxCensus(work(handle, now), parked(handle, now), paid(handle));
  }

  private static List<Work> work(Handle handle, Instant now) {
    return handle
        .createQuery(
            """
            SELECT provider, kind, swept, state, count(*) AS items,
              sum(CASE WHEN attempts >= :stuck THEN 1 ELSE 0 END) AS stuck,
              min(eligible_at) AS eligible_at, min(first_seen_at) AS first_seen_at,
              min(due_at) AS due_at
            FROM (SELECT provider, kind, swept, attempts, eligible_at, first_seen_at, due_at,
                CASE WHEN leased_until > :now THEN 'leased' WHEN eligible_at > :now THEN 'waiting'
                  ELSE 'due' END AS state
              FROM inbox_work WHERE parked_at IS NULL) items
            GROUP BY provider, kind, swept, state
            """)
        .bind("now", Micros.of(now))
        .bind("stuck", WorkLog.STUCK)
        .map((row, _) -> {
          State state = Columns.code(State.class, row, "state");
          Instant due = Columns.nullableInstant(row, "due_at");
          return new Work(
              Columns.code(StoreProvider.class, row, "provider"),
              Columns.code(WorkKind.class, row, "kind"),
              row.getBoolean("swept") ? Lane.SWEPT : Lane.ANNOUNCED,
              state,
              row.getLong("items"),
              row.getLong("stuck"),
              state == State.DUE ? since(Columns.instant(row, "eligible_at"), now) : Duration.ZERO,
              since(Columns.instant(row, "first_seen_at"), now),
              due == null ? null : Duration.between(now, due));
        })
        .list();
  }

  private static List<Parked> parked(Handle handle, Instant now) {
    return handle
        .createQuery(
            """
            SELECT provider, park_reason, count(*) AS items, min(first_seen_at) AS first_seen_at,
              min(CASE WHEN due_at > :now THEN due_at END) AS due_at
            FROM inbox_work WHERE parked_at IS NOT NULL GROUP BY provider, park_reason
            """)
        .bind("now", Micros.of(now))
        .map((row, _) -> {
          Instant due = Columns.nullableInstant(row, "due_at");
          return new Parked(
              Columns.code(StoreProvider.class, row, "provider"),
              Columns.code(ParkReason.class, row, "park_reason"),
              row.getLong("items"),
              since(Columns.instant(row, "first_seen_at"), now),
              due == null ? null : Duration.between(now, due));
        })
        .list();
  }

  private static List<Paid> paid(Handle handle) {
    return handle
        .createQuery(
            """
            SELECT provider, park_reason, count(*) AS items FROM inbox_work
            WHERE money_kept = TRUE GROUP BY provider, park_reason
            """)
        .map((row, _) ->
            new Paid(
                Columns.code(StoreProvider.class, row, "provider"),
                Columns.code(ParkReason.class, row, "park_reason"),
                row.getLong("items")))
        .list();
  }

  static List<Messages> messages(Handle handle) {
    return handle
        .createQuery(
            "SELECT source, state, count(*) AS messages FROM inbox_message GROUP BY source, state")
        .map((row, _) ->
            new Messages(
                Columns.code(StoreProvider.class, row, "source"),
                row.getString("state"),
                row.getLong("messages")))
        .list();
  }

  /// Not negative, where the clocks of processes differ.
  private static Duration since(Instant then, Instant now) {
    Duration age = Duration.between(then, now);
    return age.isNegative() ? Duration.ZERO : age;
  }
}
