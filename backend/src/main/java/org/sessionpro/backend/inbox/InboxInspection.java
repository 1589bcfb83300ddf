package org.sessionpro.backend.inbox;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;
import org.sessionpro.backend.db.Columns;
import org.sessionpro.backend.db.Database;
import org.sessionpro.backend.db.Micros;
import org.sessionpro.backend.db.Premise;

/// What those who run the service see of the inbox, and may do to it; from [Inbox#inspection()].
public final class InboxInspection {
  private static final String SELECT =
      """
      SELECT w.provider, w.kind, w.subject_key, w.subscription_key, w.first_seen_at, w.hint_at,
        w.tried_at, w.eligible_at, w.leased_until, w.attempts, w.error_class, w.error_run,
        w.last_error, w.parked_at, w.park_reason, w.park_detail, w.parked_by, w.due_at,
        w.money_kept,
        m.kind AS message_kind, m.event_at, m.received_at, length(m.payload) AS size
      FROM inbox_work w LEFT JOIN inbox_message m
        ON w.kind = 'message' AND m.source = w.provider AND m.external_id = w.subject_key
      """;

  private final Database database;

  InboxInspection(Database database) {
    this.database = database;
  }

  /// Which items are wanted; null for any.
  ///
  /// @param reason why it is parked or fails
  /// @param key of the item, or of what it is about
  public record Filter(
      @Nullable StoreProvider provider,
      @Nullable WorkKind kind,
      @Nullable ParkReason reason,
      @Nullable String key) {
    /// Everything.
    public static final Filter ALL = new Filter(null, null, null, null);
  }

  /// Items in the order of their urgency: those with a date of their own, what is parked, then by
  /// when their turn comes.
  ///
  /// @param limit how many at most
  public List<StoredWork> list(Filter filter, int limit) {
    return database.read(handle ->
        bound(
                handle.createQuery(
                    SELECT
                        + condition(filter)
                        + """
                        ORDER BY CASE WHEN w.due_at IS NULL THEN 1 ELSE 0 END, w.due_at,
                          CASE WHEN w.parked_at IS NULL THEN 1 ELSE 0 END, w.eligible_at,
                          w.provider, w.kind, w.subject_key
                        LIMIT :limit
                        """),
                filter)
            .bind("limit", limit)
            .map((row, _) -> read(row))
            .list());
  }

  /// How many items there are.
  public long count(Filter filter) {
    return database.read(handle ->
        bound(handle.createQuery("SELECT count(*) FROM inbox_work w" + condition(filter)), filter)
            .mapTo(Long.class)
            .one());
  }

  /// How many items there are, of which kind, and how long they wait. Reads every item.
  public InboxCensus census(Instant now) {
    return database.snapshot(handle -> InboxCensus.take(handle, Micros.floor(now)));
  }

  /// How many messages there are. Reads every one: for a look each few minutes.
  public List<InboxCensus.Messages> messages() {
    return database.read(InboxCensus::messages);
  }

  private static String condition(Filter filter) {
    StringBuilder all = new StringBuilder(" WHERE TRUE ");
    all.append(filter.provider() == null ? "" : "AND w.provider = :provider ");
    all.append(filter.kind() == null ? "" : "AND w.kind = :kind ");
    all.append(filter.reason() == null ? "" : "AND w.park_reason = :reason ");
    all.append(
        filter.key() == null ? "" : "AND (w.subject_key = :key OR w.subscription_key = :key) ");
    return all.toString();
  }

  private static Query bound(Query query, Filter filter) {
    if (filter.provider() != null) {
      query.bind("provider", Columns.code(filter.provider()));
    }
    if (filter.kind() != null) {
      query.bind("kind", Columns.code(filter.kind()));
    }
    if (filter.reason() != null) {
      query.bind("reason", Columns.code(filter.reason()));
    }
    return filter.key() == null ? query : query.bind("key", filter.key());
  }

  private static StoredWork read(ResultSet row) throws SQLException {
    WorkItem item = WorkRow.item(row);
    return new StoredWork(
        item,
        WorkTable.subscription(item.provider(), row.getString("subscription_key")),
        new StoredWork.Times(
            Columns.instant(row, "first_seen_at"),
            Columns.nullableInstant(row, "hint_at"),
            Columns.nullableInstant(row, "tried_at"),
            Columns.instant(row, "eligible_at"),
            Columns.nullableInstant(row, "leased_until"),
            Columns.nullableInstant(row, "due_at")),
        WorkRow.failures(row),
        row.getString("last_error"),
        parked(row),
        WorkRow.cause(row),
        isOneTry(row),
        received(row));
  }

  private static StoredWork.@Nullable Parked parked(ResultSet row) throws SQLException {
    Instant at = Columns.nullableInstant(row, "parked_at");
    return at == null
        ? null
        : new StoredWork.Parked(
            Columns.code(ParkReason.class, row, "park_reason"),
            row.getString("park_detail"),
            row.getString("parked_by"),
            at);
  }

  private static boolean isOneTry(ResultSet row) throws SQLException {
    return row.getString("parked_by") != null && Columns.nullableInstant(row, "parked_at") == null;
  }

  private static StoredWork.@Nullable Received received(ResultSet row) throws SQLException {
    String kind = row.getString("message_kind");
    return kind == null
        ? null
        : new StoredWork.Received(
            kind,
            Columns.instant(row, "event_at"),
            Columns.instant(row, "received_at"),
            row.getInt("size"));
  }

  /// Has an item worked on at once, parked or not; its attempts stay counted.
  ///
  /// @return false if there is none of that name
  public boolean retry(WorkItem item, Instant now) {
    Instant instant = Micros.floor(now);
    return database.<Boolean>write(handle -> Upkeep.bringBack(handle, item, instant));
  }

  /// Takes an item away for good, also out of the hands of whoever works on it. Of a message the id
  /// stays, so that it is not taken for a new one.
  ///
  /// @param reason why, noted with a message
  /// @return false if there is none of that name
  public boolean drop(WorkItem item, String reason) {
    return database.<Boolean>write(dropping(item, reason)::holds);
  }

  /// As [#drop], within a transaction that notes who did it. The premise holds if the item was there.
  public Premise dropping(WorkItem item, String reason) {
    return handle -> Upkeep.drop(handle, item, "dropped: " + reason);
  }
}
