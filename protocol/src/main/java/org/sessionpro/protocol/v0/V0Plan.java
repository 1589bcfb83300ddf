package org.sessionpro.protocol.v0;

import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.sessionpro.protocol.Plan;

/// What was sold, as one of the three numbers that v0 clients know (`wire-v0.md` §5.4,
/// `decisions.md` §2).
public enum V0Plan {
  ONE_MONTH(1, "1m", "OneMonth"),
  THREE_MONTHS(2, "3m", "ThreeMonth"),
  TWELVE_MONTHS(3, "1y", "TwelveMonth");

  private static final Duration LONGEST_MONTH = Duration.ofDays(45);
  private static final Duration LONGEST_QUARTER = Duration.ofDays(180);

  private final int number;
  private final String code;
  private final String developmentName;

  V0Plan(int number, String code, String developmentName) {
    this.number = number;
    this.code = code;
    this.developmentName = developmentName;
  }

  /// The number on the wire, 1 to 3.
  public int number() {
    return number;
  }

  /// The plan that this number stands for: `1m`, `3m` or `1y`.
  public Plan plan() {
    return new Plan(code);
  }

  /// The value of `dev_plan` (`wire-v0.md` §7).
  public String developmentName() {
    return developmentName;
  }

  public static Optional<V0Plan> ofNumber(long number) {
    return Arrays.stream(values()).filter(p -> p.number == number).findFirst();
  }

  /// The plan of a `dev_plan`, in any case of letters.
  public static Optional<V0Plan> ofDevelopmentName(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return Arrays.stream(values())
        .filter(p -> p.developmentName.toLowerCase(Locale.ROOT).equals(lower))
        .findFirst();
  }

  /// The number under which any plan is shown: `1m`, `3m`, `1y`, `12m` and `lifetime` by name, any
  /// other by its length: up to 45 d, up to 180 d, more.
  ///
  /// @param length what a credit grants, or what lies between purchase and expiry of a term
  public static V0Plan of(Plan plan, Duration length) {
    return switch (plan.code()) {
      case "1m" -> ONE_MONTH;
      case "3m" -> THREE_MONTHS;
      case "1y", "12m", "lifetime" -> TWELVE_MONTHS;
      default -> ofLength(length);
    };
  }

  private static V0Plan ofLength(Duration length) {
    if (length.compareTo(LONGEST_MONTH) <= 0) {
      return ONE_MONTH;
    }
    return length.compareTo(LONGEST_QUARTER) <= 0 ? THREE_MONTHS : TWELVE_MONTHS;
  }
}
