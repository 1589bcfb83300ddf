package org.sessionpro.simulator.script;

import java.time.Duration;
import java.time.Instant;
import java.time.Period;
import java.time.ZoneOffset;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A length of time as scripts write it: `1y`, `2mo`, `10d`, `36h`, `5m`, `30s`, `250ms`, or several
/// of them in a row from long to short. Years and months follow the calendar in UTC.
public record Span(Period calendar, Duration exact) {
  private static final Pattern GRAMMAR =
      Pattern.compile(
          "(?:(\\d+)y)?(?:(\\d+)mo)?(?:(\\d+)d)?(?:(\\d+)h)?(?:(\\d+)m)?(?:(\\d+)s)?(?:(\\d+)ms)?");

  /// Reads one.
  ///
  /// @throws ScriptError if `text` is anything else
  public static Span parse(String text) {
    Matcher parts = GRAMMAR.matcher(text);
    if (text.isEmpty() || !parts.matches()) {
      throw new ScriptError("'" + text + "' is no length of time such as 1mo or 3d12h");
    }
    return new Span(
        Period.of(part(parts, 1), part(parts, 2), 0),
        Duration.ofDays(part(parts, 3))
            .plusHours(part(parts, 4))
            .plusMinutes(part(parts, 5))
            .plusSeconds(part(parts, 6))
            .plusMillis(part(parts, 7)));
  }

  private static int part(Matcher parts, int group) {
    String digits = parts.group(group);
    try {
      return digits == null ? 0 : Integer.parseInt(digits);
    } catch (NumberFormatException tooLong) {
      throw new ScriptError("'" + digits + "' is too large");
    }
  }

  /// This span as an exact length.
  ///
  /// @throws ScriptError if it has years or months
  public Duration duration() {
    if (!calendar.isZero()) {
      throw new ScriptError("months and years have no exact length here");
    }
    return exact;
  }

  /// This span as a period of the calendar.
  ///
  /// @throws ScriptError if it has anything shorter than a day
  public Period period() {
    if (exact.toSeconds() % Duration.ofDays(1).toSeconds() != 0) {
      throw new ScriptError("a period consists of whole days");
    }
    return calendar.plusDays(exact.toDays());
  }

  public Instant after(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC).plus(calendar).toInstant().plus(exact);
  }

  public Instant before(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC).minus(calendar).toInstant().minus(exact);
  }
}
