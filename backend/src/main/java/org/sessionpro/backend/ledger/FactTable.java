package org.sessionpro.backend.ledger;

import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.sessionpro.backend.entitlement.AccountFact;
import org.sessionpro.backend.entitlement.AccountId;
import org.sessionpro.backend.entitlement.Learned;
import org.sessionpro.backend.entitlement.PaymentFact;
import org.sessionpro.backend.entitlement.PaymentId;
import org.sessionpro.backend.entitlement.SubscriptionFact;

/// The `facts` table: append only, numbered from 1 within each payment, account and subscription.
final class FactTable {
  private FactTable() {}

  /// Appends `facts` behind the `present` ones of the payment.
  static void append(
      Handle handle, PaymentId id, int present, List<PaymentFact> facts, Instant learnedAt) {
    append(
        handle,
        "payment",
        id.value(),
        present,
        facts.stream().map(PaymentFactCodec::write).toList(),
        learnedAt);
  }

  /// Appends `facts` behind the `present` ones of the account.
  static void append(
      Handle handle, AccountId id, int present, List<AccountFact> facts, Instant learnedAt) {
    append(
        handle,
        "account",
        id.value(),
        present,
        facts.stream().map(AccountFactCodec::write).toList(),
        learnedAt);
  }

  /// Appends `facts` behind the `present` ones of the subscription of that row.
  static void ofSubscription(
      Handle handle, long row, int present, List<SubscriptionFact> facts, Instant learnedAt) {
    append(
        handle,
        "subscription",
        row,
        present,
        facts.stream().map(SubscriptionFactCodec::write).toList(),
        learnedAt);
  }

  private static void append(
      Handle handle,
      String subject,
      long subjectId,
      int present,
      List<WrittenFact> facts,
      Instant learnedAt) {
    if (facts.isEmpty()) {
      return;
    }
    FactBatch batch = new FactBatch(handle, learnedAt);
    batch.add(subject, subjectId, present, facts);
    batch.execute();
  }

  /// All facts of a payment, in the order in which they were recorded.
  static List<PaymentFact> of(Handle handle, PaymentId id) {
    return learned(handle, id).stream().map(Learned::fact).toList();
  }

  /// All facts of an account, in the order in which they were recorded.
  static List<AccountFact> of(Handle handle, AccountId id) {
    return learned(handle, id).stream().map(Learned::fact).toList();
  }

  /// All facts of a payment with both clocks, in the order in which they were recorded.
  static List<Learned<PaymentFact>> learned(Handle handle, PaymentId id) {
    return select(handle, "payment", id.value()).stream()
        .map(row -> row.decoded(PaymentFactCodec::read))
        .toList();
  }

  /// All facts of an account with both clocks, in the order in which they were recorded.
  static List<Learned<AccountFact>> learned(Handle handle, AccountId id) {
    return select(handle, "account", id.value()).stream()
        .map(row -> row.decoded(AccountFactCodec::read))
        .toList();
  }

  /// All facts of the subscription of that row with both clocks, in the order in which they were
  /// recorded.
  static List<Learned<SubscriptionFact>> ofSubscription(Handle handle, long row) {
    return select(handle, "subscription", row).stream()
        .map(fact -> fact.decoded(SubscriptionFactCodec::read))
        .toList();
  }

  private static List<FactRow> select(Handle handle, String subject, long subjectId) {
    return handle
        .createQuery(
            "SELECT "
                + FactRow.COLUMNS
                + " FROM facts f WHERE f.subject = :subject AND f.subject_id = :id ORDER BY f.number")
        .bind("subject", subject)
        .bind("id", subjectId)
        .map((row, _) -> FactRow.read(row))
        .list();
  }
}
