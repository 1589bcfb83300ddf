package org.sessionpro.simulator.apple.control;

import java.time.Instant;
import org.sessionpro.protocol.json.JsonWriter;
import org.sessionpro.simulator.apple.AppleSimulator;
import org.sessionpro.simulator.apple.delivery.Attempt;
import org.sessionpro.simulator.apple.store.Cycle;
import org.sessionpro.simulator.apple.store.Phase;
import org.sessionpro.simulator.apple.store.Subscription;

/// Everything that was bought, as JSON for whoever plays with the simulator.
public final class StateDocument {
  private StateDocument() {}

  /// How a simulator stands now.
  public static byte[] of(AppleSimulator simulator) {
    return JsonWriter.object(root -> {
      root.text("now", simulator.clock().instant().toString())
          .objects("purchases", simulator.store().subscriptions(), StateDocument::write)
          .integer("undelivered_notifications", simulator.delivery().undelivered());
      Attempt last = simulator.delivery().lastAttempt();
      if (last != null) {
        root.text("last_delivery", last.result().name());
      }
    });
  }

  private static void write(JsonWriter object, Subscription one) {
    object
        .text("original_transaction_id", one.original().value())
        .text("customer", one.customer().name())
        .text("ownership", one.ownership().name())
        .text("phase", one.phase().word());
    if (one.phase() instanceof Phase.Grace grace) {
      object.text("grace_until", grace.until().toString());
    }
    if (one.renews()) {
      object
          .bool("renewing", one.renewal().on())
          .text("renews_as", one.renewal().next().product().id().value());
    }
    object.objects("cycles", one.cycles(), StateDocument::write);
  }

  private static void write(JsonWriter object, Cycle cycle) {
    object
        .texts("transaction_ids", cycle.ids().all().stream().map(id -> id.value()).toList())
        .text("product", cycle.sale().product().id().value())
        .text("purchased_at", cycle.start().toString());
    Instant until = cycle.term().until();
    if (until != null) {
      object.text("paid_until", until.toString());
    }
    Instant upgradedAt = cycle.standing().upgradedAt();
    if (upgradedAt != null) {
      object.text("upgraded_at", upgradedAt.toString());
    }
    if (cycle.revocation() != null) {
      object.text("refunded_at", cycle.revocation().at().toString());
    }
    if (cycle.token() != null) {
      object.text("app_account_token", cycle.token().toString());
    }
  }
}
