package org.sessionpro.backend.http.clients;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.sessionpro.backend.entitlement.Binding;
import org.sessionpro.backend.entitlement.PaymentFact.Product;
import org.sessionpro.backend.entitlement.PaymentFact.Source;
import org.sessionpro.backend.entitlement.PaymentFact.TermsStated;
import org.sessionpro.backend.entitlement.PaymentFact.Witnessed;
import org.sessionpro.backend.entitlement.PaymentKey;
import org.sessionpro.protocol.OrderId;
import org.sessionpro.protocol.Plan;
import org.sessionpro.protocol.PurchaseToken;
import org.sessionpro.protocol.TransactionId;

/// A cycle that a store sold: a renewing month without grace unless said otherwise.
public record Purchase(PaymentKey key, Witnessed witnessed, TermsStated terms) {

  /// Refundable for two days.
  public static Purchase google(String token, String order, Instant at, Instant until) {
    return of(
        PaymentKey.google(new PurchaseToken(token), new OrderId(order)),
        at,
        until,
        at.plus(Duration.ofDays(2)),
        null);
  }

  /// Refundable until it ends.
  public static Purchase apple(
      String original, String lineItem, String transaction, Instant at, Instant until) {
    return of(
        PaymentKey.appleLineItem(new TransactionId(original), new OrderId(lineItem)),
        at,
        until,
        until,
        new TransactionId(transaction));
  }

  private static Purchase of(
      PaymentKey key,
      Instant at,
      Instant until,
      Instant refundable,
      @Nullable TransactionId transaction) {
    Product month = Product.of(new Plan("1m"));
    return new Purchase(
        key,
        new Witnessed(month, at, null, true, refundable, Source.STORE, transaction),
        new TermsStated(until, null, true, false, at, true));
  }

  public Purchase withPlan(String code) {
    return with(
        new Witnessed(
            Product.of(new Plan(code)),
            witnessed.purchasedAt(),
            witnessed.binding(),
            witnessed.claimable(),
            witnessed.refundDeadline(),
            witnessed.source(),
            witnessed.transaction()));
  }

  /// Carries an id by which its owner can claim it.
  public Purchase boundTo(Binding binding) {
    return with(
        new Witnessed(
            witnessed.product(),
            witnessed.purchasedAt(),
            binding,
            witnessed.claimable(),
            witnessed.refundDeadline(),
            witnessed.source(),
            witnessed.transaction()));
  }

  public Purchase withGrace(Duration grace) {
    return with(
        new TermsStated(
            terms.expiry(), grace, terms.renewing(), false, terms.statedAt(), terms.complete()));
  }

  public Purchase notRenewing() {
    return with(
        new TermsStated(
            terms.expiry(), terms.grace(), false, false, terms.statedAt(), terms.complete()));
  }

  private Purchase with(Witnessed other) {
    return new Purchase(key, other, terms);
  }

  private Purchase with(TermsStated other) {
    return new Purchase(key, witnessed, other);
  }
}
