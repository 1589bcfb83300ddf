package org.sessionpro.backend.report;

import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.sessionpro.backend.report.PeriodReport.Row;
import org.sessionpro.backend.report.PeriodReport.State;

/// A report as text: tables for people, and comma-separated values (`operator-v0.md` §6.4).
public final class ReportText {
  private static final int PERIOD_WIDTH = 16;
  private static final int MARK_WIDTH = 2;
  private static final String PERIOD = "Period";
  private static final String STATE = "State";
  private static final String ROW_END = "\r\n";

  private ReportText() {}

  /// Everything, in three tables below one another.
  ///
  /// @param width of a line, in characters; see [#table(PeriodReport, List, int)]
  public static String tables(PeriodReport report, int width) {
    String kind = report.cadence().name();
    return table(kind + " REPORT", report, Column.PURCHASES, width)
        + "\n"
        + table(kind + " SUBSCRIBERS", report, Column.SUBSCRIBERS, width)
        + "\n"
        + table(kind + " ACTIVE USERS", report, Column.ACTIVE, width)
        + notes(report);
  }

  /// One table: title, dashes, header, dashes, rows, newest first, each with its line end. A row whose
  /// period is not over is marked behind its last column, and a last line says what that means.
  ///
  /// @param width of a line, in characters: columns for which there is no room follow in further tables
  ///     below, each with the periods; a column that is wider alone is not cut
  public static String table(PeriodReport report, List<Column> columns, int width) {
    return table(report.cadence().name() + " REPORT", report, columns, width) + notes(report);
  }

  private static String table(String title, PeriodReport report, List<Column> columns, int width) {
    List<List<Column>> parts = parts(columns, width);
    return parts.stream()
        .map(part -> {
          String number = " (%d of %d)".formatted(parts.indexOf(part) + 1, parts.size());
          return table(parts.size() == 1 ? title : title + number, report, part);
        })
        .collect(Collectors.joining("\n"));
  }

  private static List<List<Column>> parts(List<Column> columns, int width) {
    List<List<Column>> parts = new ArrayList<>();
    int room = 0;
    for (Column column : columns) {
      int needed = 1 + Math.max(column.width(), column.title().length());
      if (parts.isEmpty() || needed > room) {
        parts.add(new ArrayList<>());
        room = width - PERIOD_WIDTH - MARK_WIDTH;
      }
      parts.getLast().add(column);
      room -= needed;
    }
    return parts;
  }

  private static String table(String title, PeriodReport report, List<Column> columns) {
    String header =
        left(PERIOD)
            + columns.stream()
                .map(column -> right(column.title(), column))
                .collect(Collectors.joining());
    String dashes = "-".repeat(header.length());
    StringBuilder text = new StringBuilder();
    List.of(title, dashes, header, dashes).forEach(line -> text.append(line).append('\n'));
    for (Row row : report.rows()) {
      text.append(left(row.label()));
      columns.forEach(
          column -> text.append(right(Long.toString(row.count(column.figure())), column)));
      text.append(mark(row.state())).append('\n');
    }
    return text.toString();
  }

  private static String left(String text) {
    return text + " ".repeat(PERIOD_WIDTH - text.length());
  }

  private static String right(String text, Column column) {
    return " " + " ".repeat(Math.max(0, column.width() - text.length())) + text;
  }

  private static String mark(State state) {
    return switch (state) {
      case COMPLETE -> "";
      case RUNNING -> " *";
      case COMING -> " +";
    };
  }

  private static String notes(PeriodReport report) {
    return (has(report, State.RUNNING)
            ? "* not over: until " + report.now().truncatedTo(ChronoUnit.SECONDS) + "\n"
            : "")
        + (has(report, State.COMING) ? "+ to come: what is known already\n" : "");
  }

  private static boolean has(PeriodReport report, State state) {
    return report.rows().stream().anyMatch(row -> row.state() == state);
  }

  /// Every column, and last whether the period is over: `complete`, `running` or `coming`. Commas, CRLF
  /// between the rows and none behind the last.
  public static String csv(PeriodReport report) {
    return csv(report, Column.ALL, true);
  }

  /// Some columns and no other, so that nothing tells whether a period is over.
  public static String csv(PeriodReport report, List<Column> columns) {
    return csv(report, columns, false);
  }

  private static String csv(PeriodReport report, List<Column> columns, boolean state) {
    StringBuilder text = new StringBuilder(PERIOD);
    columns.forEach(column -> text.append(',').append(column.title()));
    text.append(state ? "," + STATE : "");
    for (Row row : report.rows()) {
      text.append(ROW_END).append(row.label());
      columns.forEach(column -> text.append(',').append(row.count(column.figure())));
      text.append(state ? "," + row.state().name().toLowerCase(Locale.ROOT) : "");
    }
    return text.toString();
  }
}
