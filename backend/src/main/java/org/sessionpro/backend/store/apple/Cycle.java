package org.sessionpro.backend.store.apple;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.sessionpro.backend.entitlement.Payment;
import org.sessionpro.backend.entitlement.PaymentFact;
import org.sessionpro.backend.entitlement.PaymentFact.Began;
import org.sessionpro.backend.entitlement.PaymentKey;
import org.sessionpro.backend.ledger.CycleSighting;
import org.sessionpro.backend.ledger.Statement;

/// A cycle as it will be, and the facts that make it so. A fact that changes nothing is none.
final class Cycle {
  private final @Nullable CycleSighting before;
  private final List<PaymentFact> facts = new ArrayList<>();
  private @Nullable CycleSighting sighting;
  private Payment payment;

  /// One that is known.
  Cycle(Payment payment, @Nullable CycleSighting sighting) {
    this.payment = payment;
    this.before = sighting;
    this.sighting = sighting;
  }

  /// One that becomes known.
  static Cycle of(PaymentKey key, PaymentFact.Witnessed witnessed) {
    Cycle cycle = new Cycle(Payment.of(key, witnessed), null);
    cycle.facts.add(witnessed);
    return cycle;
  }

  Payment payment() {
    return payment;
  }

  Instant purchasedAt() {
    return payment.witnessed().purchasedAt();
  }

  /// Whether it runs for a term, and is no credit.
  boolean isTerm() {
    return payment.credit() == null && payment.terms().expiry() != null;
  }

  /// How it came about; null if nobody knows.
  @Nullable Began began() {
    return payment.witnessed().began();
  }

  /// Where its term ends; it has one.
  Instant end() {
    return Objects.requireNonNull(payment.terms().expiry());
  }

  /// Whether it was stated after `at` that it stands, and never that another cycle took its place.
  boolean isSaidToStandAfter(Instant at) {
    Instant stood = sighting == null || sighting.upgraded() ? null : sighting.standing();
    return stood != null && stood.isAfter(at);
  }

  void add(PaymentFact fact) {
    Payment after = payment.apply(fact);
    if (!after.equals(payment)) {
      payment = after;
      facts.add(fact);
    }
  }

  /// Adds a fact that shows nowhere but among the facts.
  void note(PaymentFact fact) {
    facts.add(fact);
  }

  void rename(PaymentKey key) {
    payment =
        new Payment(
            key,
            payment.witnessed(),
            payment.terms(),
            payment.owner(),
            payment.losses(),
            payment.credit(),
            payment.requests(),
            payment.hidden());
  }

  @Nullable CycleSighting sighting() {
    return sighting;
  }

  /// As it was before all that is shown now; null if it was not seen before.
  @Nullable CycleSighting sightedBefore() {
    return before;
  }

  /// Whether something newer than `at` was known of it before all that is shown now.
  boolean isSightedAfter(Instant at) {
    return before != null && before.newest().isAfter(at);
  }

  void sight(CycleSighting newer) {
    sighting = newer;
  }

  boolean isSightedAnew() {
    return !Objects.equals(before, sighting);
  }

  /// Whether it was unknown before.
  boolean isNew() {
    return !facts.isEmpty() && facts.getFirst() instanceof PaymentFact.Witnessed;
  }

  boolean isStated() {
    return !facts.isEmpty();
  }

  Statement statement() {
    return new Statement(payment.key(), facts, null);
  }
}
