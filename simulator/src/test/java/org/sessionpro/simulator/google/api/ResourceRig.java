package org.sessionpro.simulator.google.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sessionpro.simulator.google.ServedGoogle.ID;
import static org.sessionpro.simulator.google.ServedGoogle.T;
import static org.sessionpro.simulator.google.catalogue.SessionCatalogue.TWELVE_MONTHS;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.sessionpro.protocol.ByteString;
import org.sessionpro.protocol.PurchaseToken;
import org.sessionpro.simulator.SimulatedClock;
import org.sessionpro.simulator.google.GoogleSettings;
import org.sessionpro.simulator.google.GoogleSimulator;
import org.sessionpro.simulator.google.catalogue.BasePlanId;
import org.sessionpro.simulator.google.catalogue.SessionCatalogue;
import org.sessionpro.simulator.google.play.ExternalIds;
import org.sessionpro.simulator.google.play.PlanChange;
import org.sessionpro.simulator.google.play.PlayAccount;
import org.sessionpro.simulator.google.play.PlayStore;
import org.sessionpro.simulator.google.play.Purchase;
import org.sessionpro.simulator.google.play.Quirk;
import org.sessionpro.simulator.google.play.ReplacementMode;
import org.sessionpro.simulator.http.Answer;
import org.sessionpro.simulator.http.Request;

/// A simulator in this process, and its resource read without sockets.
final class ResourceRig {
  static final PlayAccount BUYER = new PlayAccount("buyer");
  static final Instant MONTH = Instant.parse("2026-04-04T10:00:03.412Z");

  final SimulatedClock clock = new SimulatedClock(T);
  final GoogleSimulator google;
  final PlayStore store;

  ResourceRig(Quirk... quirks) {
    google =
        new GoogleSimulator(
            GoogleSettings.ofSeed(1).with(Set.of(quirks)), clock, InstantSource.system());
    store = google.store();
  }

  PurchaseToken buy(BasePlanId plan) {
    return store.buy(Purchase.of(BUYER, store.catalogue().sale(plan), ids())).token();
  }

  static ExternalIds ids() {
    return ExternalIds.ofAccount(ID);
  }

  PurchaseToken declined(BasePlanId plan) {
    PurchaseToken token = buy(plan);
    store.acknowledge(token, null);
    store.setCard(token, true);
    return token;
  }

  PurchaseToken change(PurchaseToken token, ReplacementMode mode) {
    return store
        .changePlan(token, new PlanChange(store.catalogue().sale(TWELVE_MONTHS), mode, false))
        .token();
  }

  JsonNode read(PurchaseToken token) {
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

  static String state(JsonNode read) {
    return read.get("subscriptionState").asText().replace("SUBSCRIPTION_STATE_", "");
  }

  static JsonNode item(JsonNode read) {
    return read.get("lineItems").get(0);
  }

  static boolean renewing(JsonNode read) {
    return item(read).get("autoRenewingPlan").get("autoRenewEnabled").asBoolean();
  }

  static String cancellation(JsonNode read) {
    return read.get("canceledStateContext").fieldNames().next();
  }
}
