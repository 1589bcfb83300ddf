package org.sessionpro.backend.report;

import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.sessionpro.backend.entitlement.RenewalAllowance;
import org.sessionpro.backend.ledger.Census;
import org.sessionpro.backend.ledger.Figure;
import org.sessionpro.backend.ledger.LedgerView;
import org.sessionpro.backend.ledger.Periods;

/// What was counted in each of several periods.
///
/// @param now our clock when it was counted
/// @param rows newest first; never empty
public record PeriodReport(Cadence cadence, Instant now, List<Row> rows) {
  public PeriodReport {
    rows = List.copyOf(rows);
  }

  /// Whether the numbers of a period are final.
  public enum State {
    /// It is over.
    COMPLETE,
    /// It goes on: the numbers are those until now.
    RUNNING,
    /// It has not begun: the numbers say what is known of it already.
    COMING
  }

  /// A period.
  ///
  /// @param label what it is called
  /// @param shortLabel the same in little space
  /// @param until the first instant after it
  public record Row(
      String label,
      String shortLabel,
      Instant from,
      Instant until,
      State state,
      Map<Figure, Long> counts) {
    public Row {
      counts = Map.copyOf(counts);
    }

    /// A number of this period.
    public long count(Figure figure) {
      return counts.getOrDefault(figure, 0L);
    }
  }

  /// Counts. The oldest periods are left out for as long as there was nothing in any of them.
  ///
  /// @param allowance what the service computes its accounts with
  /// @throws org.sessionpro.backend.db.DatabaseFault if the ledger cannot be read
  public static PeriodReport of(
      LedgerView ledger,
      Timetable timetable,
      RenewalAllowance allowance,
      Census.Observer observer) {
    Periods periods = timetable.periods();
    Census census = ledger.census(periods, allowance, observer);
    List<Row> rows = new ArrayList<>();
    for (int period = 0; period < periods.size(); period++) {
      Row row = row(timetable, census, period);
      if (!rows.isEmpty() || row.state() != State.COMPLETE || !row.counts().isEmpty()) {
        rows.add(row);
      }
    }
    if (rows.isEmpty()) {
      rows.add(row(timetable, census, periods.size() - 1));
    }
    return new PeriodReport(timetable.cadence(), timetable.now(), rows.reversed());
  }

  private static Row row(Timetable timetable, Census census, int period) {
    Map<Figure, Long> counts = new EnumMap<>(Figure.class);
    for (Figure figure : Figure.values()) {
      long count = census.count(figure, period);
      if (count != 0) {
        counts.put(figure, count);
      }
    }
    Cadence cadence = timetable.cadence();
    Instant from = timetable.begin(period);
    Instant until = timetable.begin(period + 1);
    return new Row(
        cadence.label(timetable.day(period)),
        cadence.shortLabel(timetable.day(period)),
        from,
        until,
        state(from, until, timetable.now()),
        counts);
  }

  private static State state(Instant from, Instant until, Instant now) {
    if (now.isBefore(from)) {
      return State.COMING;
    }
    return now.isBefore(until) ? State.RUNNING : State.COMPLETE;
  }
}
