package org.sessionpro.backend.entitlement;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// A payment as it is stored, with every fact recorded about it.
///
/// @param facts in the order of recording; never empty
public record PaymentHistory(RegisteredPayment stored, List<Learned<PaymentFact>> facts) {
  public PaymentHistory {
    facts = List.copyOf(facts);
  }

  public PaymentId id() {
    return stored.id();
  }

  /// What the facts known at `instant` make of the payment; empty if it was unknown then.
  public Optional<RegisteredPayment> asOf(Instant instant) {
    List<PaymentFact> known = Learned.asOf(instant, facts);
    return known.isEmpty()
        ? Optional.empty()
        : Optional.of(new RegisteredPayment(id(), Payment.replay(stored.payment().key(), known)));
  }

  /// What all facts make of the payment: equal to the stored one, unless something is damaged.
  public RegisteredPayment replayed() {
    return asOf(Instant.MAX).orElseThrow();
  }

  /// Those payments that were known at `instant` and had no owner, and what they waited for.
  static List<Waiting> unclaimed(List<PaymentHistory> payments, Instant instant) {
    return payments.stream()
        .flatMap(one -> one.asOf(instant).stream())
        .filter(one -> one.payment().owner() == null)
        .map(Waiting::of)
        .toList();
  }
}
