package org.sessionpro.backend.cli.inspection;

import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// Reads an instant from the command line: `2026-03-01T12:00:00Z`, with any offset, a date in UTC,
/// or UNIX seconds; from 1970 to 9999.
final class InstantConverter implements ITypeConverter<Instant> {
  private static final Instant END = Instant.parse("9999-12-31T00:00:00Z");

  @Override
  public Instant convert(String text) {
    Instant instant = parse(text);
    if (instant.isBefore(Instant.EPOCH) || instant.isAfter(END)) {
      throw new TypeConversionException("must lie between 1970 and 9999");
    }
    return instant;
  }

  private static Instant parse(String text) {
    try {
      if (text.matches("[0-9]{1,12}")) {
        return Instant.ofEpochSecond(Long.parseLong(text));
      }
      return text.indexOf('T') < 0
          ? LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant()
          : OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeParseException malformed) {
      throw new TypeConversionException(
          "must be an instant such as 2026-03-01T12:00:00Z, a date, or UNIX seconds");
    }
  }
}
