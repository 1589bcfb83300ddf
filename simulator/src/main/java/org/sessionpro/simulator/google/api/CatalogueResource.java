package org.sessionpro.simulator.google.api;

import java.time.Duration;
import org.sessionpro.protocol.json.JsonWriter;
import org.sessionpro.simulator.google.catalogue.BasePlan;
import org.sessionpro.simulator.google.catalogue.PackageName;
import org.sessionpro.simulator.google.catalogue.PlanKind.AutoRenewing;
import org.sessionpro.simulator.google.catalogue.PlanKind.Dunning;
import org.sessionpro.simulator.google.catalogue.PlanKind.Installments;
import org.sessionpro.simulator.google.catalogue.PlanKind.Prepaid;
import org.sessionpro.simulator.google.catalogue.SubscriptionProduct;

/// The body of `monetization.subscriptions.get`: what a server checks its plan map against.
final class CatalogueResource {
  private CatalogueResource() {}

  static byte[] json(PackageName packageName, SubscriptionProduct product) {
    return JsonWriter.object(root ->
        root.text("packageName", packageName.value())
            .text("productId", product.id().value())
            .objects("basePlans", product.basePlans(), CatalogueResource::write));
  }

  private static void write(JsonWriter object, BasePlan plan) {
    object.text("basePlanId", plan.id().value());
    object.text("state", plan.sold() ? "ACTIVE" : "INACTIVE");
    switch (plan.kind()) {
      case AutoRenewing renewing ->
          object.object(
              "autoRenewingBasePlanType",
              type -> {
                writeDunning(type, plan, renewing.dunning());
                type.text("resubscribeState", "RESUBSCRIBE_STATE_ACTIVE");
              });
      case Installments installments ->
          object.object(
              "installmentsBasePlanType",
              type -> {
                writeDunning(type, plan, installments.dunning());
                type.integer("committedPaymentsCount", installments.payments());
                type.text("renewalType", "RENEWAL_TYPE_RENEWS_WITHOUT_COMMITMENT");
              });
      case Prepaid _ ->
          object.object(
              "prepaidBasePlanType",
              type ->
                  type.text("billingPeriodDuration", plan.period().toString())
                      .text("timeExtension", "TIME_EXTENSION_ACTIVE"));
    }
    if (!plan.tags().isEmpty()) {
      object.objects("offerTags", plan.tags(), (tag, name) -> tag.text("tag", name));
    }
  }

  private static void writeDunning(JsonWriter type, BasePlan plan, Dunning dunning) {
    type.text("billingPeriodDuration", plan.period().toString())
        .text("gracePeriodDuration", days(dunning.grace()))
        .text("accountHoldDuration", days(dunning.hold()));
  }

  private static String days(Duration span) {
    return "P" + span.toDays() + "D";
  }
}
