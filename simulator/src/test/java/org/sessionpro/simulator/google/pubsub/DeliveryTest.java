package org.sessionpro.simulator.google.pubsub;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.sessionpro.protocol.OrderId;
import org.sessionpro.protocol.PurchaseToken;
import org.sessionpro.simulator.SimulatedClock;
import org.sessionpro.simulator.google.catalogue.PackageName;
import org.sessionpro.simulator.google.catalogue.ProductId;
import org.sessionpro.simulator.google.notice.Notice;
import org.sessionpro.simulator.google.notice.ProductEvent;
import org.sessionpro.simulator.google.notice.SubscriptionEvent;

class DeliveryTest {
  private static final Instant T = Instant.parse("2026-03-04T10:00:05.120Z");
  private static final PurchaseToken TOKEN = new PurchaseToken("token");
  private static final OrderId ORDER = new OrderId("GPA.3301-4402-5503-66041..0");

  private final SimulatedClock clock = new SimulatedClock(T);
  private final MessageQueue queue = new MessageQueue(clock);
  private final Delivery delivery = new Delivery(new PackageName("org.example"), queue, 7);

  @Test
  void aSubscriptionNotificationIsTheSample() throws Exception {
    delivery.publish(T, purchased(TOKEN));

    assertThat(json(only()).toString())
        .isEqualTo(
            """
            {"version":"1.0","packageName":"org.example","eventTimeMillis":"1772618405120",\
            "subscriptionNotification":{"version":"1.0","notificationType":4,\
            "purchaseToken":"token","subscriptionId":"session_pro"}}\
            """);
  }

  @Test
  void aVoidedPurchaseNotificationIsTheSample() throws Exception {
    delivery.publish(T, new Notice.OfVoid(TOKEN, ORDER, true, true));

    assertThat(json(only()).get("voidedPurchaseNotification").toString())
        .isEqualTo(
            """
            {"purchaseToken":"token","orderId":"GPA.3301-4402-5503-66041..0",\
            "productType":1,"refundType":1}\
            """);
  }

  @Test
  void aPartialVoidOfThingsHasTheNumbersTwo() throws Exception {
    delivery.publish(T, new Notice.OfVoid(TOKEN, ORDER, false, false));

    JsonNode block = json(only()).get("voidedPurchaseNotification");
    assertThat(block.get("productType").asInt()).isEqualTo(2);
    assertThat(block.get("refundType").asInt()).isEqualTo(2);
  }

  @Test
  void aOneTimeProductNotificationNamesTheSku() throws Exception {
    delivery.publish(T, new Notice.OfProduct(ProductEvent.CANCELED, TOKEN, new ProductId("thing")));

    assertThat(json(only()).get("oneTimeProductNotification").toString())
        .isEqualTo(
            """
            {"version":"1.0","notificationType":2,"purchaseToken":"token","sku":"thing"}\
            """);
  }

  @Test
  void aRefundReviewNamesTheOrder() throws Exception {
    delivery.publish(T, new Notice.OfRefundReview(TOKEN, ORDER, 1));

    JsonNode block = json(only()).get("pendingRefundReviewNotification");
    assertThat(block.get("orderId").asText()).isEqualTo(ORDER.value());
    assertThat(block.get("pendingRefundToken").asText()).isNotEmpty();
    assertThat(block.get("refundReason").asInt()).isEqualTo(1);
  }

  @Test
  void aTestNotificationHasAVersionOnly() throws Exception {
    delivery.publish(T, new Notice.OfTest());

    assertThat(json(only()).get("testNotification").toString()).isEqualTo("{\"version\":\"1.0\"}");
  }

  @Test
  void idsAreDigitsAndNeverTheSame() throws Exception {
    delivery.publish(T, purchased(TOKEN));
    delivery.publish(T, purchased(TOKEN));

    assertThat(arrived())
        .extracting(Message::id)
        .doesNotHaveDuplicates()
        .allMatch(id -> id.matches("[0-9]+"));
  }

  @Test
  void whatIsLostIsPublishedButNeverArrives() throws Exception {
    rule(new Handling.Lost());

    delivery.publish(T, purchased(TOKEN));

    assertThat(arrived()).isEmpty();
    assertThat(delivery.published()).hasSize(1);
  }

  @Test
  void aRuleAppliesAsOftenAsItSays() throws Exception {
    delivery.add(new DeliveryRule(Set.of(), null, 1, new Handling.Lost()));

    delivery.publish(T, purchased(TOKEN));
    delivery.publish(T, purchased(TOKEN));

    assertThat(arrived()).hasSize(1);
  }

  @Test
  void aRuleAppliesToItsNewsOnly() throws Exception {
    delivery.add(
        new DeliveryRule(Set.of("REVOKED"), null, DeliveryRule.UNTIL_CLEARED, new Handling.Lost()));

    delivery.publish(T, purchased(TOKEN));

    assertThat(arrived()).hasSize(1);
  }

  @Test
  void aRuleAppliesToItsPurchaseOnly() throws Exception {
    delivery.add(
        new DeliveryRule(Set.of(), TOKEN, DeliveryRule.UNTIL_CLEARED, new Handling.Lost()));

    delivery.publish(T, purchased(new PurchaseToken("other")));

    assertThat(arrived()).hasSize(1);
  }

  @Test
  void theFirstRuleThatFitsCounts() throws Exception {
    delivery.add(new DeliveryRule(Set.of(), null, 1, new Handling.Sent()));
    rule(new Handling.Lost());

    delivery.publish(T, purchased(TOKEN));

    assertThat(arrived()).hasSize(1);
  }

