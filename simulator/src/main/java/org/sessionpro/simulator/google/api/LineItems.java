package org.sessionpro.simulator.google.api;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.sessionpro.protocol.OrderId;
import org.sessionpro.protocol.json.JsonWriter;
import org.sessionpro.simulator.google.catalogue.BasePlan;
import org.sessionpro.simulator.google.catalogue.Catalogue;
import org.sessionpro.simulator.google.catalogue.Offer;
import org.sessionpro.simulator.google.catalogue.PlanKind.AutoRenewing;
import org.sessionpro.simulator.google.catalogue.PlanKind.Installments;
import org.sessionpro.simulator.google.catalogue.PlanKind.Prepaid;
import org.sessionpro.simulator.google.catalogue.Sale;
import org.sessionpro.simulator.google.play.Cycle;
import org.sessionpro.simulator.google.play.Extras.AddOn;
import org.sessionpro.simulator.google.play.Extras.PriceChange;
import org.sessionpro.simulator.google.play.Origin;
import org.sessionpro.simulator.google.play.Subscription;

/// The `lineItems` of a subscription: what it consists of, what it will become, and what came on top.
final class LineItems {
  private static final Duration REPLACEMENT_SHOWN = Duration.ofDays(60);

  private final Catalogue catalogue;
  private final Fields fields;

  LineItems(Catalogue catalogue, Fields fields) {
    this.catalogue = catalogue;
    this.fields = fields;
  }

  /// @param order that paid for it; null if it is not owned yet
  /// @param expiry null if it is not owned yet
  /// @param main whether it is what the subscription consists of now
  private record Item(Sale sale, @Nullable OrderId order, @Nullable Instant expiry, boolean main) {}

  void write(JsonWriter root, Subscription subscription, @Nullable Instant expiry, Instant now) {
    List<Item> items = new ArrayList<>();
    OrderId order = subscription.newest().map(Cycle::order).orElse(null);
    items.add(new Item(subscription.sale(), order, expiry, true));
    Sale next = subscription.renewal().next();
    if (next != null) {
      items.add(new Item(next, null, null, false));
    }
    for (AddOn addOn : subscription.extras().addOns()) {
      items.add(new Item(addOn.sale(), addOn.order(), expiry, false));
    }
    root.objects("lineItems", items, (object, item) -> writeItem(object, item, subscription, now));
  }

  private void writeItem(JsonWriter object, Item item, Subscription subscription, Instant now) {
    BasePlan plan = catalogue.plan(item.sale());
    object.text("productId", item.sale().product().value());
    if (item.expiry() != null) {
      Fields.instant(object, "expiryTime", item.expiry());
    }
    if (item.order() != null) {
      object.text("latestSuccessfulOrderId", item.order().value());
    }
    writePlan(object, item, plan, subscription);
    writeOffer(object, item.sale(), plan);
    if (item.main()) {
      writeReplacement(object, subscription.origin(), now);
      Sale next = subscription.renewal().next();
      if (next != null) {
        object.object(
            "deferredItemReplacement",
            deferred -> deferred.text("productId", next.product().value()));
      }
    }
    fields.unknown(object);
  }

  private static void writePlan(
      JsonWriter object, Item item, BasePlan plan, Subscription subscription) {
    switch (plan.kind()) {
      case Prepaid _ ->
          object.object(
              "prepaidPlan",
              prepaid -> {
                if (!subscription.isExpired()) {
                  subscription
                      .newest()
                      .ifPresent(cycle ->
                          Fields.instant(prepaid, "allowExtendAfterTime", cycle.chargedAt()));
                }
              });
      case AutoRenewing _ ->
          object.object(
              "autoRenewingPlan", renewing -> writeRenewing(renewing, item, plan, subscription));
      case Installments installments ->
          object.object(
              "autoRenewingPlan",
              renewing -> {
                writeRenewing(renewing, item, plan, subscription);
                writeInstallments(renewing, installments, subscription);
              });
    }
  }

  private static void writeRenewing(
      JsonWriter renewing, Item item, BasePlan plan, Subscription subscription) {
    Fields.flag(renewing, "autoRenewEnabled", subscription.renewal().on());
    Fields.money(renewing, "recurringPrice", plan.price());
    if (!item.main()) {
      return;
    }
    PriceChange change = subscription.extras().priceChange();
    if (change != null) {
      renewing.object(
          "priceChangeDetails",
          details -> {
            Fields.money(details, "newPrice", change.price());
            details.text("priceChangeMode", "PRICE_INCREASE");
            details.text("priceChangeState", change.agreed() ? "CONFIRMED" : "OUTSTANDING");
            Fields.instant(details, "expectedNewPriceChargeTime", change.at());
          });
    }
    PriceChange stepUp = subscription.extras().stepUp();
    if (stepUp != null) {
      renewing.object(
          "priceStepUpConsentDetails",
          details -> {
            details.text("state", stepUp.agreed() ? "CONFIRMED" : "PENDING");
            Fields.instant(details, "consentDeadlineTime", stepUp.at());
            Fields.money(details, "newPrice", stepUp.price());
          });
    }
  }

  private static void writeInstallments(
      JsonWriter renewing, Installments installments, Subscription subscription) {
    int left = Math.max(0, installments.payments() - subscription.cycles().size());
    renewing.object(
        "installmentDetails",
        details -> {
          details.integer("initialCommittedPaymentsCount", installments.payments());
          if (left > 0) {
            details.integer("remainingCommittedPaymentsCount", left);
          }
          if (subscription.renewal().endsWithCommitment()) {
            details.object("pendingCancellation", _ -> {});
          }
        });
  }

  private static void writeOffer(JsonWriter object, Sale sale, BasePlan plan) {
    object.object(
        "offerDetails",
        details -> {
          details.text("basePlanId", plan.id().value());
          if (sale.offer() != null) {
            details.text("offerId", sale.offer().value());
          }
          if (!plan.tags().isEmpty()) {
            details.texts("offerTags", plan.tags());
          }
        });
    object.object("offerPhase", phase -> phase.object(phase(sale, plan), _ -> {}));
  }

  private static String phase(Sale sale, BasePlan plan) {
    if (sale.offer() == null) {
      return "basePrice";
    }
    return plan.offer(sale.offer()).map(Offer::isFreeTrial).orElse(false)
        ? "freeTrial"
        : "introductoryPrice";
  }

  private static void writeReplacement(JsonWriter object, Origin origin, Instant now) {
    Origin.Replacement replacement = origin.replacement();
    if (replacement == null
        || origin.startedAt() == null
        || now.isAfter(origin.startedAt().plus(REPLACEMENT_SHOWN))) {
      return;
    }
    object.object(
        "itemReplacement",
        item ->
            item.text("productId", replacement.replaced().product().value())
                .text("replacementMode", replacement.mode().name())
                .text("basePlanId", replacement.replaced().plan().value()));
  }
}
