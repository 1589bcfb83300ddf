package org.sessionpro.backend.inbox;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.SqlStatement;
import org.jdbi.v3.core.statement.Update;
import org.jspecify.annotations.Nullable;
import org.sessionpro.backend.db.Columns;
import org.sessionpro.backend.db.Dialect;
import org.sessionpro.backend.db.Micros;
import org.sessionpro.backend.entitlement.SubscriptionKey;
import org.sessionpro.backend.inbox.Settled.Fate;

/// The `inbox_work` table. Each operation is one conditional statement, or two of which the first
/// keeps the row until the second.
///
/// | state | `parked_at` | `parked_by` | `park_reason` | `leased_until` | `eligible_at` |
/// |---|---|---|---|---|---|
/// | waits | – | – | – | – or past | future |
/// | due | – | – | – | – or past | past |
/// | fails for a reason that somebody can mend | – | – | set | – or past | any |
/// | worked on | – | any | any | future | any |
/// | has one try left | – | set | set | – or past | past |
/// | parked | set | set | set | – | any |
///
/// | event | what it does |
/// |---|---|
/// | news | revision + 1; due at once. A parked item comes back as new, gets one try, or stays, as its reason says ([ParkReason.Cure]) |
/// | claim | worked on, under a token of its own |
/// | done | gone; after news as new, without attempts |
/// | done, and to be done again | as new, without attempts; due then, or at once after news |
/// | failure | one attempt more. Without news meanwhile: waits, or is parked, which an item with one try left is in any case |
/// | command | revision + 1; as new, due at once, announced |
///
/// As new means: not parked, no reason, no failures in a row. Attempts stay counted until something
/// succeeds.
final class WorkTable {
  static final String OF_ITEM = " provider = :provider AND kind = :kind AND subject_key = :key";

  /// The lease is the claimant's: its token is nobody else's.
  private static final String OF_CLAIM = OF_ITEM + " AND lease_token = :token";

  /// Nothing that went wrong before counts against it, but for the number of attempts.
  private static final String AS_NEW =
      """
      parked_at = NULL, parked_by = NULL, park_reason = NULL, park_detail = NULL,
        money_kept = FALSE, error_class = NULL, error_run = 0
      """;

  private final Dialect dialect;

  WorkTable(Dialect dialect) {
    this.dialect = dialect;
  }

  /// Makes an item, or notes that there is news of it (`google-play.md` §3, enqueue).
  static void enqueue(Handle handle, Owed owed, Instant now) {
    Instant event = owed.eventAt();
    // The store's clock never defers work.
    Instant at = event == null || event.isAfter(now) ? now : event;
    bound(
            handle.createQuery(
                """
                INSERT INTO inbox_work (provider, kind, subject_key, subscription_key, swept,
                  first_seen_at, eligible_at, hint_at, due_at, revision, attempts, error_run)
                VALUES (:provider, :kind, :key, :subscription, :swept, :now, :at, :hint, :due,
                  1, 0, 0)
                ON CONFLICT (provider, kind, subject_key) DO UPDATE SET
                  subscription_key =
                    COALESCE(inbox_work.subscription_key, excluded.subscription_key),
                  swept = (inbox_work.swept AND excluded.swept),
                  revision = inbox_work.revision + 1,
                  eligible_at = CASE WHEN excluded.eligible_at < inbox_work.eligible_at
                    THEN excluded.eligible_at ELSE inbox_work.eligible_at END,
                  hint_at = CASE
                    WHEN inbox_work.hint_at IS NULL OR excluded.hint_at < inbox_work.hint_at
                    THEN excluded.hint_at ELSE inbox_work.hint_at END,
                  due_at = COALESCE(excluded.due_at, inbox_work.due_at)
                RETURNING parked_at, park_reason
                """),
            owed,
            now)
        .bind("at", Micros.of(at))
        .map((row, _) -> reasonIfParked(row))
        .findOne()
        .ifPresent(reason -> bringBack(handle, owed.item(), reason));
  }

  private static @Nullable ParkReason reasonIfParked(ResultSet row) throws SQLException {
    return Columns.nullableInstant(row, "parked_at") == null
        ? null
        : Columns.code(ParkReason.class, row, "park_reason");
  }

  /// What news does to a parked item.
  private static void bringBack(Handle handle, WorkItem item, ParkReason reason) {
    if (reason.isTriedOnNews()) {
      String change = reason.isCuredByNews() ? AS_NEW : "parked_at = NULL";
      of(item, handle.createUpdate("UPDATE inbox_work SET " + change + " WHERE" + OF_ITEM))
          .execute();
    }
  }

  /// Makes an item unless there is one.
  ///
  /// @return how many were made
  static int insertMissing(Handle handle, Owed owed, Instant now) {
    return bound(
            handle.createUpdate(
                """
                INSERT INTO inbox_work (provider, kind, subject_key, subscription_key, swept,
                  first_seen_at, eligible_at, hint_at, due_at, revision, attempts, error_run)
                VALUES (:provider, :kind, :key, :subscription, :swept, :now, :now, :hint, :due,
                  1, 0, 0)
                ON CONFLICT (provider, kind, subject_key) DO NOTHING
                """),
            owed,
            now)
        .execute();
  }

