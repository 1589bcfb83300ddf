package org.sessionpro.protocol.v0;

import java.time.Duration;
import java.time.Instant;

/// The clock arithmetic of protocol v0: instants and spans as integers of milliseconds, 0 to
/// 2⁶³ − 1, floored (`wire-v0.md`, head and §3). The only place where v0 converts.
public final class V0Time {
  /// What stands on the wire as `0`, and means "never" or "none" wherever §5.4 says so.
  public static final Instant NONE = Instant.EPOCH;

  private V0Time() {}

  /// The instant that lies `millis` after the epoch.
  public static Instant instant(long millis) {
    return Instant.ofEpochMilli(millis);
  }

  /// Whole milliseconds since the epoch, floored.
  ///
  /// @throws IllegalArgumentException before 1970 or beyond 2⁶³ − 1 ms
  public static long millis(Instant instant) {
    try {
      return requireNotNegative(instant.toEpochMilli());
    } catch (ArithmeticException tooFar) {
      throw new IllegalArgumentException("an instant of v0 is at most 2^63 - 1 ms", tooFar);
    }
  }

  /// A span of `millis`.
  public static Duration duration(long millis) {
    return Duration.ofMillis(millis);
  }

  /// Whole milliseconds of a span, floored.
  ///
  /// @throws IllegalArgumentException if negative or beyond 2⁶³ − 1 ms
  public static long millis(Duration duration) {
    try {
      return requireNotNegative(duration.toMillis());
    } catch (ArithmeticException tooLong) {
      throw new IllegalArgumentException("a span of v0 is at most 2^63 - 1 ms", tooLong);
    }
  }

  /// Whole seconds of a span, floored; for `retry_in_s`.
  ///
  /// @throws IllegalArgumentException if negative
  public static long seconds(Duration duration) {
    return requireNotNegative(duration.toSeconds());
  }

  /// `instant` as the wire can carry it, so that what is held equals what is read back.
  ///
  /// @throws IllegalArgumentException as [#millis(Instant)]
  static Instant floor(Instant instant) {
    return instant(millis(instant));
  }

  /// `duration` as the wire can carry it.
  ///
  /// @throws IllegalArgumentException as [#millis(Duration)]
  static Duration floor(Duration duration) {
    return duration(millis(duration));
  }

  private static long requireNotNegative(long value) {
    if (value < 0) {
      throw new IllegalArgumentException("v0 has no negative times");
    }
    return value;
  }
}
