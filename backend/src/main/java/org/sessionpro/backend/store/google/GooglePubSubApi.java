package org.sessionpro.backend.store.google;

import com.google.api.services.pubsub.Pubsub;
import com.google.api.services.pubsub.model.AcknowledgeRequest;
import com.google.api.services.pubsub.model.ModifyAckDeadlineRequest;
import com.google.api.services.pubsub.model.PullRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.sessionpro.backend.config.GoogleSettings.Queue;
import org.sessionpro.backend.store.StoreAnswer;
import org.sessionpro.protocol.BadRequest;
import org.sessionpro.protocol.ByteString;

/// Pub/Sub, asked by Google's own client.
final class GooglePubSubApi implements PubSubApi {
  /// As many characters as stand for [#MAX_DATA] in base64.
  private static final int MAX_TEXT = MAX_DATA / 3 * 4;

  private final Pubsub brief;
  private final Pubsub patient;
  private final String queue;
  private final GoogleCalls calls;

  /// @param brief for everything but the pull
  /// @param patient for the pull, which waits
  GooglePubSubApi(Pubsub brief, Pubsub patient, Queue queue, GoogleCalls calls) {
    this.brief = brief;
    this.patient = patient;
    this.queue = queue.name();
    this.calls = calls;
  }

  @Override
  public StoreAnswer<List<Received>> pull(int most) {
    PullRequest wish = new PullRequest().setMaxMessages(most);
    return calls.call(
        () -> patient.projects().subscriptions().pull(queue, wish),
        body ->
            Lenient.parseCutting(body, MAX_TEXT).objects("receivedMessages").stream()
                .flatMap(GooglePubSubApi::received)
                .toList(),
        BoundedTransport.MAX_PULL);
  }

  private static Stream<Received> received(Lenient received) {
    return received.text("ackId").stream()
        .flatMap(ackId ->
            received.object("message").stream()
                .flatMap(message ->
                    message.text("messageId").stream()
                        .map(id ->
                            new Received(
                                new AckId(ackId),
                                new MessageId(id),
                                data(message.text("data").orElse(""))))));
  }

  /// What cannot be decoded is kept as it is, so that it can be looked at.
  private static ByteString data(String base64) {
    try {
      return ByteString.of(Base64.getDecoder().decode(base64));
    } catch (IllegalArgumentException malformed) {
      return ByteString.of(base64.getBytes(StandardCharsets.UTF_8));
    }
  }

  @Override
  public StoreAnswer<PlayApi.Done> acknowledge(List<AckId> messages) {
    AcknowledgeRequest body = new AcknowledgeRequest().setAckIds(values(messages));
    return calls.call(
        () -> brief.projects().subscriptions().acknowledge(queue, body), _ -> new PlayApi.Done());
  }

  @Override
  public StoreAnswer<PlayApi.Done> release(List<AckId> messages) {
    ModifyAckDeadlineRequest body =
        new ModifyAckDeadlineRequest().setAckIds(values(messages)).setAckDeadlineSeconds(0);
    return calls.call(
        () -> brief.projects().subscriptions().modifyAckDeadline(queue, body),
        _ -> new PlayApi.Done());
  }

  private static List<String> values(List<AckId> messages) {
    return messages.stream().map(AckId::value).toList();
  }

  @Override
  public StoreAnswer<QueueSetup> setup() {
    return calls.call(
        () -> brief.projects().subscriptions().get(queue),
        body -> {
          Lenient json = Lenient.parse(body);
          return new QueueSetup(
              json.object("pushConfig").map(push -> push.has("pushEndpoint")).orElse(false)
                  || json.hasObject("bigqueryConfig")
                  || json.hasObject("cloudStorageConfig"),
              json.flag("detached"),
              json.flag("enableExactlyOnceDelivery"),
              Duration.ofSeconds(json.integer("ackDeadlineSeconds").orElse(0)),
              json.text("messageRetentionDuration")
                  .map(GooglePubSubApi::span)
                  .orElse(Duration.ZERO),
              json.object("expirationPolicy").map(policy -> policy.has("ttl")).orElse(true),
              json.text("filter").isPresent(),
              json.object("deadLetterPolicy").isPresent(),
              // What the topic keeps can be had again as well.
              json.flag("retainAckedMessages")
                  || json.text("topicMessageRetentionDuration").isPresent(),
              json.object("retryPolicy").map(GooglePubSubApi::retryPolicy).orElse(null));
        });
  }

  private static RetryPolicy retryPolicy(Lenient policy) {
    return new RetryPolicy(
        policy.text("minimumBackoff").map(GooglePubSubApi::span).orElse(null),
        policy.text("maximumBackoff").map(GooglePubSubApi::span).orElse(null));
  }

  /// A number of seconds, perhaps with a fraction, and an `s` behind.
  private static Duration span(String text) {
    if (!text.matches("[0-9]{1,9}(\\.[0-9]{1,9})?s")) {
      throw new BadRequest("duration", "must be a number of seconds");
    }
    return Duration.parse("PT" + text.toUpperCase(Locale.ROOT));
  }
}