  static <S extends SqlStatement<S>> S bound(S statement, Owed owed, Instant now) {
    return of(owed.item(), statement)
        .bind("subscription", name(owed.subscription()))
        .bind("swept", owed.lane() == Lane.SWEPT)
        .bind("now", Micros.of(now))
        .bind("hint", Micros.ofNullable(owed.eventAt()))
        .bind("due", Micros.ofNullable(owed.dueAt()));
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

  /// Gives the lease back after a success, although there was news: what failed before is over.
  static boolean succeed(Handle handle, Claim claim) {
    return of(
                claim.item(),
                handle.createUpdate(
                    "UPDATE inbox_work SET leased_until = NULL, lease_token = NULL, attempts = 0,"
                        + " last_error = NULL, "
                        + AS_NEW
                        + " WHERE"
                        + OF_CLAIM))
            .bind("token", claim.token())
            .execute()
        == 1;
  }

  /// As above, and without news it is due again at an instant, for a reason of its own: what made us do
  /// it is done with.
  static boolean succeed(Handle handle, Claim claim, Instant at, String why) {
    return of(
                claim.item(),
                handle.createUpdate(
                    """
                    UPDATE inbox_work SET leased_until = NULL, lease_token = NULL, attempts = 0,
                      last_error = :why,
                      eligible_at = CASE WHEN revision = :revision THEN :at ELSE eligible_at END,
                      hint_at = CASE WHEN revision = :revision THEN NULL ELSE hint_at END,
                    """
                        + AS_NEW
                        + " WHERE"
                        + OF_CLAIM))
            .bind("token", claim.token())
            .bind("revision", claim.revision())
            .bind("at", Micros.of(at))
            .bind("why", why)
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

  /// Notes a failure and gives the lease back. The item is put off or parked only if there was no
  /// news.
  ///
  /// @param last the kind of failure; null if nothing failed
  /// @param retryAt when it is tried again if it is not parked
  /// @param reason null for one that nobody can mend: it is tried again, and what was known stays
  static Fate fail(
      Handle handle,
      Claim claim,
      @Nullable ErrorClass last,
      String error,
      Instant retryAt,
      @Nullable Reason reason) {
    boolean withoutNews = putOff(handle, claim, retryAt, reason);
    boolean isOurs =
        of(
                    claim.item(),
                    handle.createUpdate(
                        """
                        UPDATE inbox_work SET leased_until = NULL, lease_token = NULL,
                          attempts = attempts + 1,
                          error_run = CASE WHEN CAST(:class AS TEXT) IS NULL THEN 0
                            WHEN error_class = :class THEN error_run + 1 ELSE 1 END,
                          error_class = :class, last_error = :error
                        WHERE
                        """
                            + OF_CLAIM))
                .bind("token", claim.token())
                .bind("class", code(last))
                .bind("error", error)
                .execute()
            == 1;
    if (!isOurs) {
      return Fate.LOST;
    }
    return withoutNews && reason != null && reason.parking() != null ? Fate.PARKED : Fate.STAYS;
  }

  private static boolean putOff(
      Handle handle, Claim claim, Instant until, @Nullable Reason reason) {
    return of(
                claim.item(),
                bound(
                    handle.createUpdate(
                        """
                        UPDATE inbox_work SET eligible_at = :until, parked_at = :parkedAt,
                          parked_by = :parkedBy,
                          park_reason = COALESCE(:reason, park_reason),
                          park_detail = CASE WHEN CAST(:reason AS TEXT) IS NULL
                            THEN park_detail ELSE :detail END,
                          due_at = CASE WHEN CAST(:reason AS TEXT) IS NULL
                            THEN due_at ELSE :dueAt END,
                          money_kept = CASE WHEN CAST(:reason AS TEXT) IS NULL
                            THEN money_kept ELSE :moneyKept END
                        WHERE
                        """
                            + OF_CLAIM
                            + " AND revision = :revision"),
                    reason))
            .bind("token", claim.token())
            .bind("revision", claim.revision())
            .bind("until", Micros.of(until))
            .execute()
        == 1;
  }

  private static @Nullable String code(@Nullable Enum<?> constant) {
    return constant == null ? null : Columns.code(constant);
  }

  private static Update bound(Update update, @Nullable Reason reason) {
    Cause cause = reason == null ? null : reason.cause();
    Reason.Parking parking = reason == null ? null : reason.parking();
    return update
        .bind("parkedAt", parking == null ? null : Micros.ofNullable(parking.at()))
        .bind("parkedBy", parking == null ? null : parking.by())
        .bind("reason", cause == null ? null : Columns.code(cause.reason()))
        .bind("detail", cause == null ? null : cause.detail())
        .bind("dueAt", cause == null ? null : Micros.ofNullable(cause.dueAt()))
        .bind("moneyKept", cause != null && cause.moneyKept());
  }

  /// Makes an item that is parked from its beginning.
  static void insertParked(
      Handle handle,
      WorkItem item,
      @Nullable SubscriptionKey subscription,
      String error,
      Reason reason) {
    of(
            item,
            bound(
                handle.createUpdate(
                    """
                    INSERT INTO inbox_work (provider, kind, subject_key, subscription_key,
                      first_seen_at, eligible_at, revision, attempts, error_run, last_error,
                      parked_at, parked_by, park_reason, park_detail, due_at, money_kept)
                    VALUES (:provider, :kind, :key, :subscription, :parkedAt, :parkedAt, 1, 0, 0,
                      :error, :parkedAt, :parkedBy, :reason, :detail, :dueAt, :moneyKept)
                    """),
                reason))
        .bind("subscription", name(subscription))
        .bind("error", error)
        .execute();
  }

  /// Brings an item back, parked or not, for whoever asked. That is news to whoever works on it.
  static boolean retry(Handle handle, WorkItem item, Instant at) {
    return of(
                item,
                handle.createUpdate(
                    "UPDATE inbox_work SET eligible_at = :at, revision = revision + 1,"
                        + " swept = FALSE, "
                        + AS_NEW
                        + " WHERE"
                        + OF_ITEM))
            .bind("at", Micros.of(at))
            .execute()
        == 1;
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
