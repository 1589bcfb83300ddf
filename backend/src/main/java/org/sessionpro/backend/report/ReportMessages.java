package org.sessionpro.backend.report;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.sessionpro.backend.entitlement.RenewalAllowance;
import org.sessionpro.backend.ledger.LedgerView;

/// The reports that are sent to people every day (`operator-v0.md` §3): the last seven days; on Mondays
/// also the last four weeks; on the first of a month also the last three months. Periods that are over
/// only, because a day that has just begun would be a row of zeros.
public final class ReportMessages {
  private static final int DAYS = 7;
  private static final int WEEKS = 4;
  private static final int MONTHS = 3;

  private ReportMessages() {}

  /// Which reports are due on the day of `now` in UTC.
  static List<Timetable> due(Instant now) {
    LocalDate today = LocalDate.ofInstant(now, ZoneOffset.UTC);
    List<Timetable> due = new ArrayList<>();
    due.add(Timetable.ended(Cadence.DAILY, DAYS, now));
    if (today.getDayOfWeek() == DayOfWeek.MONDAY) {
      due.add(Timetable.ended(Cadence.WEEKLY, WEEKS, now));
    }
    if (today.getDayOfMonth() == 1) {
      due.add(Timetable.ended(Cadence.MONTHLY, MONTHS, now));
    }
    return due;
  }

  /// The messages of the day of `now` in UTC: a table each, of at most 2 000 characters. Each is counted
  /// by itself, which takes seconds in a large ledger.
  ///
  /// @param allowance what the service computes its accounts with
  /// @throws org.sessionpro.backend.db.DatabaseFault if the ledger cannot be read
  public static List<String> of(LedgerView ledger, RenewalAllowance allowance, Instant now) {
    return due(now).stream()
        .map(timetable -> PeriodReport.of(ledger, timetable, allowance, _ -> {}))
        .map(report -> ReportText.table(report, Column.PURCHASES, Integer.MAX_VALUE))
        .toList();
  }
}
