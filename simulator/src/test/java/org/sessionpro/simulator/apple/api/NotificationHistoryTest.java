package org.sessionpro.simulator.apple.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.sessionpro.simulator.apple.AppleRig;
import org.sessionpro.simulator.apple.JwsReader;
import org.sessionpro.simulator.apple.delivery.DeliveryRule;
import org.sessionpro.simulator.apple.delivery.Handling;
import org.sessionpro.simulator.apple.notice.News;
import org.sessionpro.simulator.apple.store.Subscription;
import org.sessionpro.simulator.http.Answer;
import org.sessionpro.simulator.http.Effect;
import org.sessionpro.simulator.http.Fault;

class NotificationHistoryTest {
  private static final String PATH = "/inApps/v1/notifications/history";
  private static final Map<String, String> NONE = Map.of();

  private final AppleRig rig = new AppleRig();

  private String body(Duration back, String more) {
    Instant now = rig.clock.instant();
    return "{\"startDate\":"
        + now.minus(back).toEpochMilli()
        + ",\"endDate\":"
        + now.toEpochMilli()
        + more
        + "}";
  }

  private Answer ask(String body, Map<String, String> query) throws InterruptedException {
    return rig.send("POST", PATH, query, body);
  }

  private List<String> uuids(String body) throws Exception {
    List<String> uuids = new ArrayList<>();
    Map<String, String> query = NONE;
    while (true) {
      JsonNode page = AppleRig.json(ask(body, query));
      for (JsonNode item : page.path("notificationHistory")) {
        uuids.add(
            JwsReader.payload(item.path("signedPayload").asText())
                .path("notificationUUID")
                .asText());
      }
      if (!page.path("hasMore").asBoolean()) {
        return uuids;
      }
      query = Map.of("paginationToken", page.path("paginationToken").asText());
    }
  }

  private static String error(Answer answer) throws Exception {
    return answer.status() + " " + AppleRig.json(answer).path("errorCode").asText();
  }

  private Subscription mentioned(int times) {
    Subscription one = rig.month();
    for (int i = 1; i < times; i++) {
      rig.store().mention(one.original(), News.parse("METADATA_UPDATE"));
    }
    rig.simulator.catchUp();
    return one;
  }

  @Test
  void everythingIsShownOnceTwentyAPage() throws Exception {
    mentioned(45);
    String body = body(Duration.ofDays(1), "");

    assertThat(AppleRig.json(ask(body, NONE)).path("notificationHistory")).hasSize(20);
    assertThat(uuids(body)).hasSize(45).doesNotHaveDuplicates();
  }

  @Test
  void whatWasSentIsShownWithItsAttempts() throws Exception {
    rig.status = 500;
    mentioned(1);

    JsonNode item =
        AppleRig.json(ask(body(Duration.ofDays(1), ""), NONE)).at("/notificationHistory/0");

    assertThat(item.path("signedPayload").asText()).isEqualTo(rig.received.getFirst());
    assertThat(item.at("/sendAttempts/0/sendAttemptResult").asText())
        .isEqualTo("UNSUCCESSFUL_HTTP_RESPONSE_CODE");
  }

  @Test
  void itCanBeSignedAnewInstead() throws Exception {
    mentioned(1);
    rig.clock.advance(Duration.ofHours(3));
    rig.simulator.pki().rotateLeaf();
    rig.simulator.notifications().setForm(HistoryForm.SIGNED_ANEW);

    String shown =
        AppleRig.json(ask(body(Duration.ofDays(1), ""), NONE))
            .at("/notificationHistory/0/signedPayload")
            .asText();

    JsonNode document = new JwsReader(rig.simulator.pki().root(), false).read(shown);
    JsonNode original = JwsReader.payload(rig.received.getFirst());
    assertThat(shown).isNotEqualTo(rig.received.getFirst());
    assertThat(document.path("notificationUUID")).isEqualTo(original.path("notificationUUID"));
    assertThat(JwsReader.payload(document.at("/data/signedTransactionInfo").asText()))
        .isEqualTo(JwsReader.payload(original.at("/data/signedTransactionInfo").asText()));
  }

