package org.sessionpro.backend.ledger;

import java.time.Instant;
import org.sessionpro.backend.db.Database;
import org.sessionpro.backend.db.Micros;
import org.sessionpro.backend.entitlement.RenewalAllowance;

/// How many there are in a ledger. Counting reads every account once: for a look each few minutes.
///
/// @param accounts that were ever made
/// @param covered of those, whose coverage goes on and is not revoked, as they were stored last
/// @param generations that were issued, without those that were pruned
/// @param revoked of those
public record LedgerCensus(long accounts, long covered, long generations, long revoked) {
  /// Counts.
  ///
  /// @param allowance that counts as covered
  public static LedgerCensus take(Database database, RenewalAllowance allowance, Instant now) {
    return database.read(handle ->
        handle
            .createQuery(
                """
                SELECT
                  (SELECT count(*) FROM accounts) AS accounts,
                  (SELECT count(*) FROM accounts a
                    WHERE a.expiry_at >= :now - CASE WHEN a.auto_renewing
                        THEN coalesce(a.grace_period, 0) + :allowance ELSE 0 END
                      AND NOT EXISTS (SELECT 1 FROM generations g
                        WHERE g.account_id = a.id AND g.ordinal = a.generation
                          AND g.revoked_at IS NOT NULL)) AS covered,
                  (SELECT count(*) FROM generations) AS generations,
                  (SELECT count(*) FROM generations WHERE revoked_at IS NOT NULL) AS revoked
                """)
            .bind("allowance", Micros.of(allowance.length()))
            .bind("now", Micros.of(now))
            .map((row, _) ->
                new LedgerCensus(
                    row.getLong("accounts"),
                    row.getLong("covered"),
                    row.getLong("generations"),
                    row.getLong("revoked")))
            .one());
  }
}
