package org.sessionpro.simulator.google.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sessionpro.simulator.google.ServedGoogle.T;
import static org.sessionpro.simulator.google.catalogue.SessionCatalogue.CREDIT;
import static org.sessionpro.simulator.google.catalogue.SessionCatalogue.ONE_MONTH;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.sessionpro.protocol.PurchaseToken;
import org.sessionpro.simulator.google.GoogleClient;
import org.sessionpro.simulator.google.GoogleClient.Reply;
import org.sessionpro.simulator.google.ServedGoogle;
import org.sessionpro.simulator.google.play.ExternalIds;
import org.sessionpro.simulator.google.play.OneTimeOrder;
import org.sessionpro.simulator.google.play.OneTimePurchase;
import org.sessionpro.simulator.google.play.OneTimePurchase.Basket;
import org.sessionpro.simulator.google.play.PlayAccount;
import org.sessionpro.simulator.google.play.Quirk;
import org.sessionpro.simulator.google.play.Subscription;
import org.sessionpro.simulator.google.play.Voiding.Cause;
import org.sessionpro.simulator.http.Call;
import org.sessionpro.simulator.http.Effect;
import org.sessionpro.simulator.http.Fault;

/// The endpoints of purchases, orders and the catalogue over HTTP.
class GoogleServiceTest {
  private final ServedGoogle google = new ServedGoogle();
  private final GoogleClient client = google.client;

  @AfterEach
  void stop() {
    google.close();
  }

  @Test
  void anUnknownTokenIsNotFound() throws IOException {
    Reply reply = client.read("nobody's");

    assertThat(reply.status()).isEqualTo(404);
    assertThat(reply.json().at("/error/errors/0/reason").asText())
        .isEqualTo("purchaseTokenNotFound");
  }

  @Test
  void whatEndedLongAgoIsGone() throws IOException {
    PurchaseToken token = google.subscriber(ONE_MONTH);
    google.store().revoke(token, Cause.DEVELOPER);
    google.pass(Duration.ofDays(61));

    Reply reply = client.read(token.value());

    assertThat(reply.status()).isEqualTo(410);
    assertThat(reply.json().at("/error/errors/0/reason").asText())
        .isEqualTo("subscriptionPurchaseNoLongerAvailable");
  }

  @Test
  void anotherAppIsNotFound() throws IOException {
    assertThat(
            client
                .get("/androidpublisher/v3/applications/org.other/orders/GPA.1")
                .json()
                .at("/error/errors/0/reason")
                .asText())
        .isEqualTo("applicationNotFound");
  }

  @Test
  void whatNobodyServesIsNotFound() throws IOException {
    assertThat(client.get("/androidpublisher/v3/applications").status()).isEqualTo(404);
    assertThat(client.get("/v1/projects/other/subscriptions/other").status()).isEqualTo(404);
    assertThat(client.get("/").status()).isEqualTo(404);
  }

  @Test
  void tokensAreFoundWhateverCharactersTheyHold() throws IOException {
    try (ServedGoogle odd = new ServedGoogle(Quirk.ODD_TOKENS)) {
      PurchaseToken token = odd.subscriber(ONE_MONTH);

      assertThat(token.value()).contains("/").contains(":");
      assertThat(odd.client.read(token.value()).status()).isEqualTo(200);
    }
  }

  @Test
  void acknowledgingAnswersWithoutABody() throws IOException {
    PurchaseToken token = google.buy(ONE_MONTH).token();

    Reply reply = client.acknowledge(token.value(), "{}");

    assertThat(reply.status()).isBetween(200, 299);
    assertThat(reply.body()).isEmpty();
    assertThat(google.store().subscription(token).acknowledgement().isGiven()).isTrue();
  }

  @Test
  void anEmptyProductIdDoesNotHinderAnAcknowledgement() throws IOException {
    PurchaseToken token = google.buy(ONE_MONTH).token();

    assertThat(
            client
                .post("purchases/subscriptions//tokens/" + token.value() + ":acknowledge", "")
                .status())
        .isBetween(200, 299);
  }