  @Test
  void failuresCanBeAskedForAlone() throws Exception {
    rig.simulator
        .delivery()
        .add(new DeliveryRule(Set.of("SUBSCRIBED"), null, 1, new Handling.Lost(true)));
    mentioned(3);

    assertThat(uuids(body(Duration.ofDays(1), ",\"onlyFailures\":true"))).hasSize(1);
  }

  @Test
  void oneTypeOrOneSubscriptionCanBeAskedFor() throws Exception {
    Subscription one = mentioned(3);
    rig.buy("another", one.newest().sale().product());
    rig.simulator.catchUp();
    String id = one.original().value();

    assertThat(uuids(body(Duration.ofDays(1), ",\"notificationType\":\"SUBSCRIBED\""))).hasSize(2);
    assertThat(uuids(body(Duration.ofDays(1), ",\"transactionId\":\"" + id + "\""))).hasSize(3);
    assertThat(
            error(
                ask(
                    body(
                        Duration.ofDays(1),
                        ",\"notificationType\":\"TEST\",\"transactionId\":\"" + id + "\""),
                    NONE)))
        .isEqualTo("400 4000019");
  }

  @Test
  void whatLiesOutsideTheWindowIsNotShown() throws Exception {
    mentioned(1);
    rig.pass(Duration.ofDays(2));

    assertThat(uuids(body(Duration.ofDays(1), ""))).isEmpty();
  }

  @Test
  void itReachesBackHalfAYear() throws Exception {
    assertThat(ask(body(Duration.ofDays(180), ""), NONE).status()).isEqualTo(200);
    assertThat(error(ask(body(Duration.ofDays(180).plusMillis(1), ""), NONE)))
        .isEqualTo("400 4000012");
  }

  @Test
  void aWindowMustBeOne() throws Exception {
    assertThat(error(ask("{}", NONE))).isEqualTo("400 4000015");
    assertThat(error(ask(body(Duration.ofDays(-1), ""), NONE))).isEqualTo("400 4000013");
    assertThat(error(ask(body(Duration.ofDays(1), ",\"notificationType\":\"NONSENSE\""), NONE)))
        .isEqualTo("400 4000018");
  }

  @Test
  void aTokenFitsNoOtherQuestionAndExpires() throws Exception {
    mentioned(30);
    String body = body(Duration.ofDays(1), "");
    Map<String, String> token =
        Map.of("paginationToken", AppleRig.json(ask(body, NONE)).path("paginationToken").asText());

    assertThat(error(ask(body(Duration.ofDays(2), ""), token))).isEqualTo("400 4000014");
    assertThat(error(ask(body, Map.of("paginationToken", "?")))).isEqualTo("400 4000014");
    rig.clock.advance(Duration.ofHours(2));
    assertThat(error(ask(body, token))).isEqualTo("400 4000017");
  }

  @Test
  void aPageCanComeTwice() throws Exception {
    mentioned(30);
    String body = body(Duration.ofDays(1), "");
    JsonNode first = AppleRig.json(ask(body, NONE));
    Map<String, String> token = Map.of("paginationToken", first.path("paginationToken").asText());
    rig.simulator
        .desk()
        .faults()
        .add(new Fault("notification-history", null, 1, new Effect.Former()));

    assertThat(AppleRig.json(ask(body, token)).path("notificationHistory"))
        .isEqualTo(first.path("notificationHistory"));
  }

  @Test
  void itCanBeBehind() throws Exception {
    rig.simulator.delivery().log().setLag(Duration.ofHours(2));
    mentioned(1);
    assertThat(uuids(body(Duration.ofDays(1), ""))).isEmpty();
    rig.clock.advance(Duration.ofHours(2));

    assertThat(uuids(body(Duration.ofDays(1), ""))).hasSize(1);
  }

  @Test
  void aTestIsDeliveredAndItsFateCanBeAskedFor() throws Exception {
    String token =
        AppleRig.json(rig.send("POST", "/inApps/v1/notifications/test", NONE, ""))
            .path("testNotificationToken")
            .asText();
    String path = "/inApps/v1/notifications/test/" + token;
    assertThat(error(rig.get(path, NONE))).isEqualTo("404 4040008");
    rig.simulator.catchUp();

    assertThat(rig.last().path("notificationType").asText()).isEqualTo("TEST");
    assertThat(rig.getJson(path, NONE).at("/sendAttempts/0/sendAttemptResult").asText())
        .isEqualTo("SUCCESS");
  }
}
