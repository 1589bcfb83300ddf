package org.sessionpro.simulator.google.play;

import java.time.Instant;

/// Who ended a subscription.
public sealed interface Cancellation {
  /// The buyer, at `at`.
  record ByUser(Instant at) implements Cancellation {}

  /// Play, because it could not charge or was not acknowledged.
  record BySystem() implements Cancellation {}

  /// The developer.
  record ByDeveloper() implements Cancellation {}

  /// Another purchase that replaced it.
  record ByReplacement() implements Cancellation {}
}
