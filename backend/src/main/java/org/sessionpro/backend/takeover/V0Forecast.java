package org.sessionpro.backend.takeover;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.sessionpro.backend.entitlement.PaymentId;
import org.sessionpro.backend.takeover.V0Fold.Rule;
import org.sessionpro.backend.takeover.source.V0Account;
import org.sessionpro.backend.takeover.source.V0Payment;

/// Applies the rules of now to an account of March 2026, one after the other.
final class V0Forecast {
  private V0Forecast() {}

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
    course.then(why, V0Fold.OF_THEN.of(raw.payments()));
    course.then(repair(oddities), V0Fold.OF_THEN.of(mended));
    List<V0Payment> rows = new ArrayList<>(mended);
    for (Map.Entry<Category, List<V0Payment>> claim : claims.entrySet()) {
      rows.addAll(claim.getValue());
      course.then(claim.getKey(), V0Fold.OF_THEN.of(rows));
    }
    for (Rule rule : Rule.values()) {
      course.then(rule.category(), new V0Fold(rule, allowance).of(rows));
    }
    V0Payment winner = new V0Fold(Rule.LONGEST_COVERAGE, allowance).winner(rows);
    return course.end(
        winner == null ? null : new PaymentId(winner.id()),
        active && !before.equals(Standing.NOTHING));
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
