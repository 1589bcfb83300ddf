package org.sessionpro.simulator.google.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sessionpro.simulator.google.ServedGoogle.ID;
import static org.sessionpro.simulator.google.ServedGoogle.T;
import static org.sessionpro.simulator.google.catalogue.SessionCatalogue.INSTALLMENTS;
import static org.sessionpro.simulator.google.catalogue.SessionCatalogue.NO_GRACE;
import static org.sessionpro.simulator.google.catalogue.SessionCatalogue.ONE_MONTH;
import static org.sessionpro.simulator.google.catalogue.SessionCatalogue.PREPAID;
import static org.sessionpro.simulator.google.catalogue.SessionCatalogue.SESSION_PRO;
import static org.sessionpro.simulator.google.catalogue.SessionCatalogue.STICKERS_MONTH;
import static org.sessionpro.simulator.google.catalogue.SessionCatalogue.TRIAL;
import static org.sessionpro.simulator.google.catalogue.SessionCatalogue.TWELVE_MONTHS;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.Period;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.sessionpro.protocol.ByteString;
import org.sessionpro.protocol.PurchaseToken;
import org.sessionpro.simulator.SimulatedClock;
import org.sessionpro.simulator.google.GoogleSettings;
import org.sessionpro.simulator.google.GoogleSimulator;
import org.sessionpro.simulator.google.catalogue.BasePlanId;
import org.sessionpro.simulator.google.catalogue.Price;
import org.sessionpro.simulator.google.catalogue.Sale;
import org.sessionpro.simulator.google.catalogue.SessionCatalogue;
import org.sessionpro.simulator.google.play.ExternalIds;
import org.sessionpro.simulator.google.play.Extras.PriceChange;
import org.sessionpro.simulator.google.play.OutOfApp;
import org.sessionpro.simulator.google.play.PlanChange;
import org.sessionpro.simulator.google.play.PlayAccount;
import org.sessionpro.simulator.google.play.PlayStore;
import org.sessionpro.simulator.google.play.PlayStore.Canceler;
import org.sessionpro.simulator.google.play.Purchase;
import org.sessionpro.simulator.google.play.Quirk;
import org.sessionpro.simulator.google.play.ReplacementMode;
import org.sessionpro.simulator.google.play.Voiding.Cause;
import org.sessionpro.simulator.http.Answer;
import org.sessionpro.simulator.http.Request;

/// The resource in every phase, without sockets.
class SubscriptionResourceTest {
  private static final PlayAccount BUYER = new PlayAccount("buyer");
  private static final Instant MONTH = Instant.parse("2026-04-04T10:00:03.412Z");

  private final SimulatedClock clock = new SimulatedClock(T);
  private GoogleSimulator google = simulator();
  private PlayStore store = google.store();

  private GoogleSimulator simulator(Quirk... quirks) {
    return new GoogleSimulator(
        GoogleSettings.ofSeed(1).with(Set.of(quirks)), clock, InstantSource.system());
  }

  private void use(Quirk... quirks) {
    google = simulator(quirks);
    store = google.store();
  }

  @Test
  void aFreshPurchaseIsTheSample() throws IOException {
    PurchaseToken token = buy(ONE_MONTH);
    String order = store.subscription(token).newest().orElseThrow().order().value();

    JsonNode read = read(token);

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
        store
            .buy(new Purchase(BUYER, store.catalogue().sale(ONE_MONTH), ids(), true, false))
            .token();

    JsonNode read = read(token);

    assertThat(state(read)).isEqualTo("PENDING");
    assertThat(read.has("startTime")).isFalse();
    assertThat(item(read).has("latestSuccessfulOrderId")).isFalse();
    assertThat(item(read).has("expiryTime")).isFalse();
  }

  @Test
  void theAbandonedSignupSaysSo() {
    PurchaseToken token =
        store
            .buy(new Purchase(BUYER, store.catalogue().sale(ONE_MONTH), ids(), true, false))
            .token();
    store.abandon(token);

    assertThat(state(read(token))).isEqualTo("PENDING_PURCHASE_CANCELED");
  }

  @Test
  void theGracePeriodIsTheSample() {
    PurchaseToken token = declined(ONE_MONTH);
    String order = store.subscription(token).newest().orElseThrow().order().value();
    clock.moveTo(MONTH);

    JsonNode read = read(token);

    assertThat(state(read)).isEqualTo("IN_GRACE_PERIOD");
    assertThat(declinedOrder(read, "inGracePeriodStateContext")).isEqualTo(order + "..0");
    assertThat(item(read).get("expiryTime").asText()).isEqualTo("2026-04-07T10:00:03.412Z");
    assertThat(item(read).get("latestSuccessfulOrderId").asText()).isEqualTo(order);
    assertThat(renewing(read)).isTrue();
  }

