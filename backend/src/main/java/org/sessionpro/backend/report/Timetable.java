package org.sessionpro.backend.report;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.stream.IntStream;
import org.sessionpro.backend.ledger.Periods;

/// Which periods a report is about.
///
/// @param firstDay of the oldest period
/// @param count how many periods there are, at least 1
/// @param now our clock
public record Timetable(Cadence cadence, LocalDate firstDay, int count, Instant now) {

  /// The newest `past` periods that have begun, the last of which is running, and `ahead` to come.
  ///
  /// @param past at least 1
  /// @param ahead 0 or more
  public static Timetable around(Cadence cadence, int past, int ahead, Instant now) {
    LocalDate running = running(cadence, now);
    return new Timetable(cadence, cadence.later(running, 1 - past), past + ahead, now);
  }

  /// The newest periods that are over.
  ///
  /// @param count at least 1
  public static Timetable ended(Cadence cadence, int count, Instant now) {
    LocalDate running = running(cadence, now);
    return new Timetable(cadence, cadence.later(running, -count), count, now);
  }

  private static LocalDate running(Cadence cadence, Instant now) {
    return cadence.firstDay(LocalDate.ofInstant(now, ZoneOffset.UTC));
  }

  /// The first day of a period, counted from 0, the oldest.
  LocalDate day(int period) {
    return cadence.later(firstDay, period);
  }

  /// Where a period begins, and the one before it ends.
  Instant begin(int period) {
    return day(period).atStartOfDay(ZoneOffset.UTC).toInstant();
  }

  Periods periods() {
    List<Instant> bounds = IntStream.rangeClosed(0, count).mapToObj(this::begin).toList();
    return new Periods(bounds, now.truncatedTo(ChronoUnit.MICROS));
  }
}
