package org.sessionpro.bench.fill;

import java.time.Duration;
import java.util.Random;
import org.sessionpro.protocol.Plan;

/// What an account buys again and again.
enum Sale {
  MONTHLY("1m", 30, 24, 4),
  QUARTERLY("3m", 90, 8, 1.5),
  YEARLY("1y", 365, 2, 0.4);

  private final String plan;
  private final Duration term;
  private final int mostCycles;
  private final double meanRenewals;

  Sale(String plan, int days, int mostCycles, double meanRenewals) {
    this.plan = plan;
    this.term = Duration.ofDays(days);
    this.mostCycles = mostCycles;
    this.meanRenewals = meanRenewals;
  }

  /// Seven of ten by the month, the rest by the quarter or the year.
  static Sale draw(Random random) {
    int percent = random.nextInt(100);
    if (percent < 70) {
      return MONTHLY;
    }
    return percent < 82 ? QUARTERLY : YEARLY;
  }

  Plan plan() {
    return new Plan(plan);
  }

  /// How long a cycle runs.
  Duration term() {
    return term;
  }

  /// How often it was bought: few accounts stay for long, none for more than two years.
  int drawCycles(Random random) {
    double renewals = -Math.log(1 - random.nextDouble()) * meanRenewals;
    return Math.min(mostCycles, 1 + (int) renewals);
  }
}