  private static String declinedOrder(JsonNode read, String context) {
    return read.get(context).get("renewalDeclined").get("pendingOrderId").asText();
  }

  @Test
  void theSilentGraceLooksActive() {
    PurchaseToken token = declined(NO_GRACE);
    clock.moveTo(MONTH);

    JsonNode read = read(token);

    assertThat(state(read)).isEqualTo("ACTIVE");
    assertThat(item(read).get("expiryTime").asText()).isEqualTo("2026-04-05T10:00:03.412Z");
  }

  @Test
  void theHoldStatesTheEndOfTheGrace() {
    PurchaseToken token = declined(ONE_MONTH);
    clock.moveTo(MONTH.plus(Duration.ofDays(5)));

    JsonNode read = read(token);

    assertThat(state(read)).isEqualTo("ON_HOLD");
    assertThat(item(read).get("expiryTime").asText()).isEqualTo("2026-04-07T10:00:03.412Z");
    assertThat(declinedOrder(read, "onHoldStateContext")).endsWith("..0");
    assertThat(renewing(read)).isTrue();
  }

  @Test
  void theEndOfAHoldStatesTheEndOfTheHold() {
    PurchaseToken token = declined(ONE_MONTH);
    clock.moveTo(MONTH.plus(Duration.ofDays(60)));

    JsonNode read = read(token);

    assertThat(state(read)).isEqualTo("EXPIRED");
    assertThat(item(read).get("expiryTime").asText()).isEqualTo("2026-06-03T10:00:03.412Z");
    assertThat(cancellation(read)).isEqualTo("systemInitiatedCancellation");
  }

  @Test
  void thePauseTellsWhenItEnds() {
    PurchaseToken token = paused();

    JsonNode read = read(token);

    assertThat(state(read)).isEqualTo("PAUSED");
    assertThat(read.get("pausedStateContext").get("autoResumeTime").asText())
        .isEqualTo("2026-05-04T10:00:03.412Z");
    assertThat(item(read).get("expiryTime").asText()).isEqualTo("2026-04-04T10:00:03.412Z");
  }

  @Test
  void thePauseMayStateItsOwnEndAsTheExpiry() {
    use(Quirk.PAUSE_STATES_RESUMPTION);

    JsonNode read = read(paused());

    assertThat(item(read).get("expiryTime").asText()).isEqualTo("2026-05-04T10:00:03.412Z");
  }

  private PurchaseToken paused() {
    PurchaseToken token = buy(ONE_MONTH);
    store.acknowledge(token, null);
    store.schedulePause(token, Period.ofMonths(1));
    clock.moveTo(MONTH);
    return token;
  }

  @Test
  void theCancellationNamesTheBuyerAndHidesTheFlag() {
    PurchaseToken token = buy(ONE_MONTH);
    store.cancel(token, Canceler.USER);

    JsonNode read = read(token);

    assertThat(state(read)).isEqualTo("CANCELED");
    assertThat(read.get("canceledStateContext").get("userInitiatedCancellation").get("cancelTime"))
        .isNotNull();
    assertThat(item(read).get("autoRenewingPlan").has("autoRenewEnabled")).isFalse();
  }

  @Test
  void theCancellationByTheDeveloperNamesTheDeveloper() {
    PurchaseToken token = buy(ONE_MONTH);
    store.cancel(token, Canceler.DEVELOPER);

    assertThat(cancellation(read(token))).isEqualTo("developerInitiatedCancellation");
  }

  @Test
  void theRevokedPurchaseIsExpiredAsOfThen() {
    PurchaseToken token = buy(ONE_MONTH);
    clock.advance(Duration.ofDays(1));
    store.revoke(token, Cause.DEVELOPER);

    JsonNode read = read(token);

    assertThat(state(read)).isEqualTo("EXPIRED");
    assertThat(item(read).get("expiryTime").asText()).isEqualTo("2026-03-05T10:00:03.412Z");
  }

  @Test
  void theReplacedPurchaseNestsItsReplacement() {
    PurchaseToken token = buy(ONE_MONTH);
    change(token, ReplacementMode.CHARGE_FULL_PRICE);

    assertThat(cancellation(read(token))).isEqualTo("replacementCancellation");
  }

