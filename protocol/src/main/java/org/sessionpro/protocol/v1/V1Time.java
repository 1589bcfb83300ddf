package org.sessionpro.protocol.v1;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.sessionpro.protocol.json.DecimalInteger;

/// The only place where instants and spans become wire seconds and back (`wire-v1.md` §2): UNIX
/// epoch seconds, floored in integer fields, to the microsecond in the two float fields.
public final class V1Time {
  /// Wire numbers stay below 2⁵³ in magnitude.
  private static final long MAX_SECONDS = (1L << 53) - 1;

  /// Longer number tokens are no instant, whatever they say.
  private static final int MAX_DECIMAL_LENGTH = 40;

  private static final int MICRO_DIGITS = 6;

  private V1Time() {}

  /// Whole seconds since the epoch, floored.
  public static long seconds(Instant instant) {
    return instant.getEpochSecond();
  }

  /// Whole seconds, floored.
  public static long seconds(Duration span) {
    return span.toSeconds();
  }

  /// The start of the second that `instant` lies in: what is left of it in an integer field.
  public static Instant floor(Instant instant) {
    return Instant.ofEpochSecond(instant.getEpochSecond());
  }

  /// The instant of an integer field; empty from a magnitude of 2⁵³ s on.
  public static Optional<Instant> instant(DecimalInteger seconds) {
    return seconds.isWithin(-MAX_SECONDS, MAX_SECONDS)
        ? Optional.of(Instant.ofEpochSecond(seconds.toLong()))
        : Optional.empty();
  }

  /// The span of an integer field; empty if negative or of 2⁵³ s or more.
  public static Optional<Duration> duration(DecimalInteger seconds) {
    return seconds.isWithin(0, MAX_SECONDS)
        ? Optional.of(Duration.ofSeconds(seconds.toLong()))
        : Optional.empty();
  }

  /// A float field: seconds with one to six decimals, never an exponent, for example `1700000000.0`
  /// or `1700000000.25`; finer parts are floored.
  public static String decimal(Instant instant) {
    BigDecimal seconds =
        BigDecimal.valueOf(instant.getEpochSecond())
            .add(BigDecimal.valueOf(instant.getNano() / 1_000, MICRO_DIGITS))
            .stripTrailingZeros();
    return (seconds.scale() < 1 ? seconds.setScale(1) : seconds).toPlainString();
  }

  /// The instant of a float field as [#decimal] writes it; parts finer than a microsecond are
  /// floored. Empty for an exponent, a missing point, or a magnitude of 2⁵³ s and more.
  public static Optional<Instant> ofDecimal(String number) {
    if (number.length() > MAX_DECIMAL_LENGTH || !isPlainDecimal(number)) {
      return Optional.empty();
    }
    BigDecimal seconds = new BigDecimal(number).setScale(MICRO_DIGITS, RoundingMode.FLOOR);
    BigDecimal whole = seconds.setScale(0, RoundingMode.FLOOR);
    if (whole.abs().compareTo(BigDecimal.valueOf(MAX_SECONDS)) > 0) {
      return Optional.empty();
    }
    long micros = seconds.subtract(whole).movePointRight(MICRO_DIGITS).longValueExact();
    return Optional.of(Instant.ofEpochSecond(whole.longValueExact(), micros * 1_000));
  }

  private static boolean isPlainDecimal(String number) {
    return number.indexOf('.') > 0 && number.indexOf('e') < 0 && number.indexOf('E') < 0;
  }
}
