package org.sessionpro.backend.inbox;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.SqlStatement;
import org.jdbi.v3.core.statement.Update;
import org.jspecify.annotations.Nullable;
import org.sessionpro.backend.db.Columns;
import org.sessionpro.backend.db.Dialect;
import org.sessionpro.backend.db.Micros;
import org.sessionpro.backend.entitlement.SubscriptionKey;
import org.sessionpro.backend.inbox.Claim.Failures;

/// The `inbox_work` table. Each operation is one conditional statement.
final class WorkTable {
  static final String OF_ITEM = " provider = :provider AND kind = :kind AND subject_key = :key";

  /// The lease is the claimant's: its token is nobody else's.
  private static final String OF_CLAIM = OF_ITEM + " AND lease_token = :token";

  private final Dialect dialect;

  WorkTable(Dialect dialect) {
    this.dialect = dialect;
  }

  /// Makes an item, or notes that there is news of it (`google-play.md` §3, enqueue).
  static void enqueue(Handle handle, Owed owed, Instant now) {
    Instant event = owed.eventAt();
    // The store's clock never defers work.
    Instant at = event == null || event.isAfter(now) ? now : event;
    of(
            owed.item(),
            handle.createUpdate(
                """
                INSERT INTO inbox_work (provider, kind, subject_key, subscription_key,
                  first_seen_at, eligible_at, hint_at, revision, attempts, error_run)
                VALUES (:provider, :kind, :key, :subscription, :now, :at, :hint, 1, 0, 0)
                ON CONFLICT (provider, kind, subject_key) DO UPDATE SET
                  subscription_key =
                    COALESCE(inbox_work.subscription_key, excluded.subscription_key),
                  revision = inbox_work.revision + 1,
                  eligible_at = CASE WHEN excluded.eligible_at < inbox_work.eligible_at
                    THEN excluded.eligible_at ELSE inbox_work.eligible_at END,
                  hint_at = CASE
                    WHEN inbox_work.hint_at IS NULL OR excluded.hint_at < inbox_work.hint_at
                    THEN excluded.hint_at ELSE inbox_work.hint_at END,
                  parked_at = CASE WHEN inbox_work.park_reason IN (<tried>)
                    THEN NULL ELSE inbox_work.parked_at END,
                  parked_by = CASE WHEN inbox_work.park_reason IN (<tried>)
                    THEN NULL ELSE inbox_work.parked_by END,
                  park_detail = CASE WHEN inbox_work.park_reason IN (<cured>)
                    THEN NULL ELSE inbox_work.park_detail END,
                  park_reason = CASE WHEN inbox_work.park_reason IN (<cured>)
                    THEN NULL ELSE inbox_work.park_reason END
                """))
        .bindList("tried", codes(ParkReason::isTriedOnNews))
        .bindList("cured", codes(ParkReason::isCuredByNews))
        .bind("subscription", name(owed.subscription()))
        .bind("now", Micros.of(now))
        .bind("at", Micros.of(at))
        .bind("hint", Micros.ofNullable(event))
        .execute();
  }

  /// Makes an item unless there is one.
  ///
  /// @return how many were made
  static int insertMissing(Handle handle, Owed owed, Instant now) {
    return of(
            owed.item(),
            handle.createUpdate(
                """
                INSERT INTO inbox_work (provider, kind, subject_key, subscription_key,
                  first_seen_at, eligible_at, hint_at, revision, attempts, error_run)
                VALUES (:provider, :kind, :key, :subscription, :now, :now, :hint, 1, 0, 0)
                ON CONFLICT (provider, kind, subject_key) DO NOTHING
                """))
        .bind("subscription", name(owed.subscription()))
        .bind("now", Micros.of(now))
        .bind("hint", Micros.ofNullable(owed.eventAt()))
        .execute();
  }

  private static List<String> codes(Predicate<ParkReason> which) {
    return Arrays.stream(ParkReason.values()).filter(which).map(Columns::code).toList();
  }