  @Test
  void theReplacementTellsForSixtyDaysWhatItReplaced() {
    PurchaseToken token = buy(ONE_MONTH);
    PurchaseToken successor = change(token, ReplacementMode.CHARGE_FULL_PRICE);
    store.acknowledge(successor, null);

    JsonNode read = read(successor);
    clock.advance(Duration.ofDays(61));

    assertThat(read.get("linkedPurchaseToken").asText()).isEqualTo(token.value());
    assertThat(item(read).get("itemReplacement").get("basePlanId").asText())
        .isEqualTo("session-pro-1-month");
    assertThat(item(read(successor)).has("itemReplacement")).isFalse();
  }

  @Test
  void aDeferredChangeShowsTwoItemsOfWhichOneIsNotOwned() {
    JsonNode read = read(change(buy(ONE_MONTH), ReplacementMode.DEFERRED));

    assertThat(read.get("lineItems")).hasSize(2);
    assertThat(item(read).get("deferredItemReplacement").get("productId").asText())
        .isEqualTo("session_pro");
    assertThat(item(read).has("latestSuccessfulOrderId")).isTrue();
    JsonNode next = read.get("lineItems").get(1);
    assertThat(next.get("offerDetails").get("basePlanId").asText())
        .isEqualTo("session-pro-12-months");
    assertThat(next.has("latestSuccessfulOrderId")).isFalse();
    assertThat(next.has("expiryTime")).isFalse();
  }

  @Test
  void aPrepaidPlanHasNoRenewal() {
    JsonNode read = read(buy(PREPAID));

    assertThat(item(read).has("autoRenewingPlan")).isFalse();
    assertThat(item(read).get("prepaidPlan").get("allowExtendAfterTime").asText())
        .isEqualTo("2026-03-04T10:00:03.412Z");
  }

  @Test
  void anExpiredPrepaidPlanCannotBeExtended() {
    PurchaseToken token = buy(PREPAID);
    clock.moveTo(MONTH);

    assertThat(item(read(token)).get("prepaidPlan").isEmpty()).isTrue();
  }

  @Test
  void installmentsCountDown() {
    PurchaseToken token = buy(INSTALLMENTS);
    store.acknowledge(token, null);
    clock.moveTo(MONTH);
    store.cancel(token, Canceler.USER);

    JsonNode details = item(read(token)).get("autoRenewingPlan").get("installmentDetails");

    assertThat(details.get("initialCommittedPaymentsCount").asInt()).isEqualTo(12);
    assertThat(details.get("remainingCommittedPaymentsCount").asInt()).isEqualTo(10);
    assertThat(details.get("pendingCancellation").isEmpty()).isTrue();
  }

  @Test
  void aTrialSaysSo() {
    PurchaseToken token =
        store.buy(Purchase.of(BUYER, new Sale(SESSION_PRO, ONE_MONTH, TRIAL), ids())).token();

    JsonNode read = read(token);

    assertThat(item(read).get("offerDetails").get("offerId").asText()).isEqualTo("trial");
    assertThat(item(read).get("offerPhase").has("freeTrial")).isTrue();
  }

  @Test
  void newsOfNoConsequenceAreShown() {
    PurchaseToken token = buy(ONE_MONTH);
    PriceChange change = new PriceChange(new Price("NZD", 9_000_000), MONTH, false);
    store.changePrice(token, change);
    store.stepUpPrice(token, change);
    store.addOn(token, store.catalogue().sale(STICKERS_MONTH));

    JsonNode read = read(token);

    JsonNode plan = item(read).get("autoRenewingPlan");
    assertThat(plan.get("priceChangeDetails").get("priceChangeState").asText())
        .isEqualTo("OUTSTANDING");
    assertThat(plan.get("priceChangeDetails").get("newPrice").has("nanos")).isFalse();
    assertThat(plan.get("priceStepUpConsentDetails").get("state").asText()).isEqualTo("PENDING");
    assertThat(read.get("lineItems").get(1).get("productId").asText())
        .isEqualTo("session_stickers");
  }

  @Test
  void aProfileIsShownOnRequestOnly() {
    PurchaseToken token = buy(ONE_MONTH);
    assertThat(read(token).has("subscribeWithGoogleInfo")).isFalse();

    store.showGoogleProfile(token);

    assertThat(read(token).get("subscribeWithGoogleInfo").has("emailAddress")).isTrue();
  }

  @Test
  void aLicenceTestersPurchaseIsMarked() {
    PurchaseToken token =
        store
            .buy(new Purchase(BUYER, store.catalogue().sale(ONE_MONTH), ids(), false, true))
            .token();

    assertThat(read(token).get("testPurchase").isEmpty()).isTrue();
  }

