package org.sessionpro.backend.store.google;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.sessionpro.backend.entitlement.Payment;
import org.sessionpro.backend.entitlement.PaymentFact;
import org.sessionpro.backend.entitlement.PaymentFact.Witnessed;
import org.sessionpro.backend.entitlement.PaymentKey;
import org.sessionpro.backend.entitlement.RegisteredPayment;
import org.sessionpro.backend.entitlement.SubscriptionKey;
import org.sessionpro.backend.ledger.Statement;
import org.sessionpro.backend.ledger.Statement.Claim;
import org.sessionpro.protocol.PurchaseToken;

/// Payments as they will be, and the facts that make them so. A fact that changes nothing is none.
final class Draft {
  private final Map<PaymentKey, Payment> payments = new LinkedHashMap<>();
  private final Map<PaymentKey, List<PaymentFact>> facts = new LinkedHashMap<>();
  private final Map<PaymentKey, Claim> claims = new HashMap<>();

  /// @param known oldest first
  Draft(List<RegisteredPayment> known) {
    known.forEach(one -> payments.put(one.payment().key(), one.payment()));
  }

  Optional<Payment> find(PaymentKey key) {
    return Optional.ofNullable(payments.get(key));
  }

  /// The payments of one purchase, oldest first.
  List<Payment> of(PurchaseToken token) {
    SubscriptionKey subscription = SubscriptionKey.google(token);
    return payments.values().stream()
        .filter(payment -> payment.key().subscriptionKey().equals(subscription))
        .toList();
  }

  boolean isNewest(Payment payment, PurchaseToken token) {
    List<Payment> all = of(token);
    return !all.isEmpty() && all.getLast().key().equals(payment.key());
  }

  /// A payment that is newer than all others of its purchase.
  ///
  /// @param claim null if nobody is known to own it yet
  void witness(PaymentKey key, Witnessed witnessed, @Nullable Claim claim) {
    payments.put(key, Payment.of(key, witnessed));
    facts.computeIfAbsent(key, _ -> new ArrayList<>()).add(witnessed);
    if (claim != null) {
      claims.put(key, claim);
    }
  }

  /// Whether the fact changed the payment.
  boolean add(PaymentKey key, PaymentFact fact) {
    Payment before = payments.get(key);
    if (before == null) {
      throw new IllegalStateException("a fact needs its payment");
    }
    Payment after = before.apply(fact);
    if (after.equals(before)) {
      return false;
    }
    payments.put(key, after);
    facts.computeIfAbsent(key, _ -> new ArrayList<>()).add(fact);
    return true;
  }

  List<Statement> statements() {
    List<Statement> statements = new ArrayList<>();
    facts.forEach((key, all) -> statements.add(new Statement(key, all, claims.get(key))));
    return statements;
  }
}
