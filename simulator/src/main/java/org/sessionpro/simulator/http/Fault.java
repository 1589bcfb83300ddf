package org.sessionpro.simulator.http;

import org.jspecify.annotations.Nullable;
import org.sessionpro.simulator.Occasions;

/// A rule of a [FaultPlan]: which requests go wrong, how often, and how.
///
/// @param endpoint name of an endpoint; null is any
/// @param subject name of what the request is about; null is any
/// @param occasions which of those requests it strikes
public record Fault(
    @Nullable String endpoint, @Nullable String subject, Occasions occasions, Effect effect) {
  public static final int UNTIL_CLEARED = Occasions.UNTIL_CLEARED;

  /// One that strikes the next `times` requests.
  public Fault(@Nullable String endpoint, @Nullable String subject, int times, Effect effect) {
    this(endpoint, subject, Occasions.next(times), effect);
  }

  boolean fits(Endpoint asked, @Nullable String about) {
    return (endpoint == null || endpoint.equals(asked.word()))
        && (subject == null || subject.equals(about));
  }

  Fault with(Occasions left) {
    return new Fault(endpoint, subject, left, effect);
  }
}
