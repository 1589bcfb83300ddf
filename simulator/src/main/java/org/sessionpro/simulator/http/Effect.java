package org.sessionpro.simulator.http;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// How a request goes wrong. All times are real: they are what the caller's time-outs measure.
public sealed interface Effect {
  /// The store refuses; nothing happens.
  ///
  /// @param reason the store's word for it; may be empty
  /// @param retryAfter null if it does not say
  record Refused(int status, String reason, @Nullable Duration retryAfter) implements Effect {}

  /// The answer comes late; what was asked for is done at once.
  record Late(Duration by) implements Effect {}

  /// The connection ends without an answer.
  ///
  /// @param done whether what was asked for is done
  record Dropped(boolean done) implements Effect {}

  /// The body of the answer is cut in half, so that it is no JSON.
  record Malformed() implements Effect {}

  /// The body of the answer trickles in.
  record Trickling(Duration during) implements Effect {}

  /// The answer is that of a server which has not heard of the latest change.
  record Former() implements Effect {}

  /// Something happens between the moment the request is carried out and its answer.
  record Meanwhile(Runnable event) implements Effect {}

  /// Something happens before the request is carried out, which it then never is.
  record Instead(Runnable event) implements Effect {}
}
