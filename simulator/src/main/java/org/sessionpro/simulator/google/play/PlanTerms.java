package org.sessionpro.simulator.google.play;

import java.time.Duration;
import java.time.Instant;
import java.time.Period;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;
import org.sessionpro.simulator.google.catalogue.BasePlan;
import org.sessionpro.simulator.google.catalogue.Offer;
import org.sessionpro.simulator.google.catalogue.PlanKind.Dunning;

/// The spans of a base plan: by the calendar for buyers, by a faster clock for licence testers
/// (`google-play.md` §9).
final class PlanTerms {
  /// Granted without a word where a plan declares no grace.
  static final Duration SILENT_GRACE = Duration.ofDays(1);

  private static final Duration ACKNOWLEDGE_WITHIN = Duration.ofDays(3);
  private static final Duration WEEK = Duration.ofDays(7);

  private static final Duration TEST_ACKNOWLEDGE_WITHIN = Duration.ofMinutes(3);
  private static final Duration TEST_GRACE = Duration.ofMinutes(5);
  private static final Duration TEST_HOLD = Duration.ofMinutes(10);
  private static final Duration TEST_TRIAL = Duration.ofMinutes(3);
  private static final int TEST_RENEWALS = 6;

  private final BasePlan plan;
  private final boolean test;

  PlanTerms(BasePlan plan, boolean test) {
    this.plan = plan;
    this.test = test;
  }

  BasePlan plan() {
    return plan;
  }

  /// End of the cycle that begins at `start`, where the cycles are counted from `anchor`, so that a
  /// plan bought on the 31st ends on the last day of shorter months and on the 31st of others.
  Instant cycleEnd(Instant anchor, Instant start) {
    int cycles = 1;
    while (!boundary(anchor, cycles).isAfter(start)) {
      cycles++;
    }
    return boundary(anchor, cycles);
  }

  private Instant boundary(Instant anchor, int cycles) {
    return test
        ? anchor.plus(accelerated(plan.period()).multipliedBy(cycles))
        : after(anchor, plan.period().multipliedBy(cycles));
  }

  /// End of a first cycle that begins at `start`.
  ///
  /// @param offer null for the plan's own terms
  Instant firstEnd(Instant start, @Nullable Offer offer) {
    if (offer == null) {
      return cycleEnd(start, start);
    }
    return test ? start.plus(TEST_TRIAL) : after(start, offer.length());
  }

  /// `instant` and a span of the calendar, in UTC.
  static Instant after(Instant instant, Period span) {
    return instant.atOffset(ZoneOffset.UTC).plus(span).toInstant();
  }

  private static Duration accelerated(Period period) {
    long months = period.toTotalMonths();
    if (months <= 1) {
      return Duration.ofMinutes(5);
    }
    return Duration.ofMinutes(months <= 3 ? 10 : months <= 6 ? 15 : 30);
  }

  /// How long access goes on after a declined renewal; zero if the plan has no grace.
  Duration grace() {
    Duration declared = plan.dunning().map(Dunning::grace).orElse(Duration.ZERO);
    return test && declared.isPositive() ? TEST_GRACE : declared;
  }

  /// How long Play retries without access.
  Duration hold() {
    Duration declared = plan.dunning().map(Dunning::hold).orElse(Duration.ZERO);
    return test && declared.isPositive() ? TEST_HOLD : declared;
  }

  /// How long a pause lasts.
  Instant pauseEnd(Instant start, Period length) {
    return test ? start.plus(accelerated(length)) : after(start, length);
  }

  /// How long a first cycle may stay unacknowledged (`google-play.md` §7.1).
  Duration acknowledgeWithin() {
    if (test) {
      return TEST_ACKNOWLEDGE_WITHIN;
    }
    Duration length = Duration.between(Instant.EPOCH, after(Instant.EPOCH, plan.period()));
    boolean isShort = plan.isPrepaid() && length.compareTo(WEEK) < 0;
    return isShort ? length.dividedBy(2) : ACKNOWLEDGE_WITHIN;
  }

  /// Whether Play will not renew once more: a licence tester's purchase ends by itself.
  boolean isExhausted(int cyclesPaid) {
    return test && cyclesPaid > TEST_RENEWALS;
  }
}
