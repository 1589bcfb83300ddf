package org.sessionpro.backend.ledger;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.sessionpro.backend.entitlement.Payment;
import org.sessionpro.backend.entitlement.PaymentFact;
import org.sessionpro.backend.entitlement.PaymentId;
import org.sessionpro.backend.entitlement.PaymentKey;
import org.sessionpro.backend.entitlement.RegisteredPayment;

/// Appends the facts of payments and keeps their rows equal to what the facts make of them.
final class PaymentWriter {
  private final Handle handle;
  private final PaymentTable payments;
  private final Instant now;

  PaymentWriter(Handle handle, PaymentTable payments, Instant now) {
    this.handle = handle;
    this.payments = payments;
    this.now = now;
  }

  /// Registers a payment that was unknown.
  ///
  /// @param facts the first must say that it was witnessed
  void register(PaymentKey key, List<PaymentFact> facts) {
    Reduced reduced =
        reduce(Payment.replay(key, facts.subList(0, 1)), facts.subList(1, facts.size()));
    List<PaymentFact> all = new ArrayList<>(facts.subList(0, 1));
    all.addAll(reduced.effective());
    PaymentId id = payments.insert(handle, reduced.payment(), all.size());
    FactTable.append(handle, id, 0, all, now);
  }

  /// Adds facts to a payment; those that add nothing are dropped.
  void store(PaymentRow row, List<PaymentFact> facts) {
    Reduced reduced = reduce(row.payment(), facts);
    if (!reduced.effective().isEmpty()) {
      FactTable.append(handle, row.id(), row.factCount(), reduced.effective(), now);
      RegisteredPayment changed = new RegisteredPayment(row.id(), reduced.payment());
      int count = row.factCount() + reduced.effective().size();
      payments.update(handle, new PaymentRow(changed, count));
    }
  }

  /// A payment after some facts, and those of them that changed it.
  private record Reduced(Payment payment, List<PaymentFact> effective) {}

  private static Reduced reduce(Payment before, List<PaymentFact> facts) {
    Payment payment = before;
    List<PaymentFact> effective = new ArrayList<>();
    for (PaymentFact fact : facts) {
      Payment next = payment.apply(fact);
      if (!next.equals(payment)) {
        effective.add(fact);
        payment = next;
      }
    }
    return new Reduced(payment, effective);
  }
}