  /// Whether anything that is not parked may be claimed, or is worked on.
  static boolean anyDue(Handle handle, Instant now) {
    return handle
        .createQuery(
            """
            SELECT EXISTS (SELECT 1 FROM inbox_work
              WHERE parked_at IS NULL AND (eligible_at <= :now OR leased_until > :now)) AS found
            """)
        .bind("now", Micros.of(now))
        .map((row, _) -> row.getBoolean("found"))
        .one();
  }

  static WorkItem item(ResultSet row) throws SQLException {
    return new WorkItem(
        Columns.code(StoreProvider.class, row, "provider"),
        Columns.code(WorkKind.class, row, "kind"),
        row.getString("subject_key"));
  }

  static Failures failures(ResultSet row) throws SQLException {
    return new Failures(
        row.getInt("attempts"),
        row.getString("error_class") == null
            ? null
            : Columns.code(ErrorClass.class, row, "error_class"),
        row.getInt("error_run"));
  }

  /// Whether the lease is still the claimant's; keeps it so until the transaction ends.
  boolean isHeld(Handle handle, Claim claim) {
    return of(
            claim.item(),
            handle.createQuery(
                "SELECT revision FROM inbox_work WHERE" + OF_CLAIM + dialect.rowLock()))
        .bind("token", claim.token())
        .mapTo(Long.class)
        .findOne()
        .isPresent();
  }

  /// Moves the end of a lease; possible after it too, as long as nobody took the item.
  static boolean renew(Handle handle, Claim claim, Instant until) {
    return of(
                claim.item(),
                handle.createUpdate("UPDATE inbox_work SET leased_until = :until WHERE" + OF_CLAIM))
            .bind("token", claim.token())
            .bind("until", Micros.of(until))
            .execute()
        == 1;
  }

  /// Deletes the item if there was no news.
  static boolean deleteUnchanged(Handle handle, Claim claim) {
    return of(
                claim.item(),
                handle.createUpdate(
                    "DELETE FROM inbox_work WHERE" + OF_CLAIM + " AND revision = :revision"))
            .bind("token", claim.token())
            .bind("revision", claim.revision())
            .execute()
        == 1;
  }

  /// Gives the lease back, and nothing else.
  static boolean release(Handle handle, Claim claim) {
    return of(
                claim.item(),
                handle.createUpdate(
                    "UPDATE inbox_work SET leased_until = NULL, lease_token = NULL WHERE"
                        + OF_CLAIM))
            .bind("token", claim.token())
            .execute()
        == 1;
  }

  /// Gives the lease back and puts the item off, unless there was news.
  static boolean postpone(Handle handle, Claim claim, Instant until, String why) {
    return of(
                claim.item(),
                handle.createUpdate(
                    """
                    UPDATE inbox_work SET leased_until = NULL, lease_token = NULL,
                      last_error = :why,
                      eligible_at = CASE WHEN revision = :revision
                        THEN :until ELSE eligible_at END
                    WHERE
                    """
                        + OF_CLAIM))
            .bind("token", claim.token())
            .bind("revision", claim.revision())
            .bind("until", Micros.of(until))
            .bind("why", why)
            .execute()
        == 1;
  }

  /// Why and by whom an item is parked.
  ///
  /// @param by the build that parked it
  /// @param dueAt when it is of no use any more; null for never
  record Parking(Cause cause, String by, Instant at, @Nullable Instant dueAt) {}

  /// Notes a failure and gives the lease back. The item is put off or parked only if there was no
  /// news.
  ///
  /// @param after failures with this one
  /// @param retryAt when it is tried again if it is not parked
  /// @param parking null if it is tried again
  /// @return false if the lease is lost
  static boolean fail(
      Handle handle,
      Claim claim,
      Failures after,
      String error,
      Instant retryAt,
      @Nullable Parking parking) {
    return of(
                claim.item(),
                bound(
                    handle.createUpdate(
                        """
                        UPDATE inbox_work SET leased_until = NULL, lease_token = NULL,
                          attempts = :attempts, error_class = :class, error_run = :run,
                          last_error = :error,
                          eligible_at = CASE WHEN revision = :revision
                            THEN :retryAt ELSE eligible_at END,
                          parked_at = CASE WHEN revision = :revision
                            THEN :parkedAt ELSE parked_at END,
                          parked_by = CASE WHEN revision = :revision
                            THEN :parkedBy ELSE parked_by END,
                          park_reason = CASE WHEN revision = :revision
                            THEN :reason ELSE park_reason END,
                          park_detail = CASE WHEN revision = :revision
                            THEN :detail ELSE park_detail END
                        WHERE
                        """
                            + OF_CLAIM),
                    parking))
            .bind("token", claim.token())
            .bind("revision", claim.revision())
            .bind("attempts", after.attempts())
            .bind("class", code(after.last()))
            .bind("run", after.run())
            .bind("error", error)
            .bind("retryAt", Micros.of(retryAt))
            .execute()
        == 1;
  }