  @Test
  void idsForAnOrdinaryPurchaseAreRefused() throws IOException {
    PurchaseToken token = google.buy(ONE_MONTH).token();

    Reply reply =
        client.acknowledge(
            token.value(),
            "{\"externalAccountIds\":{\"obfuscatedAccountId\":\"" + ServedGoogle.ID + "\"}}");

    assertThat(reply.status()).isEqualTo(400);
  }

  @Test
  void aBodyThatIsNoJsonIsRefused() throws IOException {
    PurchaseToken token = google.buy(ONE_MONTH).token();

    assertThat(client.acknowledge(token.value(), "nonsense").status()).isEqualTo(400);
  }

  @Test
  void theDeveloperCanCancel() throws IOException {
    PurchaseToken token = google.subscriber(ONE_MONTH);

    post(
        token,
        "cancel",
        "{\"cancellationContext\":{\"cancellationType\":\"DEVELOPER_REQUESTED_STOP_PAYMENTS\"}}");

    assertThat(client.read(token.value()).json().get("canceledStateContext"))
        .asString()
        .contains("developerInitiatedCancellation");
  }

  @Test
  void theDeveloperCanRevoke() throws IOException {
    PurchaseToken token = google.subscriber(ONE_MONTH);

    assertThat(post(token, "revoke", "{\"revocationContext\":{\"fullRefund\":{}}}").status())
        .isEqualTo(200);
    assertThat(google.store().subscription(token).isExpired()).isTrue();
  }

  @Test
  void aRevocationMustSayHow() throws IOException {
    assertThat(post(google.subscriber(ONE_MONTH), "revoke", "{}").status()).isEqualTo(400);
  }

  @Test
  void theDeveloperCanDeferWithTheLatestEtag() throws IOException {
    PurchaseToken token = google.subscriber(ONE_MONTH);
    String etag = client.read(token.value()).json().get("etag").toString();
    String context = "{\"deferralContext\":{\"deferDuration\":\"864000s\",\"etag\":" + etag + "}}";

    Reply first = post(token, "defer", context);
    Reply second = post(token, "defer", context);

    assertThat(first.json().at("/itemExpiryTimeDetails/0/expiryTime").asText())
        .isEqualTo("2026-04-14T10:00:03.412Z");
    assertThat(second.status()).isEqualTo(409);
  }

  @Test
  void anOrderIsShownWithItsRefunds() throws IOException {
    Subscription bought = google.buy(ONE_MONTH);
    String order = bought.newest().orElseThrow().order().value();
    assertThat(client.play("orders/" + order).json().get("state").asText()).isEqualTo("PROCESSED");

    assertThat(client.post("orders/" + order + ":refund?revoke=false", "").status())
        .isBetween(200, 299);

    JsonNode shown = client.play("orders/" + order).json();
    assertThat(shown.get("state").asText()).isEqualTo("REFUNDED");
    assertThat(shown.get("purchaseToken").asText()).isEqualTo(bought.token().value());
    assertThat(shown.get("orderHistory").has("refundEvent")).isTrue();
    assertThat(shown.get("orderHistory").has("partialRefundEvents")).isFalse();
  }

  @Test
  void anOrderOfThingsShowsWhatWentBackOfIt() throws IOException {
    OneTimePurchase bought = buyThree();
    google.store().takeBack(bought.token(), 1, Cause.REMORSE);

    JsonNode shown = client.play("orders/" + bought.order().value()).json();

    assertThat(shown.get("state").asText()).isEqualTo("PARTIALLY_REFUNDED");
    assertThat(shown.at("/lineItems/0/oneTimePurchaseDetails/quantity").asInt()).isEqualTo(3);
    assertThat(shown.at("/orderHistory/partialRefundEvents/0/refundDetails/total/units").asText())
        .isEqualTo("8");
  }

