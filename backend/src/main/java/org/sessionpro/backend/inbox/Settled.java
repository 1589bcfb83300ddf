package org.sessionpro.backend.inbox;

import org.jspecify.annotations.Nullable;

/// How an item stands after somebody worked on it.
///
/// @param attempts failures so far
/// @param reason why it is parked; null if it is not
public record Settled(Fate fate, int attempts, @Nullable ParkReason reason) {
  /// What became of it.
  public enum Fate {
    /// Nothing more is owed.
    GONE,
    /// It stays: it failed, waits, or there was news meanwhile.
    STAYS,
    /// It waits for a human, for other news, or for another configuration.
    PARKED,
    /// It is in other hands; nothing was noted.
    LOST
  }
}
