package org.sessionpro.backend.ledger;

import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.sessionpro.backend.db.Lookup;
import org.sessionpro.backend.db.Micros;
import org.sessionpro.backend.entitlement.Continuation;
import org.sessionpro.backend.entitlement.PaymentFact.TermsStated;
import org.sessionpro.backend.entitlement.PaymentId;

/// What the facts of payments say, of which only those are read that are asked for.
record RecordedPast(Handle handle) implements Continuation.Past {
  private static final Lookup STATED_BEFORE =
      new Lookup(
          """
          SELECT body FROM facts
          WHERE subject = 'payment' AND subject_id = ? AND kind = ? AND happened_at < ?
          ORDER BY number
          """);

  private static final Lookup IS_REATTRIBUTED =
      new Lookup(
          """
          SELECT EXISTS (SELECT 1 FROM facts
            WHERE subject = 'payment' AND subject_id = ? AND kind = ?)
          """);

  @Override
  public List<TermsStated> termsBefore(PaymentId payment, Instant instant) {
    return STATED_BEFORE.all(
        handle,
        row -> PaymentFactCodec.readTermsStated(row.getString(1)),
        payment.value(),
        PaymentFactCodec.TERMS_STATED,
        Micros.of(instant));
  }

  @Override
  public boolean isReattributed(PaymentId payment) {
    return IS_REATTRIBUTED.one(
        handle, row -> row.getBoolean(1), payment.value(), PaymentFactCodec.REATTRIBUTED);
  }
}
