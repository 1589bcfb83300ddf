package org.sessionpro.backend.report;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.temporal.IsoFields;
import java.time.temporal.TemporalAdjusters;
import java.util.Locale;

/// How long the periods of a report are; all begin at midnight UTC (`operator-v0.md` §6.4).
public enum Cadence {
  DAILY,
  /// ISO weeks, which begin on Monday.
  WEEKLY,
  MONTHLY;

  private static final DateTimeFormatter MONTH = DateTimeFormatter.ofPattern("uuuu-MM");

  /// `daily`, `weekly` or `monthly`.
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// The first day of the period that a day is in.
  LocalDate firstDay(LocalDate day) {
    return switch (this) {
      case DAILY -> day;
      case WEEKLY -> day.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
      case MONTHLY -> day.withDayOfMonth(1);
    };
  }

  /// The first day of the period that lies `count` periods later.
  LocalDate later(LocalDate firstDay, int count) {
    return switch (this) {
      case DAILY -> firstDay.plusDays(count);
      case WEEKLY -> firstDay.plusWeeks(count);
      case MONTHLY -> firstDay.plusMonths(count);
    };
  }

  /// `2026-11-27`, `2026-11-23 (W48)` or `2026-11`. The number is the one of the ISO week.
  String label(LocalDate firstDay) {
    return switch (this) {
      case DAILY -> firstDay.toString();
      case WEEKLY -> firstDay + " (" + week(firstDay) + ")";
      case MONTHLY -> MONTH.format(firstDay);
    };
  }

  /// The label in little space, for an axis: `11-27`, `W48` or `2026-11`.
  String shortLabel(LocalDate firstDay) {
    return switch (this) {
      case DAILY -> firstDay.toString().substring("2026-".length());
      case WEEKLY -> week(firstDay);
      case MONTHLY -> MONTH.format(firstDay);
    };
  }

  private static String week(LocalDate day) {
    return String.format(Locale.ROOT, "W%02d", day.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR));
  }
}
