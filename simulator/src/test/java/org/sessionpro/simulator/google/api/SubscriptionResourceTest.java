package org.sessionpro.simulator.google.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sessionpro.simulator.google.ServedGoogle.ID;
import static org.sessionpro.simulator.google.catalogue.SessionCatalogue.NO_GRACE;
import static org.sessionpro.simulator.google.catalogue.SessionCatalogue.ONE_MONTH;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.time.Duration;
import java.time.Period;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.sessionpro.protocol.PurchaseToken;
import org.sessionpro.simulator.google.play.OutOfApp;
import org.sessionpro.simulator.google.play.PlayStore.Canceler;
import org.sessionpro.simulator.google.play.Purchase;
import org.sessionpro.simulator.google.play.Quirk;
import org.sessionpro.simulator.google.play.ReplacementMode;
import org.sessionpro.simulator.google.play.Voiding.Cause;

/// The resource in every phase.
class SubscriptionResourceTest {
  private ResourceRig rig = new ResourceRig();

  @Test
  void aFreshPurchaseIsTheSample() throws IOException {
    PurchaseToken token = rig.buy(ONE_MONTH);
    String order = rig.store.subscription(token).newest().orElseThrow().order().value();

    JsonNode read = rig.read(token);

    assertThat(read)
        .isEqualTo(
            new ObjectMapper()
                .readTree(
                    """
                    {"kind":"androidpublisher#subscriptionPurchaseV2","regionCode":"NZ","etag":%s,
                     "startTime":"2026-03-04T10:00:03.412Z",
                     "subscriptionState":"SUBSCRIPTION_STATE_ACTIVE",
                     "acknowledgementState":"ACKNOWLEDGEMENT_STATE_PENDING",
                     "externalAccountIdentifiers":{"obfuscatedExternalAccountId":"%s"},
                     "lineItems":[{"productId":"session_pro",
                       "expiryTime":"2026-04-04T10:00:03.412Z",
                       "latestSuccessfulOrderId":"%s",
                       "autoRenewingPlan":{"autoRenewEnabled":true,
                         "recurringPrice":{"currencyCode":"NZD","units":"8","nanos":490000000}},
                       "offerDetails":{"basePlanId":"session-pro-1-month",
                         "offerTags":["one-month"]},
                       "offerPhase":{"basePrice":{}}}]}
                    """
                        .formatted(read.get("etag"), ID, order)));
  }

  @Test
  void thePendingSignupHasNoStartNoOrderAndNoExpiry() {
    PurchaseToken token =
        rig.store
            .buy(
                new Purchase(
                    ResourceRig.BUYER,
                    rig.store.catalogue().sale(ONE_MONTH),
                    ResourceRig.ids(),
                    true,
                    false))
            .token();

    JsonNode read = rig.read(token);

    assertThat(ResourceRig.state(read)).isEqualTo("PENDING");
    assertThat(read.has("startTime")).isFalse();
    assertThat(ResourceRig.item(read).has("latestSuccessfulOrderId")).isFalse();
    assertThat(ResourceRig.item(read).has("expiryTime")).isFalse();
  }

  @Test
  void theAbandonedSignupSaysSo() {
    PurchaseToken token =
        rig.store
            .buy(
                new Purchase(
                    ResourceRig.BUYER,
                    rig.store.catalogue().sale(ONE_MONTH),
                    ResourceRig.ids(),
                    true,
                    false))
            .token();
    rig.store.abandon(token);

    assertThat(ResourceRig.state(rig.read(token))).isEqualTo("PENDING_PURCHASE_CANCELED");
  }

  @Test
  void theGracePeriodIsTheSample() {
    PurchaseToken token = rig.declined(ONE_MONTH);
    String order = rig.store.subscription(token).newest().orElseThrow().order().value();
    rig.clock.moveTo(ResourceRig.MONTH);

    JsonNode read = rig.read(token);

    assertThat(ResourceRig.state(read)).isEqualTo("IN_GRACE_PERIOD");
    assertThat(declinedOrder(read, "inGracePeriodStateContext")).isEqualTo(order + "..0");
    assertThat(ResourceRig.item(read).get("expiryTime").asText())
        .isEqualTo("2026-04-07T10:00:03.412Z");
    assertThat(ResourceRig.item(read).get("latestSuccessfulOrderId").asText()).isEqualTo(order);
    assertThat(ResourceRig.renewing(read)).isTrue();
  }

  private static String declinedOrder(JsonNode read, String context) {
    return read.get(context).get("renewalDeclined").get("pendingOrderId").asText();
  }

