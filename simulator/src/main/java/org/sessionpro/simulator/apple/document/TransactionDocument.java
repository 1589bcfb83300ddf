package org.sessionpro.simulator.apple.document;

import java.time.Instant;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.sessionpro.protocol.TransactionId;
import org.sessionpro.protocol.json.JsonWriter;
import org.sessionpro.simulator.apple.catalogue.Catalogue;
import org.sessionpro.simulator.apple.catalogue.Product.Kind;
import org.sessionpro.simulator.apple.store.Cycle;
import org.sessionpro.simulator.apple.store.Cycle.Revocation;
import org.sessionpro.simulator.apple.store.Subscription;

/// One payment as the store states it.
final class TransactionDocument {
  private static final long PRICE_MILLIUNITS = 6_990;

  private final Catalogue catalogue;
  private final Environment environment;
  private volatile UpgradeForm upgradeForm = UpgradeForm.MARKED;

  TransactionDocument(Catalogue catalogue, Environment environment) {
    this.catalogue = catalogue;
    this.environment = environment;
  }

  void setUpgradeForm(UpgradeForm form) {
    upgradeForm = form;
  }

  /// @param id which of its transactions; a restored payment has several
  /// @param spoilage null if it is as it should be
  byte[] json(
      Subscription purchase,
      Cycle cycle,
      TransactionId id,
      Instant signedAt,
      @Nullable Spoilage spoilage) {
    return JsonWriter.object(root -> {
      root.text("transactionId", id.value())
          .text("originalTransactionId", purchase.original().value());
      TransactionId lineItem = cycle.ids().lineItem();
      if (lineItem != null) {
        root.text("webOrderLineItemId", lineItem.value());
      }
      root.text("bundleId", bundle(spoilage))
          .text("productId", cycle.sale().product().id().value());
      if (cycle.sale().product().kind() == Kind.AUTO_RENEWABLE) {
        root.text("subscriptionGroupIdentifier", catalogue.group());
      }
      root.integer("purchaseDate", cycle.start().toEpochMilli())
          .integer("originalPurchaseDate", purchase.cycles().getFirst().start().toEpochMilli());
      Instant until = cycle.term().until();
      if (until != null) {
        root.integer("expiresDate", until.toEpochMilli());
      }
      root.integer("quantity", 1)
          .text("type", cycle.sale().product().kind().type())
          .text("inAppOwnershipType", purchase.ownership().name())
          .integer("signedDate", signedAt.toEpochMilli())
          .text("environment", environment(spoilage).word())
          .text("transactionReason", cycle.reason().name())
          .text("storefront", "NZL")
          .text("storefrontId", "143461");
      writeToken(root, cycle.token(), spoilage);
      writeFate(root, cycle);
      writePrice(root, cycle);
    });
  }

  private String bundle(@Nullable Spoilage spoilage) {
    return spoilage == Spoilage.WRONG_BUNDLE ? "org.another.example" : catalogue.bundle().value();
  }

  private Environment environment(@Nullable Spoilage spoilage) {
    return spoilage == Spoilage.WRONG_ENVIRONMENT ? environment.other() : environment;
  }

  static void writeToken(JsonWriter root, @Nullable UUID token, @Nullable Spoilage spoilage) {
    if (token != null && spoilage != Spoilage.NO_TOKEN) {
      String text = token.toString();
      root.text(
          "appAccountToken",
          spoilage == Spoilage.UPPER_CASE_TOKEN ? text.toUpperCase(Locale.ROOT) : text);
    }
  }

  private void writeFate(JsonWriter root, Cycle cycle) {
    Instant upgradedAt = cycle.standing().upgradedAt();
    if (upgradedAt != null) {
      root.bool("isUpgraded", true);
    }
    Revocation revocation = cycle.revocation();
    if (revocation == null && upgradedAt != null && upgradeForm == UpgradeForm.REVOKED_TOO) {
      revocation = Revocation.upgrade(upgradedAt);
    }
    if (revocation != null) {
      root.integer("revocationDate", revocation.at().toEpochMilli())
          .integer("revocationReason", revocation.reason())
          .text("revocationType", revocation.type())
          .integer("revocationPercentage", revocation.percentage());
    }
  }

  private static void writePrice(JsonWriter root, Cycle cycle) {
    if (cycle.sale().offer() != null) {
      root.integer("offerType", cycle.sale().offer().type())
          .text("offerIdentifier", cycle.sale().offer().id());
    }
    if (cycle.sale().product().kind() == Kind.AUTO_RENEWABLE) {
      root.text("billingPlanType", cycle.sale().monthly() ? "MONTHLY" : "BILLED_UPFRONT");
    }
    root.integer("price", PRICE_MILLIUNITS).text("currency", "NZD");
  }
}