  @Test
  void whatIsHeldArrivesWhenItIsReleased() throws Exception {
    rule(new Handling.Held());
    delivery.publish(T, purchased(TOKEN));
    assertThat(arrived()).isEmpty();

    delivery.release(Delivery.Order.AS_SENT, T);

    assertThat(arrived()).hasSize(1);
  }

  @Test
  void heldNotificationsCanArriveInReverse() throws Exception {
    rule(new Handling.Held());
    delivery.publish(T, purchased(new PurchaseToken("first")));
    delivery.publish(T, purchased(new PurchaseToken("second")));

    delivery.release(Delivery.Order.REVERSED, T);

    assertThat(tokens(arrived())).containsExactly("second", "first");
  }

  @Test
  void shufflingFollowsTheSeed() throws Exception {
    List<String> first = shuffled(new Delivery(new PackageName("org.example"), queue, 3));
    List<String> second = shuffled(new Delivery(new PackageName("org.example"), queue, 3));

    assertThat(first).isEqualTo(second).isNotEqualTo(first.stream().sorted().toList());
  }

  private List<String> shuffled(Delivery seeded) throws Exception {
    seeded.add(new DeliveryRule(Set.of(), null, DeliveryRule.UNTIL_CLEARED, new Handling.Held()));
    for (char name = 'a'; name < 'm'; name++) {
      seeded.publish(T, purchased(new PurchaseToken(String.valueOf(name))));
    }
    seeded.release(Delivery.Order.SHUFFLED, T);
    return tokens(arrived());
  }

  @Test
  void whatIsLateArrivesLater() throws Exception {
    rule(new Handling.Late(Duration.ofDays(10)));
    delivery.publish(T, purchased(TOKEN));
    assertThat(arrived()).isEmpty();

    clock.advance(Duration.ofDays(10));

    assertThat(json(only()).get("eventTimeMillis").asText()).isEqualTo("1772618405120");
  }

  @Test
  void whatIsShuffledArrivesWithinItsWindow() throws Exception {
    rule(new Handling.Shuffled(Duration.ofHours(1)));
    for (int i = 0; i < 20; i++) {
      delivery.publish(T, purchased(TOKEN));
    }
    assertThat(queue.due()).isLessThan(20);

    clock.advance(Duration.ofHours(1));

    assertThat(arrived()).hasSize(20);
  }

  @Test
  void copiesMayShareTheirId() throws Exception {
    rule(new Handling.Repeated(5, true));

    delivery.publish(T, purchased(TOKEN));

    assertThat(arrived()).hasSize(5).extracting(Message::id).containsOnly("19160482775301142");
  }

  @Test
  void copiesMayHaveTheirOwnIds() throws Exception {
    rule(new Handling.Repeated(5, false));

    delivery.publish(T, purchased(TOKEN));

    assertThat(arrived()).hasSize(5).extracting(Message::id).doesNotHaveDuplicates();
  }

  @Test
  void corruptDataIsNoBase64() throws Exception {
    Message spoiled = spoiled(Spoilage.CORRUPT_BASE64);

    assertThatThrownBy(() -> Base64.getDecoder().decode(spoiled.data()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void truncatedDataIsNoJson() throws Exception {
    Message spoiled = spoiled(Spoilage.TRUNCATED);

    assertThatThrownBy(() -> json(spoiled)).isInstanceOf(IOException.class);
  }

  @ParameterizedTest
  @EnumSource(
      value = Spoilage.class,
      mode = EnumSource.Mode.EXCLUDE,
      names = {"CORRUPT_BASE64", "TRUNCATED"})
  void whatIsSpoiledInItsContentIsStillJsonAndDiffersFromWhatItShouldBe(Spoilage how)
      throws Exception {
    JsonNode sound = json(spoiledBy(new Handling.Sent()));

    JsonNode spoiled = json(spoiledBy(new Handling.Spoiled(how)));

    assertThat(spoiled).isNotEqualTo(sound);
  }

  @Test
  void anUnknownTypeKeepsItsBlock() throws Exception {
    JsonNode spoiled = json(spoiled(Spoilage.UNKNOWN_TYPE));

    assertThat(spoiled.get("subscriptionNotification").get("notificationType").asInt())
        .isEqualTo(9999);
  }

  private Message spoiled(Spoilage how) throws InterruptedException {
    return spoiledBy(new Handling.Spoiled(how));
  }

  private Message spoiledBy(Handling handling) throws InterruptedException {
    delivery.clear();
    rule(handling);
    delivery.publish(T, purchased(TOKEN));
    return only();
  }

  private void rule(Handling handling) {
    delivery.add(new DeliveryRule(Set.of(), null, DeliveryRule.UNTIL_CLEARED, handling));
  }

  private static Notice purchased(PurchaseToken token) {
    return new Notice.OfSubscription(
        SubscriptionEvent.PURCHASED, token, new ProductId("session_pro"));
  }

  private List<Message> arrived() throws InterruptedException {
    return queue.pull(100, Duration.ZERO).stream().map(MessageQueue.Delivered::message).toList();
  }

  private Message only() throws InterruptedException {
    List<Message> arrived = arrived();
    assertThat(arrived).hasSize(1);
    return arrived.getFirst();
  }

  private static JsonNode json(Message message) throws IOException {
    return new ObjectMapper()
        .readTree(new String(Base64.getDecoder().decode(message.data()), UTF_8));
  }

  private static List<String> tokens(List<Message> messages) throws IOException {
    List<String> tokens = new ArrayList<>();
    for (Message message : messages) {
      tokens.add(json(message).get("subscriptionNotification").get("purchaseToken").asText());
    }
    return tokens;
  }
}