  @Test
  void theSilentGraceLooksActive() {
    PurchaseToken token = rig.declined(NO_GRACE);
    rig.clock.moveTo(ResourceRig.MONTH);

    JsonNode read = rig.read(token);

    assertThat(ResourceRig.state(read)).isEqualTo("ACTIVE");
    assertThat(ResourceRig.item(read).get("expiryTime").asText())
        .isEqualTo("2026-04-05T10:00:03.412Z");
  }

  @Test
  void theHoldStatesTheEndOfTheGrace() {
    PurchaseToken token = rig.declined(ONE_MONTH);
    rig.clock.moveTo(ResourceRig.MONTH.plus(Duration.ofDays(5)));

    JsonNode read = rig.read(token);

    assertThat(ResourceRig.state(read)).isEqualTo("ON_HOLD");
    assertThat(ResourceRig.item(read).get("expiryTime").asText())
        .isEqualTo("2026-04-07T10:00:03.412Z");
    assertThat(declinedOrder(read, "onHoldStateContext")).endsWith("..0");
    assertThat(ResourceRig.renewing(read)).isTrue();
  }

  @Test
  void theEndOfAHoldStatesTheEndOfTheHold() {
    PurchaseToken token = rig.declined(ONE_MONTH);
    rig.clock.moveTo(ResourceRig.MONTH.plus(Duration.ofDays(60)));

    JsonNode read = rig.read(token);

    assertThat(ResourceRig.state(read)).isEqualTo("EXPIRED");
    assertThat(ResourceRig.item(read).get("expiryTime").asText())
        .isEqualTo("2026-06-03T10:00:03.412Z");
    assertThat(ResourceRig.cancellation(read)).isEqualTo("systemInitiatedCancellation");
  }

  @Test
  void thePauseTellsWhenItEnds() {
    PurchaseToken token = paused();

    JsonNode read = rig.read(token);

    assertThat(ResourceRig.state(read)).isEqualTo("PAUSED");
    assertThat(read.get("pausedStateContext").get("autoResumeTime").asText())
        .isEqualTo("2026-05-04T10:00:03.412Z");
    assertThat(ResourceRig.item(read).get("expiryTime").asText())
        .isEqualTo("2026-04-04T10:00:03.412Z");
  }

  @Test
  void thePauseMayStateItsOwnEndAsTheExpiry() {
    rig = new ResourceRig(Quirk.PAUSE_STATES_RESUMPTION);

    JsonNode read = rig.read(paused());

    assertThat(ResourceRig.item(read).get("expiryTime").asText())
        .isEqualTo("2026-05-04T10:00:03.412Z");
  }

  private PurchaseToken paused() {
    PurchaseToken token = rig.buy(ONE_MONTH);
    rig.store.acknowledge(token, null);
    rig.store.schedulePause(token, Period.ofMonths(1));
    rig.clock.moveTo(ResourceRig.MONTH);
    return token;
  }

  @Test
  void theCancellationNamesTheBuyerAndHidesTheFlag() {
    PurchaseToken token = rig.buy(ONE_MONTH);
    rig.store.cancel(token, Canceler.USER);

    JsonNode read = rig.read(token);

    assertThat(ResourceRig.state(read)).isEqualTo("CANCELED");
    assertThat(read.get("canceledStateContext").get("userInitiatedCancellation").get("cancelTime"))
        .isNotNull();
    assertThat(ResourceRig.item(read).get("autoRenewingPlan").has("autoRenewEnabled")).isFalse();
  }

  @Test
  void theCancellationByTheDeveloperNamesTheDeveloper() {
    PurchaseToken token = rig.buy(ONE_MONTH);
    rig.store.cancel(token, Canceler.DEVELOPER);

    assertThat(ResourceRig.cancellation(rig.read(token)))
        .isEqualTo("developerInitiatedCancellation");
  }

  @Test
  void theRevokedPurchaseIsExpiredAsOfThen() {
    PurchaseToken token = rig.buy(ONE_MONTH);
    rig.clock.advance(Duration.ofDays(1));
    rig.store.revoke(token, Cause.DEVELOPER);

    JsonNode read = rig.read(token);

    assertThat(ResourceRig.state(read)).isEqualTo("EXPIRED");
    assertThat(ResourceRig.item(read).get("expiryTime").asText())
        .isEqualTo("2026-03-05T10:00:03.412Z");
  }

