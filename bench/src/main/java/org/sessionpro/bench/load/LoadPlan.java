package org.sessionpro.bench.load;

import java.time.Duration;

/// How hard and how long a server is loaded.
///
/// @param connections that are open at the same time, at least 1
/// @param rate requests per second of an open loop, enough that each connection sends one in 10 s; 0
///     for a closed loop
/// @param warmup load before anything is counted
/// @param measured load that is counted; longer than zero
public record LoadPlan(int connections, int rate, Duration warmup, Duration measured) {
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(10);

  public LoadPlan {
    if (connections < 1 || rate < 0 || warmup.isNegative() || !measured.isPositive()) {
      throw new IllegalArgumentException(
          "a load needs a connection and some time, and no number of it is negative");
    }
    if (rate > 0 && connections > LONGEST_WAIT.toSeconds() * rate) {
      throw new IllegalArgumentException(
          connections
              + " connections are too many for "
              + rate
              + " requests a second: each would be silent for more than "
              + LONGEST_WAIT.toSeconds()
              + " s, after which servers close it");
    }
  }
}
