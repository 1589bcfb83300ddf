package org.sessionpro.simulator.google.catalogue;

import java.time.Duration;

/// How a base plan goes on after a paid cycle.
public sealed interface PlanKind {
  /// It renews until somebody cancels.
  record AutoRenewing(Dunning dunning) implements PlanKind {}

  /// It renews, and the buyer is committed to a number of payments.
  ///
  /// @param payments how many, the first one included
  record Installments(int payments, Dunning dunning) implements PlanKind {}

  /// It ends unless the buyer tops it up.
  record Prepaid() implements PlanKind {}

  /// What happens after a declined renewal (`google-play.md` §5.2).
  ///
  /// @param grace how long the buyer keeps access while payment is retried, at most 30 days; zero makes
  ///     Play grant one silent day instead, which it does not announce
  /// @param hold how long payment is retried without access, after that
  record Dunning(Duration grace, Duration hold) {
    /// Play's default is a hold that makes both together 60 days.
    public static Dunning ofGrace(Duration grace) {
      return new Dunning(grace, Duration.ofDays(60).minus(grace));
    }
  }
}
