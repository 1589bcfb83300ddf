package org.sessionpro.backend.telemetry;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/// Lets each thing be told of once a day, in this process. Safe for any number of threads.
public final class OncePerDay {
  private static final Duration DAY = Duration.ofDays(1);

  /// After so many different things all are forgotten.
  private static final int MOST = 1_000;

  private final Map<String, Instant> told = new HashMap<>();

  /// Whether it was not told of within the last day; it is from now on.
  public synchronized boolean isFirst(String what, Instant now) {
    Instant before = told.get(what);
    if (before != null && !before.isAfter(now) && now.isBefore(before.plus(DAY))) {
      return false;
    }
    if (told.size() >= MOST) {
      told.clear();
    }
    told.put(what, now);
    return true;
  }
}
