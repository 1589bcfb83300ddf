package org.sessionpro.simulator.google.api;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.sessionpro.protocol.json.JsonWriter;
import org.sessionpro.simulator.google.play.ExternalIds;
import org.sessionpro.simulator.google.play.OneTimePurchase;
import org.sessionpro.simulator.google.play.Quirk;

/// The body of `purchases.productsv2.getproductpurchasev2`.
final class ProductPurchaseResource {
  private final Fields fields;

  ProductPurchaseResource(Fields fields) {
    this.fields = fields;
  }

  byte[] json(OneTimePurchase purchase) {
    return JsonWriter.object(root -> {
      root.text("kind", "androidpublisher#productPurchaseV2");
      root.objects("productLineItem", List.of(purchase), ProductPurchaseResource::writeItem);
      root.object("purchaseStateContext", state -> state.text("purchaseState", state(purchase)));
      if (purchase.origin().test()) {
        root.object("testPurchaseContext", test -> test.text("fopType", "TEST"));
      }
      if (!fields.has(Quirk.ORDERLESS_THINGS)) {
        root.text("orderId", purchase.order().value());
      }
      writeIds(root, purchase.origin().ids());
      root.text("regionCode", "NZ");
      if (purchase.completedAt() != null) {
        Fields.instant(root, "purchaseCompletionTime", purchase.completedAt());
      }
      root.text(
          "acknowledgementState",
          "ACKNOWLEDGEMENT_STATE_"
              + (purchase.acknowledgement().isGiven() ? "ACKNOWLEDGED" : "PENDING"));
      fields.unknown(root);
    });
  }

  private static void writeItem(JsonWriter item, OneTimePurchase purchase) {
    int quantity = purchase.basket().quantity();
    item.text("productId", purchase.basket().product().value());
    item.object(
        "productOfferDetails",
        details -> {
          details.integer("quantity", quantity);
          if (quantity > purchase.refunded()) {
            details.integer("refundableQuantity", quantity - purchase.refunded());
          }
          details.text("consumptionState", "CONSUMPTION_STATE_YET_TO_BE_CONSUMED");
        });
  }

  private static String state(OneTimePurchase purchase) {
    return switch (purchase.state()) {
      case PENDING -> "PENDING";
      case PURCHASED -> "PURCHASED";
      case CANCELED -> "CANCELLED";
    };
  }

  private static void writeIds(JsonWriter root, @Nullable ExternalIds ids) {
    if (ids != null) {
      root.text("obfuscatedExternalAccountId", ids.accountId());
      if (ids.profileId() != null) {
        root.text("obfuscatedExternalProfileId", ids.profileId());
      }
    }
  }
}
