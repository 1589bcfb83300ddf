package org.sessionpro.backend.http;

import org.sessionpro.backend.telemetry.RequestId;

/// What the clients of a route are told when its handler fails (`decisions.md` §1, "fault"): each
/// contract has a form of its own.
@FunctionalInterface
public interface FaultAnswer {
  /// The answer to `exchange`; must not tell anything of the cause.
  ///
  /// @param id stands beside the cause in the log, and in every other line about the request
  Reply to(Exchange exchange, RequestId id);

  /// 500 with a short text: v0-only routes, the onion route itself.
  static FaultAnswer plain() {
    return (exchange, id) -> Reply.text(500, StatusText.of(500) + ", reference " + id + "\n");
  }

  /// 503 with a short text: webhooks, whose stores come again.
  static FaultAnswer unavailable() {
    return (exchange, id) -> Reply.text(503, StatusText.of(503) + ", reference " + id + "\n");
  }
}
