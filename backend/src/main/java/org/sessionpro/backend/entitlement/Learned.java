package org.sessionpro.backend.entitlement;

import java.time.Instant;
import java.util.List;

/// A recorded fact with the second clock: the fact says when it happened, this says when we learned
/// of it.
///
/// @param number its place among the facts of its payment or account, from 1
/// @param at our clock
public record Learned<F>(int number, F fact, Instant at) {

  /// What was known at `instant`, in the order of recording. A fact whose predecessor was not known
  /// yet, because our clock was set back in between, was not known either.
  ///
  /// @param facts all of one payment or account, in the order of recording
  static <F> List<F> asOf(Instant instant, List<Learned<F>> facts) {
    return facts.stream()
        .takeWhile(learned -> !learned.at().isAfter(instant))
        .map(Learned::fact)
        .toList();
  }
}