  private static @Nullable String code(@Nullable Enum<?> constant) {
    return constant == null ? null : Columns.code(constant);
  }

  private static Update bound(Update update, @Nullable Parking parking) {
    return update
        .bind("parkedAt", parking == null ? null : Micros.ofNullable(parking.at()))
        .bind("parkedBy", parking == null ? null : parking.by())
        .bind("reason", parking == null ? null : Columns.code(parking.cause().reason()))
        .bind("detail", parking == null ? null : parking.cause().detail());
  }

  /// Makes an item that is parked from its beginning.
  static void insertParked(
      Handle handle,
      WorkItem item,
      @Nullable SubscriptionKey subscription,
      String error,
      Parking parking) {
    of(
            item,
            bound(
                handle.createUpdate(
                    """
                    INSERT INTO inbox_work (provider, kind, subject_key, subscription_key,
                      first_seen_at, eligible_at, revision, attempts, error_run, last_error,
                      parked_at, parked_by, park_reason, park_detail, due_at)
                    VALUES (:provider, :kind, :key, :subscription, :parkedAt, :parkedAt, 1, 0, 0,
                      :error, :parkedAt, :parkedBy, :reason, :detail, :dueAt)
                    """),
                parking))
        .bind("subscription", name(subscription))
        .bind("error", error)
        .bind("dueAt", Micros.ofNullable(parking.dueAt()))
        .execute();
  }

  static boolean isParked(Handle handle, WorkItem item) {
    return of(
            item,
            handle.createQuery(
                "SELECT parked_at IS NOT NULL AS parked FROM inbox_work WHERE" + OF_ITEM))
        .map((row, _) -> row.getBoolean("parked"))
        .one();
  }

  /// Brings an item back, parked or not. That is news to whoever works on it.
  static boolean retry(Handle handle, WorkItem item, Instant at) {
    return of(
                item,
                handle.createUpdate(
                    """
                    UPDATE inbox_work SET eligible_at = :at, revision = revision + 1,
                      parked_at = NULL, parked_by = NULL,
                      park_reason = NULL, park_detail = NULL
                    WHERE
                    """
                        + OF_ITEM))
            .bind("at", Micros.of(at))
            .execute()
        == 1;
  }

  /// The parked items of a reason that fulfil a condition.
  static List<WorkItem> parked(
      Handle handle, StoreProvider provider, List<String> reasons, Restriction restriction) {
    return restriction
        .bind(
            handle.createQuery(
                """
                SELECT provider, kind, subject_key FROM inbox_work
                WHERE parked_at IS NOT NULL AND park_reason IN (<reasons>) AND provider = :provider
                  AND
                """
                    + restriction.condition()
                    + " ORDER BY kind, subject_key"))
        .bindList("reasons", reasons)
        .bind("provider", Columns.code(provider))
        .map((row, _) -> item(row))
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

  static boolean delete(Handle handle, WorkItem item) {
    return of(item, handle.createUpdate("DELETE FROM inbox_work WHERE" + OF_ITEM)).execute() == 1;
  }

  static @Nullable String name(@Nullable SubscriptionKey subscription) {
    return subscription == null ? null : subscription.value();
  }

  static @Nullable SubscriptionKey subscription(StoreProvider provider, @Nullable String name) {
    return name == null ? null : new SubscriptionKey(provider.payments(), name);
  }

  static <S extends SqlStatement<S>> S of(WorkItem item, S statement) {
    return statement
        .bind("provider", Columns.code(item.provider()))
        .bind("kind", Columns.code(item.kind()))
        .bind("key", item.key());
  }
}
