package org.sessionpro.backend.takeover.source;

import java.time.Duration;
import java.time.Instant;

/// A message of a store that the Python service has seen (`import-python.md` §2.5, §3.6).
public sealed interface SourceMessage {
  /// Of Google.
  ///
  /// @param id decimal
  /// @param handled whether it was acted on and acknowledged
  /// @param payload the received message as JSON; empty for none
  /// @param eventAt on the clock of Google
  record Google(String id, boolean handled, String payload, Instant eventAt)
      implements SourceMessage {
    @Override
    public String toString() {
      return "Google(hidden)";
    }
  }

  /// Of Apple.
  ///
  /// @param signedAt on the clock of Apple; as read still when it would have been forgotten
  record Apple(String uuid, Instant signedAt) implements SourceMessage {
    /// One that would have been forgotten so long after it was signed.
    public Apple keptFor(Duration length) {
      return new Apple(uuid, signedAt.minus(length));
    }

    @Override
    public String toString() {
      return "Apple(hidden)";
    }
  }

  /// That a subscription of somebody is in trouble.
  ///
  /// @param id token of Google, or original transaction of Apple
  /// @param owned whether it is anybody's
  record Trouble(long provider, String id, boolean owned) implements SourceMessage {
    @Override
    public String toString() {
      return "Trouble(hidden)";
    }
  }
}
