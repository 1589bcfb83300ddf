package org.sessionpro.backend.takeover;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.sessionpro.backend.entitlement.PaymentId;
import org.sessionpro.backend.takeover.V0Fold.Rules;
import org.sessionpro.backend.takeover.source.V0Account;
import org.sessionpro.backend.takeover.source.V0Payment;

/// Applies the rules of now to an account of March 2026, one after the other.
final class V0Forecast {
  private V0Forecast() {}

  private record Step(Category category, Rules rules) {}

  /// @param raw the rows as they are
  /// @param mended what is taken over of them
  /// @param claims payments that are bound because their owner asks for anything, by why: the old service
  ///     binds none by itself
  /// @param oddities of the rows
  /// @param allowance of the target, in milliseconds
  /// @param active whether the old service serves the account
  static Forecast of(
      V0Account raw,
      List<V0Payment> mended,
      Map<Category, List<V0Payment>> claims,
      Set<Anomaly> oddities,
      long allowance,
      boolean active) {
    V0Account.User user = raw.user();
    Standing before = user == null || raw.payments().isEmpty() ? Standing.NOTHING : of(user);
    Category why = user == null ? Category.OWNER_WITHOUT_ACCOUNT : Category.STALE_ACCOUNT_ROW;
    Forecast.Course course = new Forecast.Course(before);
    course.then(why, new V0Fold(Rules.OF_THEN).of(raw.payments()));
    course.then(repair(oddities), new V0Fold(Rules.OF_THEN).of(mended));
    List<V0Payment> rows = new ArrayList<>(mended);
    for (Map.Entry<Category, List<V0Payment>> claim : claims.entrySet()) {
      rows.addAll(claim.getValue());
      course.then(claim.getKey(), new V0Fold(Rules.OF_THEN).of(rows));
    }
    List<Step> steps = steps(allowance);
    for (Step step : steps) {
      course.then(step.category(), new V0Fold(step.rules()).of(rows));
    }
    V0Payment winner = new V0Fold(steps.getLast().rules()).winner(rows);
    return course.end(
        winner == null ? null : new PaymentId(winner.id()),
        active && !before.equals(Standing.NOTHING));
  }

  private static List<Step> steps(long allowance) {
    return List.of(
        new Step(Category.FOLD_20, new Rules(true, false, false, false, false, -1, false)),
        new Step(Category.FOLD_CHAIN_PREFIX, new Rules(true, true, false, false, false, -1, false)),
        new Step(
            Category.REVOKED_AFTER_EXPIRY, new Rules(true, true, true, false, false, -1, false)),
        new Step(Category.FOLD_LATE_CYCLE, new Rules(true, true, true, true, false, -1, false)),
        new Step(Category.APPLE_GRACE_ABSOLUTE, new Rules(true, true, true, true, true, -1, false)),
        new Step(Category.ALLOWANCE, new Rules(true, true, true, true, true, allowance, false)),
        new Step(Category.FOLD_COVERAGE, new Rules(true, true, true, true, true, allowance, true)));
  }

  private static Standing of(V0Account.User user) {
    long term = user.renewing() ? user.expiry() - user.grace() : user.expiry();
    return new Standing(
        Instant.ofEpochMilli(term),
        Instant.ofEpochMilli(user.expiry()),
        user.renewing(),
        instant(user.refundRequested()));
  }

  /// Null for 0.
  static @Nullable Instant instant(long millis) {
    return millis == 0 ? null : Instant.ofEpochMilli(millis);
  }

  private static Category repair(Set<Anomaly> oddities) {
    if (oddities.contains(Anomaly.EXPIRY_ZERO) && !isPutAside(oddities)) {
      return Category.EXPIRY_ZERO;
    }
    if (oddities.contains(Anomaly.REVOKED_WITHOUT_TIME) && !isPutAside(oddities)) {
      return Category.REVOKED_WITHOUT_TIME;
    }
    return Category.ofRepair(oddities);
  }

  private static boolean isPutAside(Set<Anomaly> oddities) {
    return Category.ofRepair(oddities) != Category.REPAIRED;
  }
}