  @Test
  void thingsHaveAResourceOfTheirOwn() throws IOException {
    OneTimePurchase bought = buyThree();
    google.store().takeBack(bought.token(), 1, Cause.REMORSE);

    JsonNode shown = client.play("purchases/productsv2/tokens/" + bought.token().value()).json();

    assertThat(shown.get("kind").asText()).isEqualTo("androidpublisher#productPurchaseV2");
    assertThat(shown.at("/productLineItem/0/productId").asText()).isEqualTo(CREDIT.value());
    assertThat(shown.at("/productLineItem/0/productOfferDetails/quantity").asInt()).isEqualTo(3);
    assertThat(shown.at("/productLineItem/0/productOfferDetails/refundableQuantity").asInt())
        .isEqualTo(2);
    assertThat(shown.at("/purchaseStateContext/purchaseState").asText()).isEqualTo("PURCHASED");
    assertThat(shown.get("purchaseCompletionTime").asText()).isEqualTo(T.toString());
    assertThat(shown.get("obfuscatedExternalAccountId").asText()).isEqualTo(ServedGoogle.ID);
  }

  @Test
  void whatACodePaidForNamesNoOrder() throws IOException {
    try (ServedGoogle odd = new ServedGoogle(Quirk.ORDERLESS_THINGS)) {
      OneTimePurchase bought =
          odd.store()
              .buyOnce(
                  new OneTimeOrder(
                      new PlayAccount("buyer"), new Basket(CREDIT, 1), null, false, false));

      JsonNode shown =
          odd.client.play("purchases/productsv2/tokens/" + bought.token().value()).json();

      assertThat(shown.has("orderId")).isFalse();
    }
  }

  @Test
  void thingsAreAcknowledgedAtTheirOwnEndpoint() throws IOException {
    OneTimePurchase bought = buyThree();

    client.post(
        "purchases/products/" + CREDIT + "/tokens/" + bought.token().value() + ":acknowledge",
        "{}");

    assertThat(google.store().oneTimePurchase(bought.token()).acknowledgement().isGiven()).isTrue();
  }

  @Test
  void theCatalogueTellsKindAndGraceOfEachPlan() throws IOException {
    JsonNode plans = client.play("subscriptions/session_pro").json().get("basePlans");

    assertThat(plans.get(0).at("/autoRenewingBasePlanType/gracePeriodDuration").asText())
        .isEqualTo("P3D");
    assertThat(plans.findValuesAsText("basePlanId")).contains("session-pro-6-months");
    assertThat(plans.findValues("prepaidBasePlanType")).hasSize(1);
    assertThat(plans.findValues("installmentsBasePlanType")).hasSize(1);
    assertThat(client.play("subscriptions/other").status()).isEqualTo(404);
  }

  @Test
  void aFaultLooksLikeGoogles() throws IOException {
    google
        .simulator
        .desk()
        .faults()
        .add(new Fault("read", null, 1, new Effect.Refused(429, "", Duration.ofSeconds(30))));

    Reply reply = client.read("any");

    assertThat(reply.status()).isEqualTo(429);
    assertThat(reply.header("retry-after")).isEqualTo("30");
    assertThat(reply.json().at("/error/errors/0/reason").asText()).isEqualTo("rateLimitExceeded");
  }

  @Test
  void aFormerReadShowsTheStateBeforeTheLatestChange() throws IOException {
    PurchaseToken token = google.subscriber(ONE_MONTH);
    google.store().revoke(token, Cause.DEVELOPER);
    google.simulator.desk().faults().add(new Fault("read", null, 1, new Effect.Former()));

    assertThat(client.read(token.value()).json().get("subscriptionState").asText())
        .isEqualTo("SUBSCRIPTION_STATE_ACTIVE");
    assertThat(client.read(token.value()).json().get("subscriptionState").asText())
        .isEqualTo("SUBSCRIPTION_STATE_EXPIRED");
  }

  @Test
  void callsAreCountedByEndpointAndPurchase() throws IOException {
    PurchaseToken token = google.subscriber(ONE_MONTH);
    client.read(token.value());
    client.read("other");

    assertThat(google.simulator.desk().calls().since(0, "read", token.value()))
        .extracting(Call::status)
        .containsExactly(200);
  }

  private Reply post(PurchaseToken token, String verb, String body) throws IOException {
    return client.post("purchases/subscriptionsv2/tokens/" + token.value() + ":" + verb, body);
  }

  private OneTimePurchase buyThree() {
    return google
        .store()
        .buyOnce(
            new OneTimeOrder(
                new PlayAccount("buyer"),
                new Basket(CREDIT, 3),
                ExternalIds.ofAccount(ServedGoogle.ID),
                false,
                false));
  }
}
