package org.sessionpro.simulator.google.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sessionpro.simulator.google.catalogue.SessionCatalogue.INSTALLMENTS;
import static org.sessionpro.simulator.google.catalogue.SessionCatalogue.ONE_MONTH;
import static org.sessionpro.simulator.google.catalogue.SessionCatalogue.PREPAID;
import static org.sessionpro.simulator.google.catalogue.SessionCatalogue.SESSION_PRO;
import static org.sessionpro.simulator.google.catalogue.SessionCatalogue.STICKERS_MONTH;
import static org.sessionpro.simulator.google.catalogue.SessionCatalogue.TRIAL;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.sessionpro.protocol.PurchaseToken;
import org.sessionpro.simulator.google.catalogue.Price;
import org.sessionpro.simulator.google.catalogue.Sale;
import org.sessionpro.simulator.google.play.Extras.PriceChange;
import org.sessionpro.simulator.google.play.PlayStore.Canceler;
import org.sessionpro.simulator.google.play.Purchase;
import org.sessionpro.simulator.google.play.ReplacementMode;

class LineItemsTest {
  private final ResourceRig rig = new ResourceRig();

  @Test
  void aDeferredChangeShowsTwoItemsOfWhichOneIsNotOwned() {
    JsonNode read = rig.read(rig.change(rig.buy(ONE_MONTH), ReplacementMode.DEFERRED));

    assertThat(read.get("lineItems")).hasSize(2);
    assertThat(ResourceRig.item(read).get("deferredItemReplacement").get("productId").asText())
        .isEqualTo("session_pro");
    assertThat(ResourceRig.item(read).has("latestSuccessfulOrderId")).isTrue();
    JsonNode next = read.get("lineItems").get(1);
    assertThat(next.get("offerDetails").get("basePlanId").asText())
        .isEqualTo("session-pro-12-months");
    assertThat(next.has("latestSuccessfulOrderId")).isFalse();
    assertThat(next.has("expiryTime")).isFalse();
  }

  @Test
  void aPrepaidPlanHasNoRenewal() {
    JsonNode read = rig.read(rig.buy(PREPAID));

    assertThat(ResourceRig.item(read).has("autoRenewingPlan")).isFalse();
    assertThat(ResourceRig.item(read).get("prepaidPlan").get("allowExtendAfterTime").asText())
        .isEqualTo("2026-03-04T10:00:03.412Z");
  }

  @Test
  void anExpiredPrepaidPlanCannotBeExtended() {
    PurchaseToken token = rig.buy(PREPAID);
    rig.clock.moveTo(ResourceRig.MONTH);

    assertThat(ResourceRig.item(rig.read(token)).get("prepaidPlan").isEmpty()).isTrue();
  }

  @Test
  void installmentsCountDown() {
    PurchaseToken token = rig.buy(INSTALLMENTS);
    rig.store.acknowledge(token, null);
    rig.clock.moveTo(ResourceRig.MONTH);
    rig.store.cancel(token, Canceler.USER);

    JsonNode details =
        ResourceRig.item(rig.read(token)).get("autoRenewingPlan").get("installmentDetails");

    assertThat(details.get("initialCommittedPaymentsCount").asInt()).isEqualTo(12);
    assertThat(details.get("remainingCommittedPaymentsCount").asInt()).isEqualTo(10);
    assertThat(details.get("pendingCancellation").isEmpty()).isTrue();
  }

  @Test
  void aTrialSaysSo() {
    PurchaseToken token =
        rig.store
            .buy(
                Purchase.of(
                    ResourceRig.BUYER, new Sale(SESSION_PRO, ONE_MONTH, TRIAL), ResourceRig.ids()))
            .token();

    JsonNode read = rig.read(token);

    assertThat(ResourceRig.item(read).get("offerDetails").get("offerId").asText())
        .isEqualTo("trial");
    assertThat(ResourceRig.item(read).get("offerPhase").has("freeTrial")).isTrue();
  }

  @Test
  void newsOfNoConsequenceAreShown() {
    PurchaseToken token = rig.buy(ONE_MONTH);
    PriceChange change = new PriceChange(new Price("NZD", 9_000_000), ResourceRig.MONTH, false);
    rig.store.changePrice(token, change);
    rig.store.stepUpPrice(token, change);
    rig.store.addOn(token, rig.store.catalogue().sale(STICKERS_MONTH));

    JsonNode read = rig.read(token);

    JsonNode plan = ResourceRig.item(read).get("autoRenewingPlan");
    assertThat(plan.get("priceChangeDetails").get("priceChangeState").asText())
        .isEqualTo("OUTSTANDING");
    assertThat(plan.get("priceChangeDetails").get("newPrice").has("nanos")).isFalse();
    assertThat(plan.get("priceStepUpConsentDetails").get("state").asText()).isEqualTo("PENDING");
    assertThat(read.get("lineItems").get(1).get("productId").asText())
        .isEqualTo("session_stickers");
  }

  @Test
  void theReplacementTellsForSixtyDaysWhatItReplaced() {
    PurchaseToken token = rig.buy(ONE_MONTH);
    PurchaseToken successor = rig.change(token, ReplacementMode.CHARGE_FULL_PRICE);
    rig.store.acknowledge(successor, null);

    JsonNode read = rig.read(successor);
    rig.clock.advance(Duration.ofDays(61));

    assertThat(read.get("linkedPurchaseToken").asText()).isEqualTo(token.value());
    assertThat(ResourceRig.item(read).get("itemReplacement").get("basePlanId").asText())
        .isEqualTo("session-pro-1-month");
    assertThat(ResourceRig.item(rig.read(successor)).has("itemReplacement")).isFalse();
  }
}
