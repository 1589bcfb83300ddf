package org.sessionpro.simulator.google.control;

import java.time.Instant;
import org.sessionpro.protocol.json.JsonWriter;
import org.sessionpro.simulator.google.GoogleSimulator;
import org.sessionpro.simulator.google.play.Cycle;
import org.sessionpro.simulator.google.play.OneTimePurchase;
import org.sessionpro.simulator.google.play.Subscription;
import org.sessionpro.simulator.google.script.PhaseWords;
import org.sessionpro.simulator.script.Words;

/// Everything that was bought, as JSON for whoever plays with the simulator.
public final class StateDocument {
  private StateDocument() {}

  /// How a simulator stands now.
  public static byte[] of(GoogleSimulator simulator) {
    return JsonWriter.object(root ->
        root.text("now", simulator.clock().instant().toString())
            .objects("subscriptions", simulator.store().subscriptions(), StateDocument::write)
            .objects(
                "one_time_purchases", simulator.store().oneTimePurchases(), StateDocument::write)
            .integer("undelivered_messages", simulator.queue().size()));
  }

  private static void write(JsonWriter object, Subscription one) {
    object
        .text("token", one.token().value())
        .text("buyer", one.origin().buyer().name())
        .text("base_plan", one.sale().plan().value())
        .text("phase", PhaseWords.word(one.phase()));
    Instant expiry = one.statedExpiry();
    if (expiry != null) {
      object.text("expiry", expiry.toString());
    }
    object
        .bool("renewing", one.renewal().on())
        .bool("acknowledged", one.acknowledgement().isGiven())
        .objects("cycles", one.cycles(), StateDocument::write);
  }

  private static void write(JsonWriter object, Cycle cycle) {
    object
        .text("order", cycle.order().value())
        .text("charged_at", cycle.chargedAt().toString())
        .text("paid_until", cycle.paidUntil().toString());
    if (cycle.revokedAt() != null) {
      object.text("revoked_at", cycle.revokedAt().toString());
    }
    if (cycle.voidedAt() != null) {
      object.text("voided_at", cycle.voidedAt().toString());
    }
  }

  private static void write(JsonWriter object, OneTimePurchase one) {
    object
        .text("token", one.token().value())
        .text("buyer", one.origin().buyer().name())
        .text("order", one.order().value())
        .text("product", one.basket().product().value())
        .integer("quantity", one.basket().quantity())
        .integer("refunded", one.refunded())
        .text("state", Words.word(one.state()))
        .bool("acknowledged", one.acknowledgement().isGiven());
  }
}
