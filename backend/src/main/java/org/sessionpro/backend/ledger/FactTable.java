package org.sessionpro.backend.ledger;

import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.sessionpro.backend.db.Micros;
import org.sessionpro.backend.entitlement.AccountFact;
import org.sessionpro.backend.entitlement.AccountId;
import org.sessionpro.backend.entitlement.PaymentFact;
import org.sessionpro.backend.entitlement.PaymentId;

/// The `facts` table: append only, numbered from 1 within each payment and each account.
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

  private static void append(
      Handle handle,
      String subject,
      long subjectId,
      int present,
      List<WrittenFact> facts,
      Instant learnedAt) {
    int number = present;
    for (WrittenFact fact : facts) {
      number++;
      handle
          .createUpdate(
              """
              INSERT INTO facts (subject, subject_id, number, kind, happened_at, learned_at, body)
              VALUES (:subject, :subjectId, :number, :kind, :happenedAt, :learnedAt, :body)
              """)
          .bind("subject", subject)
          .bind("subjectId", subjectId)
          .bind("number", number)
          .bind("kind", fact.kind())
          .bind("happenedAt", Micros.of(fact.happenedAt()))
          .bind("learnedAt", Micros.of(learnedAt))
          .bind("body", fact.body())
          .execute();
    }
  }

  /// All facts of a payment, in the order in which they were recorded.
  static List<PaymentFact> of(Handle handle, PaymentId id) {
    return handle
        .createQuery(
            """
            SELECT kind, body FROM facts
            WHERE subject = 'payment' AND subject_id = :id ORDER BY number
            """)
        .bind("id", id.value())
        .map((row, _) -> PaymentFactCodec.read(row.getString("kind"), row.getString("body")))
        .list();
  }

  /// All facts of an account, in the order in which they were recorded.
  static List<AccountFact> of(Handle handle, AccountId id) {
    return handle
        .createQuery(
            """
            SELECT kind, body FROM facts
            WHERE subject = 'account' AND subject_id = :id ORDER BY number
            """)
        .bind("id", id.value())
        .map((row, _) -> AccountFactCodec.read(row.getString("kind"), row.getString("body")))
        .list();
  }
}
