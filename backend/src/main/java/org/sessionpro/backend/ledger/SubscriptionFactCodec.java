package org.sessionpro.backend.ledger;

import org.sessionpro.backend.db.Columns;
import org.sessionpro.backend.db.Micros;
import org.sessionpro.backend.entitlement.SubscriptionFact;
import org.sessionpro.backend.entitlement.SubscriptionFact.HeardFrom;
import org.sessionpro.backend.entitlement.SubscriptionFact.Linked;
import org.sessionpro.backend.entitlement.SubscriptionFact.Loss;
import org.sessionpro.backend.entitlement.SubscriptionFact.LossHeard;
import org.sessionpro.backend.entitlement.SubscriptionKey;
import org.sessionpro.protocol.OrderId;
import org.sessionpro.protocol.PaymentProvider;
import org.sessionpro.protocol.json.JsonWriter;

/// How facts about subscriptions are written.
final class SubscriptionFactCodec {
  private static final String AT = "at";

  private SubscriptionFactCodec() {}

  static WrittenFact write(SubscriptionFact fact) {
    return switch (fact) {
      case LossHeard f -> WrittenFact.of("loss_heard", f.at(), json -> write(f, json));
      case Linked f ->
          WrittenFact.of(
              "linked",
              f.at(),
              json ->
                  json.integer(AT, Micros.of(f.at()))
                      .text("provider", f.to().provider().code())
                      .text("subscription", f.to().value()));
    };
  }

  private static void write(LossHeard fact, JsonWriter json) {
    json.integer(AT, Micros.of(fact.at()))
        .text("loss", Columns.code(fact.loss()))
        .text("source", Columns.code(fact.source()));
    WrittenFact.ifPresent(fact.order(), order -> json.text("order_id", order.value()));
    WrittenFact.ifPresent(fact.quantity(), count -> json.integer("quantity", count));
    WrittenFact.ifPresent(fact.reason(), number -> json.integer("reason", number));
  }

  static SubscriptionFact read(String kind, String body) {
    FactBody parts = FactBody.parse(body);
    return switch (kind) {
      case "loss_heard" -> readLossHeard(parts);
      case "linked" -> new Linked(subscription(parts), parts.instant(AT));
      default -> throw new IllegalStateException("unknown kind of subscription fact: " + kind);
    };
  }

  private static LossHeard readLossHeard(FactBody parts) {
    return new LossHeard(
        parts.code(Loss.class, "loss"),
        parts.optional("order_id", name -> new OrderId(parts.text(name))),
        parts.optional("quantity", name -> Math.toIntExact(parts.integer(name))),
        parts.optional("reason", name -> Math.toIntExact(parts.integer(name))),
        parts.instant(AT),
        parts.code(HeardFrom.class, "source"));
  }

  private static SubscriptionKey subscription(FactBody parts) {
    PaymentProvider provider =
        PaymentProvider.ofCode(parts.text("provider"))
            .orElseThrow(() -> new IllegalStateException("a stored fact names no provider"));
    return new SubscriptionKey(provider, parts.text("subscription"));
  }
}
