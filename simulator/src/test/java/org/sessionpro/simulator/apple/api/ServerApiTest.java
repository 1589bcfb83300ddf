package org.sessionpro.simulator.apple.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sessionpro.simulator.apple.AppleRig.TOKEN;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sessionpro.simulator.apple.AppleRig;
import org.sessionpro.simulator.apple.JwsReader;
import org.sessionpro.simulator.apple.catalogue.SessionCatalogue;
import org.sessionpro.simulator.apple.store.Customer;
import org.sessionpro.simulator.apple.store.Sale;
import org.sessionpro.simulator.apple.store.Subscription;
import org.sessionpro.simulator.apple.store.Wish;
import org.sessionpro.simulator.http.Answer;
import org.sessionpro.simulator.http.Effect;
import org.sessionpro.simulator.http.Fault;
import org.sessionpro.simulator.http.Request;

class ServerApiTest {
  private static final String STATUSES = "/inApps/v1/subscriptions/";
  private static final String HISTORY = "/inApps/v2/history/";
  private static final String TRANSACTIONS = "/inApps/v1/transactions/";
  private static final Map<String, String> NONE = Map.of();

  private final AppleRig rig = new AppleRig();

  private static String error(Answer answer) throws Exception {
    return answer.status() + " " + AppleRig.json(answer).path("errorCode").asText();
  }

  private Answer withBearer(Map<String, String> changes) throws InterruptedException {
    return rig.ask(
        new Request("GET", STATUSES + "1", NONE, rig.bearer(changes), AppleRig.nothing()));
  }

  @ParameterizedTest
  @CsvSource({
    "alg, RS256",
    "kid, OTHER",
    "iss, somebody",
    "aud, elsewhere",
    "bid, org.another.example",
    "exp, -120",
    "exp, 7200"
  })
  void aBearerThatIsWrongIsRefused(String claim, String value) throws Exception {
    Answer answer = withBearer(Map.of(claim, value));

    assertThat(answer.status()).isEqualTo(401);
    assertThat(new String(answer.body().toByteArray(), StandardCharsets.UTF_8))
        .startsWith("Unauthenticated");
  }

  @Test
  void aBearerOfAnotherKeyIsRefused() throws Exception {
    String bearer = AppleRig.bearer(ApiKey.generate(), NONE);

    assertThat(
            rig.ask(new Request("GET", STATUSES + "1", NONE, bearer, AppleRig.nothing())).status())
        .isEqualTo(401);
  }

  @Test
  void noBearerIsRefused() throws Exception {
    assertThat(rig.ask(new Request("GET", STATUSES + "1", NONE, "", AppleRig.nothing())).status())
        .isEqualTo(401);
  }

  @Test
  void statusesShowTheNewestTransactionAndTheRenewal() throws Exception {
    Subscription one = rig.month();
    rig.pass(Duration.ofDays(40));

    JsonNode answer = rig.getJson(STATUSES + one.original().value(), NONE);

    JsonNode last = answer.at("/data/0/lastTransactions/0");
    assertThat(last.path("status").asInt()).isEqualTo(1);
    assertThat(
            JwsReader.payload(last.path("signedTransactionInfo").asText())
                .path("transactionId")
                .asText())
        .isEqualTo(rig.now(one).newest().ids().first().value());
    assertThat(
            JwsReader.payload(last.path("signedRenewalInfo").asText())
                .path("originalTransactionId")
                .asText())
        .isEqualTo(one.original().value());
    assertThat(answer.path("appAppleId").asLong()).isEqualTo(SessionCatalogue.APP_ID);
  }

  @Test
  void statusesCanBeAskedForOneStatus() throws Exception {
    Subscription one = rig.month();

    JsonNode answer = rig.getJson(STATUSES + one.original().value(), Map.of("status", "2"));

    assertThat(answer.path("data")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "/inApps/v1/subscriptions/2000000999999999, 404 4040010",
    "/inApps/v2/history/2000000999999999, 404 4040010",
    "/inApps/v1/transactions/2000000999999999, 404 4040010",
    "/inApps/v1/subscriptions/abc, 400 4000006",
    "/inApps/v1/nothing/1, 404 4040000"
  })
  void whatIsUnknownIsSaidToBe(String path, String error) throws Exception {
    assertThat(error(rig.get(path, NONE))).isEqualTo(error);
  }

