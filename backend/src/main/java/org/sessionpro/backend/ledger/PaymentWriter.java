package org.sessionpro.backend.ledger;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;
import org.sessionpro.backend.entitlement.Payment;
import org.sessionpro.backend.entitlement.PaymentFact;
import org.sessionpro.backend.entitlement.PaymentFact.AliasSeen;
import org.sessionpro.backend.entitlement.PaymentId;
import org.sessionpro.backend.entitlement.PaymentKey;
import org.sessionpro.backend.entitlement.RegisteredPayment;
import org.sessionpro.protocol.TransactionId;

/// Appends the facts of payments and keeps their rows equal to what the facts make of them.
final class PaymentWriter {
  private final Handle handle;
  private final PaymentTable payments;
  private final OwnerWatch owners;
  private final PaymentNews news;
  private final Instant now;

  PaymentWriter(
      Handle handle, PaymentTable payments, OwnerWatch owners, PaymentNews news, Instant now) {
    this.handle = handle;
    this.payments = payments;
    this.owners = owners;
    this.news = news;
    this.now = now;
  }

  /// Registers a payment that was unknown.
  ///
  /// @param facts the first must say that it was witnessed
  void register(PaymentKey key, List<PaymentFact> facts) {
    Payment witnessed = Payment.replay(key, facts.subList(0, 1));
    Reduced reduced = reduce(witnessed, facts.subList(1, facts.size()));
    List<PaymentFact> all = new ArrayList<>(facts.subList(0, 1));
    all.addAll(reduced.effective());
    PaymentId id = payments.insert(handle, reduced.payment(), all.size());
    FactTable.append(handle, id, 0, all, now);
    TransactionId first = witnessed.witnessed().transaction();
    if (first != null && !PaymentNames.isTaken(handle, key.provider(), first)) {
      PaymentNames.add(handle, id, key.provider(), first);
    }
    name(id, key, reduced);
    news.note(null, reduced.payment(), all, cycles(key));
    if (reduced.payment().owner() != null) {
      tellOfOwner(key);
    }
  }

  private void tellOfOwner(PaymentKey key) {
    owners.found(key.subscriptionKey(), now).run(handle);
  }

  /// Adds facts to a payment; those that add nothing are dropped.
  void store(PaymentRow row, List<PaymentFact> facts) {
    Reduced reduced = reduce(row.payment(), facts);
    if (!reduced.effective().isEmpty()) {
      FactTable.append(handle, row.id(), row.factCount(), reduced.effective(), now);
      RegisteredPayment changed = new RegisteredPayment(row.id(), reduced.payment());
      int count = row.factCount() + reduced.effective().size();
      payments.update(handle, new PaymentRow(changed, count));
      name(row.id(), row.payment().key(), reduced);
      PaymentKey key = row.payment().key();
      news.note(row.payment(), reduced.payment(), reduced.effective(), cycles(key));
      if (row.payment().owner() == null && reduced.payment().owner() != null) {
        tellOfOwner(key);
      }
    }
  }

  private Supplier<List<Payment>> cycles(PaymentKey key) {
    return () ->
        payments.ofSubscription(handle, key.subscriptionKey()).stream()
            .map(PaymentRow::payment)
            .toList();
  }

  private void name(PaymentId id, PaymentKey key, Reduced reduced) {
    reduced.aliases().forEach(alias -> PaymentNames.add(handle, id, key.provider(), alias));
  }

  /// A payment after some facts, those of them that changed it, and the names that they gave it.
  private record Reduced(
      Payment payment, List<PaymentFact> effective, Set<TransactionId> aliases) {}

  private Reduced reduce(Payment before, List<PaymentFact> facts) {
    Payment payment = before;
    List<PaymentFact> effective = new ArrayList<>();
    Set<TransactionId> aliases = new LinkedHashSet<>();
    for (PaymentFact fact : facts) {
      Payment next = payment.apply(fact);
      boolean names =
          fact instanceof AliasSeen seen && isNew(before, seen) && aliases.add(seen.transaction());
      if (names || !next.equals(payment)) {
        effective.add(fact);
        payment = next;
      }
    }
    return new Reduced(payment, effective, aliases);
  }

  /// A name that stands for a payment stays with it.
  private boolean isNew(Payment payment, AliasSeen seen) {
    return !seen.transaction().equals(payment.witnessed().transaction())
        && !PaymentNames.isTaken(handle, payment.key().provider(), seen.transaction());
  }
}
