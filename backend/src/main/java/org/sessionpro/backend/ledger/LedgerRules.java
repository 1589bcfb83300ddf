package org.sessionpro.backend.ledger;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.SqlStatements;
import org.sessionpro.backend.db.Defect;
import org.sessionpro.protocol.MasterKey;
import org.sessionpro.protocol.Plan;

/// What must hold of the rows of a ledger as a whole: the rules of each row ([AuditRules]), and the
/// references and counts that no constraint keeps.
final class LedgerRules {
  private static final List<Rule> BETWEEN_TABLES =
      List.of(
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
              "account_generation",
              "accounts use a generation that is not there",
              """
              accounts a WHERE NOT EXISTS (SELECT 1 FROM generations g
                WHERE g.account_id = a.id AND g.ordinal = a.generation)
              """),
          new Rule(
              "account_facts",
              "accounts have not as many facts as they count",
              """
              accounts a WHERE fact_count <> (SELECT count(*) FROM facts f
                WHERE f.subject = 'account' AND f.subject_id = a.id)
              """),
          new Rule(
              "subscription_facts",
              "subscriptions have not as many facts as they count",
              """
              subscription s WHERE fact_count <> (SELECT count(*) FROM facts f
                WHERE f.subject = 'subscription' AND f.subject_id = s.id)
              """),
          new Rule(
              "fact_subject",
              "facts are about nothing that is there",
              """
              facts f WHERE (subject = 'payment'
                  AND NOT EXISTS (SELECT 1 FROM payments p WHERE p.id = f.subject_id))
                OR (subject = 'account'
                  AND NOT EXISTS (SELECT 1 FROM accounts a WHERE a.id = f.subject_id))
                OR (subject = 'subscription'
                  AND NOT EXISTS (SELECT 1 FROM subscription s WHERE s.id = f.subject_id))
              """));

  private LedgerRules() {}

  /// @param rows a table and the condition that no row of it may fulfil
  private record Rule(String check, String detail, String rows) {
    Stream<Defect> defect(Handle handle) {
      long count =
          handle
              .createQuery("SELECT count(*) FROM " + rows)
              .configure(SqlStatements.class, each -> each.setUnusedBindingAllowed(true))
              .bind("zeros", new byte[MasterKey.SIZE])
              .mapTo(Long.class)
              .one();
      return count == 0 ? Stream.empty() : Stream.of(new Defect(check, count, detail));
    }
  }

  /// The rules that do not hold, in a fixed order.
  static List<Defect> broken(Handle handle) {
    List<Defect> findings = new ArrayList<>();
    strangePlans(handle).forEach(findings::add);
    Stream.of(
            AuditRules.OF_PAYMENTS.stream().map(rule -> ofRows("payment", "payments", rule)),
            AuditRules.OF_ACCOUNTS.stream().map(rule -> ofRows("account", "accounts", rule)),
            BETWEEN_TABLES.stream())
        .flatMap(Function.identity())
        .flatMap(rule -> rule.defect(handle))
        .forEach(findings::add);
    return findings;
  }

  private static Rule ofRows(String prefix, String table, AuditRules.Rule rule) {
    return new Rule(
        prefix + "_" + rule.name(),
        "of each row: " + rule.meaning(),
        table + " r WHERE " + rule.broken());
  }

  /// The grammar of plans is more than an engine can check.
  private static Stream<Defect> strangePlans(Handle handle) {
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
        : Stream.of(new Defect("payment_plan", count, "payments have a plan that is none"));
  }
}
