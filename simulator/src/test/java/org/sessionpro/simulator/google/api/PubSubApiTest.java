package org.sessionpro.simulator.google.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sessionpro.simulator.google.ServedGoogle.T;
import static org.sessionpro.simulator.google.catalogue.SessionCatalogue.ONE_MONTH;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.sessionpro.simulator.google.GoogleClient;
import org.sessionpro.simulator.google.ServedGoogle;
import org.sessionpro.simulator.google.pubsub.QueueSettings;

class PubSubApiTest {
  private final ServedGoogle google = new ServedGoogle();
  private final GoogleClient client = google.client;

  @AfterEach
  void stop() {
    google.close();
  }

  @Test
  void messagesArePulledAndAcknowledged() throws IOException {
    google.buy(ONE_MONTH);

    JsonNode received = client.pubSub("pull", "{\"maxMessages\":100}").json();
    String ackId = received.at("/receivedMessages/0/ackId").asText();
    client.pubSub("acknowledge", "{\"ackIds\":[\"" + ackId + "\"]}");

    assertThat(received.at("/receivedMessages/0/message/publishTime").asText())
        .isEqualTo(T.toString());
    assertThat(google.simulator.queue().size()).isZero();
  }

  @Test
  void messagesAreGivenBack() throws IOException {
    google.buy(ONE_MONTH);
    String ackId =
        client
            .pubSub("pull", "{\"maxMessages\":1}")
            .json()
            .at("/receivedMessages/0/ackId")
            .asText();

    client.pubSub("modifyAckDeadline", "{\"ackIds\":[\"" + ackId + "\"],\"ackDeadlineSeconds\":0}");
    google.pass(Duration.ofSeconds(10));

    assertThat(client.pubSub("pull", "{}").json().get("receivedMessages")).hasSize(1);
  }

  @Test
  void aPullWithoutMessagesHasNone() throws IOException {
    assertThat(client.pubSub("pull", "{\"maxMessages\":100}").body()).isEqualTo("{}");
  }

  @Test
  void aPullSeesWhatBecameDueSinceTheLastQuestion() throws IOException {
    google.subscriber(ONE_MONTH);
    client.pubSub("pull", "{}");
    google.pass(Duration.ofDays(31));

    assertThat(client.pubSub("pull", "{}").json().get("receivedMessages")).hasSize(1);
  }

  @Test
  void theSettingsAreAsRecommended() throws IOException {
    JsonNode settings = client.pubSub("", "").json();

    assertThat(settings.get("ackDeadlineSeconds").asInt()).isEqualTo(60);
    assertThat(settings.get("messageRetentionDuration").asText()).isEqualTo("2678400s");
    assertThat(settings.get("expirationPolicy").isEmpty()).isTrue();
    assertThat(settings.get("pushConfig").isEmpty()).isTrue();
    assertThat(settings.get("retryPolicy").get("minimumBackoff").asText()).isEqualTo("10s");
    assertThat(settings.has("enableExactlyOnceDelivery")).isFalse();
    assertThat(settings.has("detached")).isFalse();
  }

  @Test
  void theSettingsCanBeWrong() throws IOException {
    QueueSettings sound = QueueSettings.RECOMMENDED;
    google
        .simulator
        .queue()
        .configure(
            new QueueSettings(
                sound.ackDeadline(),
                sound.retention(),
                sound.retry(),
                Duration.ofDays(31),
                true,
                true,
                "https://example.org/push",
                "attributes:x",
                "projects/example/topics/dead-letters",
                false));

    JsonNode settings = client.pubSub("", "").json();

    assertThat(settings.at("/expirationPolicy/ttl").asText()).isEqualTo("2678400s");
    assertThat(settings.at("/pushConfig/pushEndpoint").asText())
        .isEqualTo("https://example.org/push");
    assertThat(settings.get("enableExactlyOnceDelivery").asBoolean()).isTrue();
    assertThat(settings.get("detached").asBoolean()).isTrue();
    assertThat(settings.get("filter").asText()).isEqualTo("attributes:x");
    assertThat(settings.at("/deadLetterPolicy/deadLetterTopic").asText())
        .isEqualTo("projects/example/topics/dead-letters");
    assertThat(settings.has("retainAckedMessages")).isFalse();
  }
}
