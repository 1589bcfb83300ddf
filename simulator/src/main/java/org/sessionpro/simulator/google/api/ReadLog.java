package org.sessionpro.simulator.google.api;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.sessionpro.protocol.PurchaseToken;
import org.sessionpro.simulator.google.play.Subscription;

/// What Play has shown of each subscription, and when: a server cannot know more. Safe for any number
/// of threads.
public final class ReadLog {
  private final Map<PurchaseToken, List<Reading>> readings = new HashMap<>();

  /// The first of one or several reads that showed the same.
  ///
  /// @param at when it was answered
  public record Reading(Instant at, Subscription shown) {}

  synchronized void add(Instant at, Subscription shown) {
    List<Reading> before = readings.computeIfAbsent(shown.token(), _ -> new ArrayList<>());
    if (before.isEmpty() || !before.getLast().shown().equals(shown)) {
      before.add(new Reading(at, shown));
    }
  }

  /// What was shown of one subscription, oldest first.
  public synchronized List<Reading> of(PurchaseToken token) {
    return List.copyOf(readings.getOrDefault(token, List.of()));
  }
}
