package org.sessionpro.simulator.http;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// What a [LoopbackServer] serves.
public interface Service {
  /// Finds out what is asked, without doing it yet.
  Routed route(Request request);

  /// The store's way of saying `status` at one of its endpoints.
  ///
  /// @param reason the store's word for the cause; may be empty
  /// @param retryAfter what the store asks to wait; null if it does not say
  Answer refusal(Endpoint endpoint, int status, String reason, @Nullable Duration retryAfter);

  /// A request that found its endpoint.
  ///
  /// @param subject the store's name of what it is about; null if it is about nothing in particular
  record Routed(Endpoint endpoint, @Nullable String subject, Handler handler) {}

  /// Answers one request.
  interface Handler {
    Answer answer();

    /// The answer of a server that has not heard of the latest change yet; by default the same.
    default Answer formerAnswer() {
      return answer();
    }
  }
}
