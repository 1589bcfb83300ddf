package org.sessionpro.backend.store.google;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.sessionpro.backend.store.StoreAnswer;
import org.sessionpro.protocol.ByteString;

/// What can be asked of the Pub/Sub subscription that Google Play's notifications wait in
/// (`google-play.md` §2, §8).
public interface PubSubApi {
  /// How much is read of what was published, in bytes. Whatever has this size may have been longer, and
  /// is far longer than any notification.
  int MAX_DATA = 192 * 1024;

  /// Waits for messages, at most two minutes; an empty answer is normal.
  ///
  /// @param most how many to take, 1 to 1000
  StoreAnswer<List<Received>> pull(int most);

  /// Says that messages are kept here and need not be sent again.
  StoreAnswer<PlayApi.Done> acknowledge(List<AckId> messages);

  /// Gives messages back, to be sent again.
  StoreAnswer<PlayApi.Done> release(List<AckId> messages);

  /// How the subscription is set up.
  StoreAnswer<QueueSetup> setup();

  /// Names one delivery of a message.
  record AckId(String value) {}

  /// Names a message, however often it is delivered.
  record MessageId(String value) {}

  /// A message.
  ///
  /// @param data as published, at least the first [#MAX_DATA] bytes of it; the text itself if it is no
  ///     base64
  record Received(AckId ackId, MessageId id, ByteString data) {}

  /// How a subscription is set up (`google-play.md` §2.4).
  ///
  /// @param pushed whether messages are sent to somebody else
  /// @param expires whether it is deleted when it is idle for long
  /// @param filtered whether some messages are left out
  /// @param deadLettered whether messages that were given back often are sent to somebody else
  /// @param retaining whether messages are kept though they were acknowledged, so that they can be sent
  ///     again
  /// @param retry null if there is no retry policy
  record QueueSetup(
      boolean pushed,
      boolean detached,
      boolean exactlyOnce,
      Duration ackDeadline,
      Duration retention,
      boolean expires,
      boolean filtered,
      boolean deadLettered,
      boolean retaining,
      @Nullable RetryPolicy retry) {}

  /// When a message that was given back is sent again.
  ///
  /// @param least null if it is not said: then it is 10 s
  /// @param most null if it is not said: then it is 600 s
  record RetryPolicy(@Nullable Duration least, @Nullable Duration most) {}
}
