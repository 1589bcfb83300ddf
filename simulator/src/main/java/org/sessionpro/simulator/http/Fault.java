package org.sessionpro.simulator.http;

import org.jspecify.annotations.Nullable;

/// A rule of a [FaultPlan]: which requests go wrong, how often, and how.
///
/// @param endpoint name of an endpoint; null is any
/// @param subject name of what the request is about; null is any
/// @param times how many requests it strikes; [#UNTIL_CLEARED] is all
public record Fault(@Nullable String endpoint, @Nullable String subject, int times, Effect effect) {
  public static final int UNTIL_CLEARED = Integer.MAX_VALUE;

  public Fault {
    if (times < 1) {
      throw new IllegalArgumentException("a fault strikes at least once");
    }
  }

  boolean strikes(Endpoint asked, @Nullable String about) {
    return (endpoint == null || endpoint.equals(asked.word()))
        && (subject == null || subject.equals(about));
  }

  Fault spent() {
    return times == UNTIL_CLEARED ? this : new Fault(endpoint, subject, times - 1, effect);
  }
}
