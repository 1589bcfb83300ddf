package org.sessionpro.backend.report;

import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.sessionpro.backend.ledger.Figure;
import org.sessionpro.backend.report.PeriodReport.Row;
import org.sessionpro.backend.report.PeriodReport.State;

/// Reports with made-up numbers.
final class Reports {
  private Reports() {}

  /// A report in which every number tells its row and its column: the newest period is row 1, and its
  /// figures are 1000, 1001, 1002 and so on.
  static PeriodReport of(Timetable timetable) {
    List<Row> rows = new ArrayList<>();
    Cadence cadence = timetable.cadence();
    for (int period = timetable.count() - 1; period >= 0; period--) {
      Instant from = timetable.begin(period);
      Instant until = timetable.begin(period + 1);
      Map<Figure, Long> counts = new EnumMap<>(Figure.class);
      long number = (rows.size() + 1) * 1_000L;
      for (Figure figure : Figure.values()) {
        counts.put(figure, number);
        number++;
      }
      State state =
          timetable.now().isBefore(from)
              ? State.COMING
              : timetable.now().isBefore(until) ? State.RUNNING : State.COMPLETE;
      rows.add(
          new Row(
              cadence.label(timetable.day(period)),
              cadence.shortLabel(timetable.day(period)),
              from,
              until,
              state,
              counts));
    }
    return new PeriodReport(cadence, timetable.now(), rows);
  }
}
