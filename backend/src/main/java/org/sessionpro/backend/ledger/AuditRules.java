package org.sessionpro.backend.ledger;

import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.sessionpro.backend.db.Micros;
import org.sessionpro.backend.ledger.AuditScan.Range;

/// Rules that every row keeps (`entitlement.md` §1), as conditions of rows that break them. Some are
/// constraints of the tables too, which a repair by hand may have switched off.
final class AuditRules {
  /// A rule.
  ///
  /// @param name in snake case
  /// @param meaning what holds of a sound row
  /// @param broken condition of a row that breaks it
  record Rule(String name, String meaning, String broken) {}

  /// A row that breaks a rule.
  record Broken(long id, Rule rule) {}

  /// Before any purchase: 2025-08-27T00:00:00Z (`operator-v0.md` §7).
  private static final long BEGINNING = Micros.of(Instant.ofEpochSecond(1_756_252_800));

  static final List<Rule> OF_PAYMENTS =
      List.of(
          new Rule(
              "term_or_credit",
              "a payment has an end or a length",
              "expiry_at IS NULL AND credit_remaining IS NULL"),
          new Rule(
              "redemption",
              "a payment with an owner says when and how it was redeemed, another does not",
              """
              (account_id IS NULL) <> (redeemed_at IS NULL)
                OR (account_id IS NULL) <> (redeemed_how IS NULL)
              """),
          new Rule(
              "revocation_reason",
              "a revoked payment says why, another does not",
              "(revoked_at IS NULL) <> (revoked_reason IS NULL)"),
          new Rule(
              "renewing",
              "a payment renews exactly if its store says so and it is not revoked",
              "auto_renewing <> (renewal_stated = TRUE AND revoked_at IS NULL)"),
          new Rule(
              "term_order",
              "the term of a payment with an owner ends behind its purchase, unless revoked",
              """
              account_id IS NOT NULL AND revoked_at IS NULL AND credit_granted IS NULL
                AND expiry_at < purchased_at
              """),
          new Rule("epoch", "a term ends after the epoch", "expiry_at <= 0"),
          new Rule(
              "before_the_service",
              "nothing was redeemed before the service began",
              "redeemed_at < " + BEGINNING),
          new Rule("grace_period", "a grace period is longer than zero", "grace_period <= 0"),
          new Rule(
              "transaction",
              "payments of the App Store alone have a transaction",
              "transaction_id IS NOT NULL AND provider <> 'app_store'"),
          new Rule(
              "credit_length",
              "what is left of a credit lies between zero and what was granted",
              """
              (credit_granted IS NULL) <> (credit_remaining IS NULL) OR credit_granted <= 0
                OR credit_remaining < 0 OR credit_remaining > credit_granted
              """),
          new Rule(
              "credit_end",
              "a credit has an end exactly if nothing is left of it",
              "(credit_remaining = 0) <> (expiry_at IS NOT NULL)"),
          new Rule(
              "binding",
              "a binding is one of the payment's provider",
              """
              length(binding)
                <> CASE provider WHEN 'google_play' THEN 32 WHEN 'app_store' THEN 16 ELSE -1 END
              """));

  static final List<Rule> OF_ACCOUNTS =
      List.of(
          new Rule(
              "checkpoint",
              "an account has a checkpoint exactly if a credit is left to consume",
              """
              (credits_checkpoint_at IS NULL) = EXISTS (
                SELECT 1 FROM payments p
                WHERE p.account_id = r.id AND p.credit_remaining > 0 AND p.revoked_at IS NULL)
              """),
          new Rule(
              "carrier",
              "the payment that carries an account is one of its own",
              """
              carrier_id IS NOT NULL AND NOT EXISTS (
                SELECT 1 FROM payments p WHERE p.account_id = r.id AND p.id = r.carrier_id)
              """),
          new Rule(
              "proof_counters",
              "late proofs are among those of the window, these among all, and an open window has some",
              """
              proofs_issued_late > proofs_issued_window
                OR proofs_issued_window > proofs_issued_total
                OR (proofs_window_start IS NULL) <> (proofs_issued_window = 0)
              """),
          new Rule(
              "before_the_service",
              "no account ended before the service began",
              "expiry_at < " + BEGINNING),
          new Rule("grace_period", "a grace period is longer than zero", "grace_period <= 0"));

  private AuditRules() {}

  /// The payments of a range of accounts that break a rule.
  static List<Broken> ofOwned(Handle handle, Range accounts) {
    return find(
        handle, accounts, OF_PAYMENTS, "payments", "account_id > :after AND account_id <= :until");
  }

  /// The payments without owner, of a range, that break a rule.
  static List<Broken> ofUnclaimed(Handle handle, Range payments) {
    return find(
        handle,
        payments,
        OF_PAYMENTS,
        "payments",
        "account_id IS NULL AND id > :after AND id <= :until");
  }

  /// The accounts of a range that break a rule.
  static List<Broken> ofAccounts(Handle handle, Range accounts) {
    return find(handle, accounts, OF_ACCOUNTS, "accounts", "id > :after AND id <= :until");
  }

  private static List<Broken> find(
      Handle handle, Range range, List<Rule> rules, String table, String which) {
    String select =
        rules.stream()
            .map(rule ->
                "SELECT r.id, '%s' AS rule FROM %s r WHERE %s AND (%s)"
                    .formatted(rule.name(), table, which, rule.broken()))
            .collect(Collectors.joining(" UNION ALL "));
    return range
        .bind(handle.createQuery(select + " ORDER BY id"))
        .map((row, _) -> new Broken(row.getLong("id"), named(rules, row.getString("rule"))))
        .list();
  }

  private static Rule named(List<Rule> rules, String name) {
    return rules.stream().filter(rule -> rule.name().equals(name)).findFirst().orElseThrow();
  }
}
