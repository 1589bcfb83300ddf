package org.sessionpro.backend.ledger;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.SqlStatements;
import org.sessionpro.backend.db.Finding;
import org.sessionpro.backend.db.Micros;
import org.sessionpro.protocol.MasterKey;
import org.sessionpro.protocol.Plan;

/// What must hold of the rows of a ledger: the flags of `operator-v0.md` §7 as far as these tables
/// could break them, and the references that no foreign key keeps.
final class LedgerRules {
  /// Before any purchase: 2025-08-27T00:00:00Z (`operator-v0.md` §7).
  private static final Instant BEGINNING = Instant.ofEpochSecond(1_756_252_800);

  private static final List<Rule> ROWS =
      List.of(
          new Rule(
              "payment_expiry",
              "payments end at or before the epoch",
              "payments WHERE expiry_at <= 0"),
          new Rule(
              "payment_term",
              "payments that stand and are owned end before they begin",
              """
              payments
              WHERE account_id IS NOT NULL AND revoked_at IS NULL AND expiry_at < purchased_at
              """),
          new Rule(
              "payment_owner",
              "payments have an owner without its instant or an instant without its owner",
              """
              payments
              WHERE (account_id IS NULL) <> (redeemed_at IS NULL)
                OR (account_id IS NULL) <> (redeemed_how IS NULL)
              """),
          new Rule(
              "payment_redeemed",
              "payments were redeemed before the service began",
              "payments WHERE redeemed_at < :beginning"),
          new Rule(
              "payment_revocation",
              "payments are revoked without instant or reason, or go on renewing",
              """
              payments
              WHERE (revoked_at IS NULL) <> (revoked_reason IS NULL)
                OR (revoked_at IS NOT NULL AND auto_renewing = TRUE)
              """),
          new Rule(
              "payment_provider",
              "payments carry the ids of another provider",
              """
              payments
              WHERE (binding IS NOT NULL AND NOT (
                  (provider = 'google_play' AND length(binding) = 32)
                  OR (provider = 'app_store' AND length(binding) = 16)))
                OR (transaction_id IS NOT NULL AND provider <> 'app_store')
              """),
          new Rule(
              "payment_facts",
              "payments have not as many facts as they count",
              """
              payments p WHERE fact_count <> (SELECT count(*) FROM facts f
                WHERE f.subject = 'payment' AND f.subject_id = p.id)
              """),
          new Rule(
              "account_key", "accounts have a key of zeros", "accounts WHERE master_key = :zeros"),
          new Rule(
              "account_expiry",
              "accounts end before the service began",
              "accounts WHERE expiry_at < :beginning"),
          new Rule(
              "account_generation",
              "accounts use a generation that is not there",
              """
              accounts a WHERE NOT EXISTS (SELECT 1 FROM generations g
                WHERE g.account_id = a.id AND g.ordinal = a.generation)
              """),
          new Rule(
              "account_carrier",
              "accounts are carried by a payment that is not theirs",
              """
              accounts a WHERE carrier_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM payments p
                WHERE p.id = a.carrier_id AND p.account_id = a.id)
              """),
          new Rule(
              "account_facts",
              "accounts have not as many facts as they count",
              """
              accounts a WHERE fact_count <> (SELECT count(*) FROM facts f
                WHERE f.subject = 'account' AND f.subject_id = a.id)
              """),
          new Rule(
              "fact_subject",
              "facts are about nothing that is there",
              """
              facts f WHERE (subject = 'payment'
                  AND NOT EXISTS (SELECT 1 FROM payments p WHERE p.id = f.subject_id))
                OR (subject = 'account'
                  AND NOT EXISTS (SELECT 1 FROM accounts a WHERE a.id = f.subject_id))
              """));

  private LedgerRules() {}

  /// @param detail what is wrong with the rows, in the plural
  /// @param rows a table and the condition that no row of it may fulfil
  private record Rule(String check, String detail, String rows) {}

  /// The rules that do not hold, in a fixed order.
  static List<Finding> broken(Handle handle) {
    List<Finding> findings = new ArrayList<>();
    strangePlans(handle).forEach(findings::add);
    for (Rule rule : ROWS) {
      long count =
          handle
              .createQuery("SELECT count(*) FROM " + rule.rows())
              .configure(SqlStatements.class, each -> each.setUnusedBindingAllowed(true))
              .bind("beginning", Micros.of(BEGINNING))
              .bind("zeros", new byte[MasterKey.SIZE])
              .mapTo(Long.class)
              .one();
      if (count > 0) {
        findings.add(new Finding(rule.check(), count, rule.detail()));
      }
    }
    return findings;
  }

  /// The grammar of plans is more than an engine can check.
  private static Stream<Finding> strangePlans(Handle handle) {
    long count =
        handle
            .createQuery("SELECT plan, count(*) AS payments FROM payments GROUP BY plan")
            .map((row, _) ->
                Plan.ofCode(row.getString("plan")).isPresent() ? 0L : row.getLong("payments"))
            .list()
            .stream()
            .mapToLong(Long::longValue)
            .sum();
    return count == 0
        ? Stream.empty()
        : Stream.of(new Finding("payment_plan", count, "payments have a plan that is none"));
  }
}
