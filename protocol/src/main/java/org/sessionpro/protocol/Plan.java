package org.sessionpro.protocol;

import java.util.Optional;
import java.util.regex.Pattern;

/// What was sold, as a display code: `[1-9][0-9]*[smdwy]` or `lifetime` (`wire-v1.md` §2).
///
/// `s` second, `d` day, `w` week, `m` month, `y` year. The unit is kept as sold, so `12m` and `1y`
/// are different plans. Never computed with: how long a payment runs is stated by its facts.
///
/// @param code at most 16 characters
public record Plan(String code) {
  private static final Pattern GRAMMAR = Pattern.compile("[1-9][0-9]{0,14}[smdwy]|lifetime");

  public Plan {
    if (!GRAMMAR.matcher(code).matches()) {
      throw new IllegalArgumentException(
          "a plan is a number and one of s, m, d, w, y, or lifetime");
    }
  }

  /// Reads a code as it stands in answers; empty for anything outside the grammar.
  public static Optional<Plan> ofCode(String code) {
    return GRAMMAR.matcher(code).matches() ? Optional.of(new Plan(code)) : Optional.empty();
  }

  @Override
  public String toString() {
    return code;
  }
}
