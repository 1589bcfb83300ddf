package org.sessionpro.backend.http;

import java.time.Duration;

/// The outcome of one request, for counting. It tells nothing of who asked or what for.
///
/// @param route path of the route, or [#NO_ROUTE]: a closed set
/// @param status HTTP status of the answer, or the inner code
/// @param outcome what came of it
/// @param duration from the complete request to the answer, in the queue and at work, without the
///     time on the wire; zero where no handler ran
public record Access(
    String route,
    Origin origin,
    Contract contract,
    int status,
    Outcome outcome,
    Duration duration) {

  /// Stands for every path that no route has, and for requests that could not be read.
  public static final String NO_ROUTE = "none";

  /// A request that was answered without its handler.
  public static Access refused(String route, Origin origin, int status) {
    return refused(route, origin, Reply.plain(status));
  }

  static Access refused(String route, Origin origin, Reply reply) {
    return new Access(
        route, origin, reply.contract(), reply.status(), reply.outcome(), Duration.ZERO);
  }

  /// Whether the handler failed; some contracts answer a fault with status 200.
  public boolean fault() {
    return outcome.equals(Outcome.FAULT);
  }

  /// Whether a handler worked on it.
  public boolean wasHandled() {
    return !duration.isZero();
  }
}
