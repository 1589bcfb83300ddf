package org.sessionpro.simulator.google.api;

import java.time.Duration;
import java.util.List;
import org.sessionpro.protocol.json.JsonWriter;
import org.sessionpro.simulator.google.pubsub.MessageQueue;
import org.sessionpro.simulator.google.pubsub.MessageQueue.Delivered;
import org.sessionpro.simulator.google.pubsub.QueueSettings;
import org.sessionpro.simulator.http.Answer;
import org.sessionpro.simulator.http.Body;
import org.sessionpro.simulator.http.Request;

/// The REST endpoints of the Pub/Sub subscription (`google-play.md` §2.3, §8).
public final class PubSubApi {
  public static final String PROJECT = "simulated-project";
  public static final String SUBSCRIPTION = "play-notifications";

  /// The full name under which it is asked for.
  static final String NAME = "projects/" + PROJECT + "/subscriptions/" + SUBSCRIPTION;

  private static final long DEFAULT_BATCH = 100;

  private final MessageQueue queue;
  private final Duration longestWait;
  private final Runnable catchUp;

  /// @param longestWait real time that a pull without messages waits
  /// @param catchUp makes the store publish what is due
  PubSubApi(MessageQueue queue, Duration longestWait, Runnable catchUp) {
    this.queue = queue;
    this.longestWait = longestWait;
    this.catchUp = catchUp;
  }

  Answer pull(Request request) {
    catchUp.run();
    Body body = Body.of(request);
    long max = body.integer("maxMessages").orElse(DEFAULT_BATCH);
    if (max < 1) {
      return ErrorBody.of(PlayEndpoint.PULL, 400, "invalid", null);
    }
    boolean atOnce = body.flag("returnImmediately");
    try {
      return delivered(queue.pull((int) Math.min(max, 1000), atOnce ? Duration.ZERO : longestWait));
    } catch (InterruptedException closing) {
      Thread.currentThread().interrupt();
      return ErrorBody.of(PlayEndpoint.PULL, 503, "", null);
    }
  }

  private static Answer delivered(List<Delivered> messages) {
    return Answer.json(
        200,
        JsonWriter.object(root -> {
          if (!messages.isEmpty()) {
            root.objects("receivedMessages", messages, PubSubApi::write);
          }
        }));
  }

  private static void write(JsonWriter received, Delivered delivered) {
    received.text("ackId", delivered.ackId());
    received.object(
        "message",
        message -> {
          message.text("data", delivered.message().data());
          message.text("messageId", delivered.message().id());
          Fields.instant(message, "publishTime", delivered.message().publishedAt());
        });
  }

  Answer acknowledge(Request request) {
    queue.acknowledge(Body.of(request).texts("ackIds"));
    return empty();
  }

  Answer modifyDeadline(Request request) {
    Body body = Body.of(request);
    queue.modifyDeadline(
        body.texts("ackIds"), Duration.ofSeconds(body.integer("ackDeadlineSeconds").orElse(0L)));
    return empty();
  }

  private static Answer empty() {
    return Answer.json(200, JsonWriter.object(_ -> {}));
  }

  Answer settings() {
    QueueSettings settings = queue.settings();
    return Answer.json(
        200,
        JsonWriter.object(root -> {
          root.text("name", NAME);
          root.text("topic", "projects/" + PROJECT + "/topics/play");
          root.object(
              "pushConfig",
              push -> {
                if (settings.pushEndpoint() != null) {
                  push.text("pushEndpoint", settings.pushEndpoint());
                }
              });
          root.integer("ackDeadlineSeconds", settings.ackDeadline().toSeconds());
          root.text("messageRetentionDuration", seconds(settings.retention()));
          root.object(
              "expirationPolicy",
              policy -> {
                if (settings.expiresAfter() != null) {
                  policy.text("ttl", seconds(settings.expiresAfter()));
                }
              });
          root.object(
              "retryPolicy",
              retry ->
                  retry
                      .text("minimumBackoff", seconds(settings.retry().least()))
                      .text("maximumBackoff", seconds(settings.retry().most())));
          if (settings.filter() != null) {
            root.text("filter", settings.filter());
          }
          String deadLetters = settings.deadLetterTopic();
          if (deadLetters != null) {
            root.object(
                "deadLetterPolicy",
                policy ->
                    policy.text("deadLetterTopic", deadLetters).integer("maxDeliveryAttempts", 5));
          }
          Fields.flag(root, "retainAckedMessages", settings.retaining());
          Fields.flag(root, "enableExactlyOnceDelivery", settings.exactlyOnce());
          Fields.flag(root, "detached", settings.detached());
          root.text("state", "ACTIVE");
        }));
  }

  private static String seconds(Duration span) {
    return span.toSeconds() + "s";
  }
}
