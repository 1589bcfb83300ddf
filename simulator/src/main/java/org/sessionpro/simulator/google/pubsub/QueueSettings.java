package org.sessionpro.simulator.google.pubsub;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// The settings of a Pub/Sub subscription, which a server checks when it starts
/// (`google-play.md` §2.4).
///
/// @param ackDeadline how long a pulled message belongs to whoever pulled it
/// @param retention how long a message waits for somebody to acknowledge it
/// @param retry pause before a message is delivered again
/// @param expiresAfter idle time after which the subscription is deleted; null is never
/// @param pushEndpoint where messages are pushed to; null if they are pulled
/// @param filter which messages come in; null for all
/// @param deadLetterTopic where messages go that were given back often; null for nowhere
/// @param retaining whether acknowledged messages are kept
public record QueueSettings(
    Duration ackDeadline,
    Duration retention,
    Retry retry,
    @Nullable Duration expiresAfter,
    boolean exactlyOnce,
    boolean detached,
    @Nullable String pushEndpoint,
    @Nullable String filter,
    @Nullable String deadLetterTopic,
    boolean retaining) {
  /// As recommended.
  public static final QueueSettings RECOMMENDED =
      new QueueSettings(
          Duration.ofSeconds(60),
          Duration.ofDays(31),
          new Retry(Duration.ofSeconds(10), Duration.ofSeconds(600)),
          null,
          false,
          false,
          null,
          null,
          null,
          true);

  /// A pause that doubles with each delivery.
  public record Retry(Duration least, Duration most) {
    /// @param deliveries so far, at least 1
    Duration after(int deliveries) {
      Duration pause = least.multipliedBy(1L << Math.min(deliveries - 1, 30));
      return pause.compareTo(most) < 0 ? pause : most;
    }
  }
}