  @Test
  void aPurchaseOutsideTheAppShowsItsContextUntilItIsAcknowledged() {
    PurchaseToken again = boughtOutside();

    JsonNode context = read(again).get("outOfAppPurchaseContext");
    assertThat(read(again).has("externalAccountIdentifiers")).isFalse();
    assertThat(
            context
                .get("expiredExternalAccountIdentifiers")
                .get("obfuscatedExternalAccountId")
                .asText())
        .isEqualTo(ID);
    assertThat(context.has("expiredPurchaseToken")).isTrue();

    store.acknowledge(again, ids());

    assertThat(read(again).has("outOfAppPurchaseContext")).isFalse();
    assertThat(read(again).has("externalAccountIdentifiers")).isTrue();
  }

  @Test
  void theIdOfTheExpiredOneMayHaveItsFormerName() {
    use(Quirk.FORMER_ID_NAME);

    JsonNode context = read(boughtOutside()).get("outOfAppPurchaseContext");

    assertThat(context.get("expiredExternalAccountIdentifiers").get("obfuscatedAccountId").asText())
        .isEqualTo(ID);
  }

  private PurchaseToken boughtOutside() {
    PurchaseToken token = buy(ONE_MONTH);
    store.acknowledge(token, null);
    store.cancel(token, Canceler.USER);
    clock.moveTo(MONTH);
    return store.buyOutOfApp(token, new OutOfApp(ids(), token)).token();
  }

  @Test
  void theLegacyOrderMayBeADeclinedOne() {
    use(Quirk.LATEST_ORDER_ID);
    PurchaseToken token = declined(ONE_MONTH);
    clock.moveTo(MONTH);

    assertThat(read(token).get("latestOrderId").asText()).endsWith("..0");
  }

  @Test
  void unknownFieldsMayTurnUp() {
    use(Quirk.UNKNOWN_FIELDS);

    assertThat(read(buy(ONE_MONTH)).fieldNames())
        .toIterable()
        .anyMatch(name -> name.startsWith("futureField"));
  }

  @Test
  void theEtagChangesWithWhatIsShown() {
    PurchaseToken token = buy(ONE_MONTH);
    JsonNode before = read(token).get("etag");
    assertThat(read(token).get("etag")).isEqualTo(before);

    store.cancel(token, Canceler.USER);

    assertThat(read(token).get("etag")).isNotEqualTo(before);
  }

  @Test
  void whatWasShownIsRemembered() {
    PurchaseToken token = buy(ONE_MONTH);
    read(token);
    read(token);
    store.cancel(token, Canceler.USER);
    read(token);

    List<ReadLog.Reading> readings = google.reads().of(token);

    assertThat(readings).hasSize(2);
    assertThat(readings.getLast().shown()).isEqualTo(store.subscription(token));
  }

  private PurchaseToken buy(BasePlanId plan) {
    return store.buy(Purchase.of(BUYER, store.catalogue().sale(plan), ids())).token();
  }

  private static ExternalIds ids() {
    return ExternalIds.ofAccount(ID);
  }

  private PurchaseToken declined(BasePlanId plan) {
    PurchaseToken token = buy(plan);
    store.acknowledge(token, null);
    store.setCard(token, true);
    return token;
  }

  private PurchaseToken change(PurchaseToken token, ReplacementMode mode) {
    return store
        .changePlan(token, new PlanChange(store.catalogue().sale(TWELVE_MONTHS), mode, false))
        .token();
  }

  private JsonNode read(PurchaseToken token) {
    Request request =
        new Request(
            "GET",
            "/androidpublisher/v3/applications/"
                + SessionCatalogue.PACKAGE
                + "/purchases/subscriptionsv2/tokens/"
                + token.value(),
            Map.of(),
            google.tokens().grantAll(),
            ByteString.of(new byte[0]));
    try {
      Answer answer = Objects.requireNonNull(google.desk().handle(request).answer());
      assertThat(answer.status()).isEqualTo(200);
      return new ObjectMapper().readTree(answer.body().toByteArray());
    } catch (IOException | InterruptedException failed) {
      throw new AssertionError(failed);
    }
  }

  private static String state(JsonNode read) {
    return read.get("subscriptionState").asText().replace("SUBSCRIPTION_STATE_", "");
  }

  private static JsonNode item(JsonNode read) {
    return read.get("lineItems").get(0);
  }

  private static boolean renewing(JsonNode read) {
    return item(read).get("autoRenewingPlan").get("autoRenewEnabled").asBoolean();
  }

  private static String cancellation(JsonNode read) {
    return read.get("canceledStateContext").fieldNames().next();
  }
}