  private List<JsonNode> history(Subscription one, Map<String, String> query) throws Exception {
    List<JsonNode> all = new ArrayList<>();
    Map<String, String> next = query;
    while (true) {
      JsonNode page = rig.getJson(HISTORY + one.original().value(), next);
      all.addAll(AppleRig.payloads(page.get("signedTransactions")));
      if (!page.path("hasMore").asBoolean()) {
        return all;
      }
      Map<String, String> more = new HashMap<>(query);
      more.put("revision", page.path("revision").asText());
      next = more;
    }
  }

  @Test
  void theHistoryShowsEveryCycleOnceTwentyAPage() throws Exception {
    Subscription one = rig.month();
    rig.pass(Duration.ofDays(31 * 45));
    JsonNode first = rig.getJson(HISTORY + one.original().value(), NONE);

    List<JsonNode> all = history(one, NONE);

    assertThat(first.path("signedTransactions")).hasSize(20);
    assertThat(first.path("hasMore").asBoolean()).isTrue();
    assertThat(all)
        .extracting(node -> node.path("transactionId").asText())
        .hasSize(rig.now(one).cycles().size())
        .doesNotHaveDuplicates();
  }

  @Test
  void theHistoryCanBeReadBackwards() throws Exception {
    Subscription one = rig.month();
    rig.pass(Duration.ofDays(31 * 25));
    List<JsonNode> forwards = history(one, NONE);

    assertThat(history(one, Map.of("sort", "DESCENDING")))
        .extracting(node -> node.path("transactionId").asText())
        .containsExactlyElementsOf(
            forwards.reversed().stream().map(node -> node.path("transactionId").asText()).toList());
  }

  @Test
  void aRevisionShowsWhatHasChangedSince() throws Exception {
    Subscription one = rig.month();
    rig.pass(Duration.ofDays(40));
    String path = HISTORY + one.original().value();
    String revision = rig.getJson(path, NONE).path("revision").asText();
    Map<String, String> resumed = Map.of("revision", revision);
    assertThat(rig.getJson(path, resumed).path("signedTransactions")).isEmpty();

    rig.store().refund(one.original(), 100, 0);

    List<JsonNode> changed =
        AppleRig.payloads(rig.getJson(path, resumed).get("signedTransactions"));
    assertThat(changed).hasSize(1);
    assertThat(changed.getFirst().path("transactionId").asText()).isEqualTo(one.original().value());
    assertThat(changed.getFirst().path("revocationType").asText()).isEqualTo("REFUND_FULL");
  }

  @Test
  void theHistoryShowsUpgradesAndRestoredTransactions() throws Exception {
    Subscription one = rig.month();
    rig.store().restore(one.original());
    rig.store().changeProduct(one.original(), new Wish(Sale.of(SessionCatalogue.YEAR), TOKEN));

    List<JsonNode> all = history(one, NONE);

    assertThat(all)
        .extracting(node -> node.path("isUpgraded").asBoolean())
        .containsExactly(true, true, false);
    assertThat(all.getFirst().path("webOrderLineItemId"))
        .isEqualTo(all.get(1).path("webOrderLineItemId"));
  }

  @Test
  void aTransactionIsShownByItself() throws Exception {
    Subscription one = rig.month();

    JsonNode shown =
        JwsReader.payload(
            rig.getJson(TRANSACTIONS + one.original().value(), NONE)
                .path("signedTransactionInfo")
                .asText());

    assertThat(shown.path("transactionId").asText()).isEqualTo(one.original().value());
  }

  @Test
  void refundsAreLookedUp() throws Exception {
    Subscription one = rig.month();
    String path = "/inApps/v2/refund/lookup/" + one.original().value();
    assertThat(rig.getJson(path, NONE).path("signedTransactions")).isEmpty();
    rig.store().refund(one.original(), 100, 0);

    assertThat(rig.getJson(path, NONE).path("signedTransactions")).hasSize(1);
  }

