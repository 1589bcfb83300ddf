package org.sessionpro.backend.inbox;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.sessionpro.backend.db.Columns;
import org.sessionpro.backend.db.Dialect;
import org.sessionpro.backend.db.Micros;
import org.sessionpro.backend.inbox.Claim.Seen;

/// How items of `inbox_work` are leased.
final class WorkClaims {
  private static final String CLAIMABLE =
      """
      provider = :provider AND swept = :swept AND parked_at IS NULL AND eligible_at <= :now
        AND kind IN (<kinds>)
        AND (leased_until IS NULL OR leased_until <= :now OR leased_until > :absurd)
      """;

  private final Dialect dialect;

  WorkClaims(Dialect dialect) {
    this.dialect = dialect;
  }

  /// Whether there is anything to claim; asked before a claim, because looking costs no write. The
  /// order makes the index of what comes next the cheapest way.
  static boolean anyClaimable(Handle handle, Selection selection, Instant now, Duration lease) {
    return claimable(
            handle.createQuery(
                "SELECT eligible_at FROM inbox_work WHERE "
                    + CLAIMABLE
                    + selection.indexed()
                    + " ORDER BY eligible_at LIMIT 1"),
            selection,
            now,
            lease)
        .mapTo(Long.class)
        .findFirst()
        .isPresent();
  }

  /// Leases the most overdue items that are free.
  ///
  /// @param token that nobody else has
  List<Claim> claim(Handle handle, Selection selection, long token, Instant now, Duration lease) {
    List<Claim> claims =
        claimable(
                handle.createQuery(
                    """
                    SELECT provider, kind, subject_key, revision, attempts, error_class, error_run,
                      parked_by, park_reason, park_detail, due_at, money_kept, first_seen_at, hint_at,
                      swept
                    FROM inbox_work WHERE
                    """
                        + CLAIMABLE
                        + selection.indexed()
                        + " ORDER BY eligible_at LIMIT :limit"
                        + dialect.freeRowLock()),
                selection,
                now,
                lease)
            .bind("limit", selection.limit())
            .map((row, _) -> readClaim(row, token, now.plus(lease)))
            .list();
    claims.forEach(claim -> lease(handle, claim, now));
    return claims;
  }

  /// What is wanted of a claim.
  ///
  /// @param limit at least 1
  record Selection(StoreProvider provider, Set<WorkKind> kinds, Lane lane, int limit) {
    /// The condition of the index that has nothing but these kinds in it: messages have one and all
    /// others another, so that many that are due of one sort are no way to those of the other.
    private String indexed() {
      if (!kinds.contains(WorkKind.MESSAGE)) {
        return " AND kind <> 'message'";
      }
      return kinds.size() == 1 ? " AND kind = 'message'" : "";
    }
  }

  private static void lease(Handle handle, Claim claim, Instant now) {
    WorkTable.of(
            claim.item(),
            handle.createUpdate(
                "UPDATE inbox_work SET leased_until = :until, lease_token = :token, tried_at = :now"
                    + " WHERE"
                    + WorkTable.OF_ITEM))
        .bind("until", Micros.of(claim.until()))
        .bind("token", claim.token())
        .bind("now", Micros.of(now))
        .execute();
  }

  private static Query claimable(Query query, Selection selection, Instant now, Duration lease) {
    return query
        .bind("provider", Columns.code(selection.provider()))
        .bind("swept", selection.lane() == Lane.SWEPT)
        .bindList("kinds", selection.kinds().stream().map(Columns::code).toList())
        .bind("now", Micros.of(now))
        // A lease that ends later than any lease of now was taken before the clock was set back.
        .bind("absurd", Micros.of(now.plus(lease).plus(Inbox.MAX_SKEW)));
  }

  private static Claim readClaim(ResultSet row, long token, Instant until) throws SQLException {
    // Without, it is tried again for as long as any other that fails.
    boolean givenUp = row.getString("parked_by") != null;
    return new Claim(
        WorkRow.item(row),
        token,
        row.getLong("revision"),
        WorkRow.failures(row),
        givenUp ? WorkRow.cause(row) : null,
        new Seen(
            Columns.instant(row, "first_seen_at"),
            Columns.nullableInstant(row, "hint_at"),
            row.getBoolean("swept") ? Lane.SWEPT : Lane.ANNOUNCED),
        until);
  }
}
