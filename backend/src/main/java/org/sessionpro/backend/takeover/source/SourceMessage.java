package org.sessionpro.backend.takeover.source;

/// A message of a store that the Python service has seen (`import-python.md` §2.5), in milliseconds.
public sealed interface SourceMessage {
  /// Of Google.
  ///
  /// @param id decimal
  /// @param handled whether it was acted on and acknowledged
  /// @param payload the received message as JSON; empty for none
  record Google(String id, boolean handled, String payload, long expiry) implements SourceMessage {
    @Override
    public String toString() {
      return "Google(hidden)";
    }
  }

  /// Of Apple.
  record Apple(String uuid, long expiry) implements SourceMessage {
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