  @Test
  void theReplacedPurchaseNestsItsReplacement() {
    PurchaseToken token = rig.buy(ONE_MONTH);
    rig.change(token, ReplacementMode.CHARGE_FULL_PRICE);

    assertThat(ResourceRig.cancellation(rig.read(token))).isEqualTo("replacementCancellation");
  }

  @Test
  void aProfileIsShownOnRequestOnly() {
    PurchaseToken token = rig.buy(ONE_MONTH);
    assertThat(rig.read(token).has("subscribeWithGoogleInfo")).isFalse();

    rig.store.showGoogleProfile(token);

    assertThat(rig.read(token).get("subscribeWithGoogleInfo").has("emailAddress")).isTrue();
  }

  @Test
  void aLicenceTestersPurchaseIsMarked() {
    PurchaseToken token =
        rig.store
            .buy(
                new Purchase(
                    ResourceRig.BUYER,
                    rig.store.catalogue().sale(ONE_MONTH),
                    ResourceRig.ids(),
                    false,
                    true))
            .token();

    assertThat(rig.read(token).get("testPurchase").isEmpty()).isTrue();
  }

  @Test
  void aPurchaseOutsideTheAppShowsItsContextUntilItIsAcknowledged() {
    PurchaseToken again = boughtOutside();

    JsonNode context = rig.read(again).get("outOfAppPurchaseContext");
    assertThat(rig.read(again).has("externalAccountIdentifiers")).isFalse();
    assertThat(
            context
                .get("expiredExternalAccountIdentifiers")
                .get("obfuscatedExternalAccountId")
                .asText())
        .isEqualTo(ID);
    assertThat(context.has("expiredPurchaseToken")).isTrue();

    rig.store.acknowledge(again, ResourceRig.ids());

    assertThat(rig.read(again).has("outOfAppPurchaseContext")).isFalse();
    assertThat(rig.read(again).has("externalAccountIdentifiers")).isTrue();
  }

  @Test
  void theIdOfTheExpiredOneMayHaveItsFormerName() {
    rig = new ResourceRig(Quirk.FORMER_ID_NAME);

    JsonNode context = rig.read(boughtOutside()).get("outOfAppPurchaseContext");

    assertThat(context.get("expiredExternalAccountIdentifiers").get("obfuscatedAccountId").asText())
        .isEqualTo(ID);
  }

  private PurchaseToken boughtOutside() {
    PurchaseToken token = rig.buy(ONE_MONTH);
    rig.store.acknowledge(token, null);
    rig.store.cancel(token, Canceler.USER);
    rig.clock.moveTo(ResourceRig.MONTH);
    return rig.store.buyOutOfApp(token, new OutOfApp(ResourceRig.ids(), token)).token();
  }

  @Test
  void theLegacyOrderMayBeADeclinedOne() {
    rig = new ResourceRig(Quirk.LATEST_ORDER_ID);
    PurchaseToken token = rig.declined(ONE_MONTH);
    rig.clock.moveTo(ResourceRig.MONTH);

    assertThat(rig.read(token).get("latestOrderId").asText()).endsWith("..0");
  }

  @Test
  void unknownFieldsMayTurnUp() {
    rig = new ResourceRig(Quirk.UNKNOWN_FIELDS);

    assertThat(rig.read(rig.buy(ONE_MONTH)).fieldNames())
        .toIterable()
        .anyMatch(name -> name.startsWith("futureField"));
  }

  @Test
  void theEtagChangesWithWhatIsShown() {
    PurchaseToken token = rig.buy(ONE_MONTH);
    JsonNode before = rig.read(token).get("etag");
    assertThat(rig.read(token).get("etag")).isEqualTo(before);

    rig.store.cancel(token, Canceler.USER);

    assertThat(rig.read(token).get("etag")).isNotEqualTo(before);
  }

  @Test
  void theEtagTakesNoNoticeOfUnknownFields() {
    rig = new ResourceRig(Quirk.UNKNOWN_FIELDS);
    PurchaseToken token = rig.buy(ONE_MONTH);

    assertThat(rig.read(token).get("etag")).isEqualTo(rig.read(token).get("etag"));
  }

  @Test
  void whatWasShownIsRemembered() {
    PurchaseToken token = rig.buy(ONE_MONTH);
    rig.read(token);
    rig.read(token);
    rig.store.cancel(token, Canceler.USER);
    rig.read(token);

    List<ReadLog.Reading> readings = rig.google.reads().of(token);

    assertThat(readings).hasSize(2);
    assertThat(readings.getLast().shown()).isEqualTo(rig.store.subscription(token));
  }
}
