package org.sessionpro.backend.takeover;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.sessionpro.backend.entitlement.PaymentId;

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
    @Nullable PaymentId winner,
    List<Shift> shifts,
    boolean activeBefore) {
  Forecast {
    shifts = List.copyOf(shifts);
  }

  /// That a rule changes an account.
  ///
  /// @param coverage by how much service ends later, in milliseconds; negative for earlier
  record Shift(Category category, long coverage) {}

  /// The way from what an account was to what it comes to, step by step.
  static final class Course {
    private final Standing before;
    private final List<Shift> shifts = new ArrayList<>();
    private Standing then;

    Course(Standing before) {
      this.before = before;
      this.then = before;
    }

    /// What it comes to once the rule of that name is applied too.
    Course then(Category category, Standing after) {
      if (!then.equals(after)) {
        long later = Duration.between(then.coverage(), after.coverage()).toMillis();
        shifts.add(new Shift(category, later));
        then = after;
      }
      return this;
    }

    Forecast end(@Nullable PaymentId winner, boolean activeBefore) {
      return new Forecast(before, then, winner, shifts, activeBefore);
    }
  }

  /// By how much later service ends because of a rule, in milliseconds.
  long shift(Category category) {
    return shifts.stream()
        .filter(one -> one.category() == category)
        .mapToLong(Shift::coverage)
        .sum();
  }

  /// The rules that change it.
  Set<Category> categories() {
    Set<Category> categories = EnumSet.noneOf(Category.class);
    shifts.forEach(one -> categories.add(one.category()));
    return categories;
  }

  /// The rules that let somebody who is served end earlier; none if nobody who is loses time in the end.
  Set<Category> losses() {
    Set<Category> losses = EnumSet.noneOf(Category.class);
    if (isLoss()) {
      shifts.stream().filter(one -> one.coverage() < 0).forEach(one -> losses.add(one.category()));
    }
    return losses;
  }

  /// Whether somebody who is served loses time.
  boolean isLoss() {
    return activeBefore && after.coverage().isBefore(before.coverage());
  }
}
