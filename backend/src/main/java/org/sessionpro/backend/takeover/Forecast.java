package org.sessionpro.backend.takeover;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.sessionpro.backend.takeover.V0Fold.Rules;
import org.sessionpro.backend.takeover.source.V0Account;
import org.sessionpro.backend.takeover.source.V0Payment;

/// What an account was, what it must come to here, and every rule on the way that changes anything
/// (`import-python.md` §6). Thus a difference has either a name or no explanation.
///
/// @param before as the old service answers
/// @param after as this one must answer
/// @param winner the payment that carries the coverage; null for none
/// @param shifts the rules that change it, in the order in which they were applied
/// @param activeBefore whether the old service serves it
record Forecast(
    Standing before,
    Standing after,
    @Nullable V0Payment winner,
    List<Shift> shifts,
    boolean activeBefore) {
  Forecast {
    shifts = List.copyOf(shifts);
  }

  /// That a rule changes an account.
  ///
  /// @param coverage by how much service ends later, in milliseconds; negative for earlier
  record Shift(Category category, long coverage) {}

  private record Step(Category category, Rules rules) {}

  /// @param raw the rows as they are
  /// @param mended what is taken over of them
  /// @param oddities of the rows
  /// @param allowance of the target, in milliseconds
  /// @param revoked whether the account's generation is revoked in the source
  static Forecast of(
      V0Account raw,
      List<V0Payment> mended,
      Set<Anomaly> oddities,
      long allowance,
      boolean revoked,
      long now) {
    List<Shift> shifts = new ArrayList<>();
    V0Account.User user = raw.user();
    Standing before = user == null || raw.payments().isEmpty() ? Standing.NOTHING : of(user);
    Category why = user == null ? Category.OWNER_WITHOUT_ACCOUNT : Category.STALE_ACCOUNT_ROW;
    Standing then = note(shifts, why, before, new V0Fold(Rules.OF_THEN).of(raw.payments()));
    then = note(shifts, repair(oddities), then, new V0Fold(Rules.OF_THEN).of(mended));
    List<Step> steps = steps(allowance);
    for (Step step : steps) {
      then = note(shifts, step.category(), then, new V0Fold(step.rules()).of(mended));
    }
    boolean active = !before.equals(Standing.NOTHING) && !revoked && now <= before.coverage();
    V0Payment winner = new V0Fold(steps.getLast().rules()).winner(mended);
    return new Forecast(before, then, winner, shifts, active);
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
    return new Standing(term, user.expiry(), user.renewing(), user.refundRequested());
  }

  private static Standing note(
      List<Shift> shifts, Category category, Standing before, Standing after) {
    if (!before.equals(after)) {
      shifts.add(new Shift(category, after.coverage() - before.coverage()));
    }
    return after;
  }

  private static Category repair(Set<Anomaly> oddities) {
    if (oddities.contains(Anomaly.DUPLICATE_PAYMENT)) {
      return Category.DUPLICATE_PAYMENT;
    }
    if (oddities.stream().anyMatch(odd -> odd.kind() == Anomaly.Kind.QUARANTINED)) {
      return Category.QUARANTINE;
    }
    if (oddities.contains(Anomaly.EXPIRY_ZERO)) {
      return Category.EXPIRY_ZERO;
    }
    return oddities.contains(Anomaly.REVOKED_WITHOUT_TIME)
        ? Category.REVOKED_WITHOUT_TIME
        : Category.REPAIRED;
  }

  /// Whether somebody who is served loses time.
  boolean isLoss() {
    return activeBefore && after.coverage() < before.coverage();
  }
}
