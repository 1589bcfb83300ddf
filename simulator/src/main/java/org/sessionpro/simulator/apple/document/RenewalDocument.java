package org.sessionpro.simulator.apple.document;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.sessionpro.protocol.json.JsonWriter;
import org.sessionpro.simulator.apple.store.Cycle;
import org.sessionpro.simulator.apple.store.Offer;
import org.sessionpro.simulator.apple.store.Phase;
import org.sessionpro.simulator.apple.store.Renewal;
import org.sessionpro.simulator.apple.store.Renewal.Price;
import org.sessionpro.simulator.apple.store.Subscription;

/// The state of renewal of a subscription as the store states it. It names no app.
final class RenewalDocument {
  private static final long PRICE_MILLIUNITS = 6_990;

  private final Environment environment;

  RenewalDocument(Environment environment) {
    this.environment = environment;
  }

  byte[] json(Subscription purchase, Instant signedAt, @Nullable Spoilage spoilage) {
    Renewal renewal = purchase.renewal();
    Cycle newest = purchase.newest();
    Environment stated = spoilage == Spoilage.WRONG_ENVIRONMENT ? environment.other() : environment;
    return JsonWriter.object(root -> {
      root.text("originalTransactionId", purchase.original().value())
          .text("productId", newest.sale().product().id().value())
          .text("autoRenewProductId", renewal.next().product().id().value())
          .integer("autoRenewStatus", renewal.on() ? 1 : 0)
          .integer("signedDate", signedAt.toEpochMilli())
          .text("environment", stated.word())
          .integer("recentSubscriptionStartDate", newest.start().toEpochMilli());
      Instant until = newest.term().until();
      if (until != null) {
        root.integer("renewalDate", until.toEpochMilli());
      }
      writePhase(root, purchase.phase());
      writePrice(root, renewal);
      TransactionDocument.writeToken(root, newest.token(), spoilage);
    });
  }

  private static void writePhase(JsonWriter root, Phase phase) {
    switch (phase) {
      case Phase.Grace grace ->
          root.bool("isInBillingRetryPeriod", true)
              .integer("gracePeriodExpiresDate", grace.until().toEpochMilli());
      case Phase.Retry _ -> root.bool("isInBillingRetryPeriod", true);
      case Phase.Expired expired ->
          root.bool("isInBillingRetryPeriod", false).integer("expirationIntent", expired.intent());
      case Phase.Active _, Phase.Revoked _, Phase.Once _ ->
          root.bool("isInBillingRetryPeriod", false);
    }
  }

  private static void writePrice(JsonWriter root, Renewal renewal) {
    if (renewal.price() != Price.UNCHANGED) {
      root.integer("priceIncreaseStatus", renewal.price() == Price.ACCEPTED ? 1 : 0);
    }
    Offer offer = renewal.offer();
    if (offer != null) {
      root.integer("offerType", offer.type()).text("offerIdentifier", offer.id());
    }
    root.integer("renewalPrice", PRICE_MILLIUNITS).text("currency", "NZD");
  }
}
