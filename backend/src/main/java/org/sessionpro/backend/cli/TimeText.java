package org.sessionpro.backend.cli;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/// Times as people read them: instants in UTC to the second, lengths in their largest units.
public final class TimeText {
  private TimeText() {}

  /// `2026-03-01T00:00:00Z`.
  public static String of(Instant at) {
    return at.truncatedTo(ChronoUnit.SECONDS).toString();
  }

  /// The largest units first, zero units left out: `4 d 12 h`.
  public static String of(Duration length) {
    StringBuilder text = new StringBuilder();
    append(text, length.toDaysPart(), "d");
    append(text, length.toHoursPart(), "h");
    append(text, length.toMinutesPart(), "min");
    append(text, length.toSecondsPart(), "s");
    return text.isEmpty() ? "0 s" : text.toString();
  }

  /// How far `at` is from `now`, rounded down to its two largest units: `in 3 d 4 h`, `5 min ago`.
  static String distance(Instant at, Instant now) {
    Duration length = Duration.between(now, at);
    String rounded = of(rounded(length.abs()));
    return length.toSeconds() == 0
        ? "now"
        : length.isNegative() ? rounded + " ago" : "in " + rounded;
  }

  private static Duration rounded(Duration length) {
    if (length.toDays() > 0) {
      return length.truncatedTo(ChronoUnit.HOURS);
    }
    return length.truncatedTo(length.toHours() > 0 ? ChronoUnit.MINUTES : ChronoUnit.SECONDS);
  }

  private static void append(StringBuilder text, long count, String unit) {
    if (count != 0) {
      text.append(text.isEmpty() ? "" : " ").append(count).append(' ').append(unit);
    }
  }
}
