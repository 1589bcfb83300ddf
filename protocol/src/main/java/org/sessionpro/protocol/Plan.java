package org.sessionpro.protocol;

import java.time.Duration;
import java.util.Locale;
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

  /// Reads what an operator types: `1M`, `3M`, `12M`, `1Y`, `OneMonth`, `ThreeMonth`, `TwelveMonth` or
  /// a code, all in any case (`entitlement.md` §11).
  ///
  /// `12M` means the plan sold as `1y`, so the code `12m` cannot be reached by this way.
  public static Optional<Plan> ofLabel(String label) {
    String lowerCase = label.toLowerCase(Locale.ROOT);
    return switch (lowerCase) {
      case "onemonth" -> ofCode("1m");
      case "threemonth" -> ofCode("3m");
      case "twelvemonth", "12m" -> ofCode("1y");
      default -> ofCode(lowerCase);
    };
  }

  /// How long a grant of this plan lasts unless its operator says otherwise: 30, 90 and 365 days for
  /// `1m`, `3m` and `1y` (`decisions.md` §3). Empty for every other plan: such a grant must state its
  /// length.
  public Optional<Duration> nominalLength() {
    return switch (code) {
      case "1m" -> Optional.of(Duration.ofDays(30));
      case "3m" -> Optional.of(Duration.ofDays(90));
      case "1y" -> Optional.of(Duration.ofDays(365));
      default -> Optional.empty();
    };
  }

  @Override
  public String toString() {
    return code;
  }
}