  private Answer setToken(String id, String token) throws InterruptedException {
    return rig.send(
        "PUT",
        TRANSACTIONS + id + "/appAccountToken",
        NONE,
        "{\"appAccountToken\":\"" + token + "\"}");
  }

  @Test
  void aTokenCanBeSetAndIsInherited() throws Exception {
    Subscription one = rig.month();
    String other = "ffffffff-ffff-4fff-bfff-ffffffffffff";

    assertThat(setToken(one.original().value(), other).status()).isEqualTo(200);

    rig.pass(Duration.ofDays(40));
    assertThat(rig.now(one).newest().token()).hasToString(other);
  }

  @Test
  void aTokenIsSetOnOriginalsOnlyAndMustBeOne() throws Exception {
    Subscription one = rig.month();
    rig.pass(Duration.ofDays(40));
    String later = rig.now(one).newest().ids().first().value();
    Subscription share = rig.store().share(one.original(), new Customer("child"));

    assertThat(error(setToken(one.original().value(), "no token"))).isEqualTo("400 4000183");
    assertThat(error(setToken(later, TOKEN.toString()))).isEqualTo("400 4000187");
    assertThat(error(setToken(share.original().value(), TOKEN.toString())))
        .isEqualTo("400 4000185");
  }

  @Test
  void consumptionIsWrittenDown() throws Exception {
    Subscription one = rig.month();
    String id = one.original().value();

    Answer answer = rig.send("PUT", "/inApps/v2/transactions/consumption/" + id, NONE, "{}");

    assertThat(answer.status()).isEqualTo(202);
  }

  @Test
  void aServerCanLagByOneChange() throws Exception {
    Subscription one = rig.month();
    rig.store().refund(one.original(), 100, 0);
    rig.simulator.desk().faults().add(new Fault("history", null, 1, new Effect.Former()));

    assertThat(history(one, NONE).getFirst().has("revocationDate")).isFalse();
    assertThat(history(one, NONE).getFirst().has("revocationDate")).isTrue();
  }

  @Test
  void noServerLagsByAnHour() throws Exception {
    Subscription one = rig.month();
    rig.store().refund(one.original(), 100, 0);
    rig.pass(Duration.ofHours(1));
    rig.simulator.desk().faults().add(new Fault("history", null, 1, new Effect.Former()));

    assertThat(history(one, NONE).getFirst().has("revocationDate")).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "429, '', 4290000",
    "500, '', 5000000",
    "500, 5000001, 5000001",
    "404, '', 4040010",
    "400, 4000017, 4000017"
  })
  void refusalsBearTheirNumbers(int status, String reason, String code) throws Exception {
    rig.simulator
        .desk()
        .faults()
        .add(new Fault("statuses", null, 1, new Effect.Refused(status, reason, null)));

    assertThat(error(rig.get(STATUSES + "1", NONE))).isEqualTo(status + " " + code);
  }

  @Test
  void aRefusalCanBeWithoutANumber() throws Exception {
    rig.simulator
        .desk()
        .faults()
        .add(new Fault("statuses", null, 1, new Effect.Refused(500, "none", null)));

    assertThat(rig.get(STATUSES + "1", NONE).body().size()).isZero();
  }

  @Test
  void whenToComeBackIsToldAsAnInstant() throws Exception {
    rig.simulator
        .desk()
        .faults()
        .add(new Fault("statuses", null, 1, new Effect.Refused(429, "", Duration.ofMinutes(10))));

    assertThat(rig.get(STATUSES + "1", NONE).headers())
        .containsEntry(
            "retry-after",
            Long.toString(rig.clock.instant().plus(Duration.ofMinutes(10)).toEpochMilli()));
  }

  @Test
  void faultsAimAtASubscriptionByAnyOfItsTransactions() throws Exception {
    Subscription one = rig.month();
    rig.pass(Duration.ofDays(40));
    rig.simulator
        .desk()
        .faults()
        .add(new Fault("statuses", one.original().value(), 1, new Effect.Refused(503, "", null)));

    String later = rig.now(one).newest().ids().first().value();

    assertThat(rig.get(STATUSES + later, NONE).status()).isEqualTo(503);
  }
}
