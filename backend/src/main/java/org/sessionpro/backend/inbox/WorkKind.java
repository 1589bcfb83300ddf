package org.sessionpro.backend.inbox;

import java.time.Duration;

/// What is owed (`decisions-stores.md` §1).
public enum WorkKind {
  /// A message is to be understood.
  MESSAGE,
  /// A subscription is to be compared with the store's record of it.
  RECONCILE,
  /// A one-time purchase is to be compared with the store's record of it.
  ONE_TIME,
  /// The store is to be told that a purchase was delivered.
  ACKNOWLEDGE;

  /// Doublings after which every delay has reached its ceiling.
  private static final int MAX_DOUBLINGS = 16;

  /// Whether the store is asked for the sake of such an item.
  boolean asksStore() {
    return this != MESSAGE;
  }

  /// How long to wait after a failure.
  ///
  /// @param before failures before this one, at least 0
  Duration retryDelay(int before) {
    Duration first = this == ACKNOWLEDGE ? Duration.ofSeconds(15) : Duration.ofMinutes(1);
    Duration longest = this == ACKNOWLEDGE ? Duration.ofMinutes(10) : Duration.ofHours(6);
    Duration delay = first.multipliedBy(1L << Math.min(before, MAX_DOUBLINGS));
    return delay.compareTo(longest) < 0 ? delay : longest;
  }

  /// Whether failures end in parking; an acknowledgement ends by the store's record alone
  /// (`google-play.md` §7.2).
  boolean isParkedByFailures() {
    return this != ACKNOWLEDGE;
  }
}
