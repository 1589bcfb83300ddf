package org.sessionpro.backend.report;

import static org.sessionpro.backend.report.Markup.escaped;
import static org.sessionpro.backend.report.Markup.length;
import static org.sessionpro.backend.report.Markup.number;

import java.util.List;
import java.util.stream.Collectors;
import org.sessionpro.backend.report.PeriodReport.Row;
import org.sessionpro.backend.report.PeriodReport.State;

/// A plot of some columns as groups of bars, one group a period, oldest first, drawn as SVG that needs
/// nothing else. A period that is not over is hatched, one to come is outlined in dashes.
///
/// The drawing is 360 units wide, so that its letters are as large as those of the page on a phone.
///
/// @param id begins the names of its parts; unique within the page
/// @param title says what is plotted
/// @param columns at most five, as many as there are colours
record BarChart(String id, String title, List<Column> columns) {
  private static final double WIDTH = 360;
  private static final double HEIGHT = 190;
  private static final double LEFT = 34;
  private static final double RIGHT = 4;
  private static final double TOP = 10;
  private static final double BOTTOM = 18;
  private static final double BASE_LINE = HEIGHT - BOTTOM;

  /// How much of a group is bars.
  private static final double FILLED = 0.76;

  /// The room that a label needs.
  private static final double LABEL_WIDTH = 44;

  private static final double BESIDE_AXIS = 4;
  private static final double LETTER_HALF = 3.5;
  private static final double BELOW_AXIS = 13;
  private static final double LEAST_HEIGHT = 1;

  /// The drawing.
  String svg(PeriodReport report) {
    List<Row> rows = report.rows().reversed();
    Scale scale = Scale.reaching(most(rows));
    StringBuilder svg = new StringBuilder();
    svg.append(
        """
        <svg viewBox="0 0 %s %s" role="img" aria-labelledby="%s-title %s-desc">
        <title id="%s-title">%s</title>
        <desc id="%s-desc">%s</desc>
        """
            .formatted(
                length(WIDTH),
                length(HEIGHT),
                id,
                id,
                id,
                escaped(title),
                id,
                escaped(description(report))));
    svg.append(hatches());
    appendAxis(svg, scale);
    for (int i = 0; i < rows.size(); i++) {
      appendGroup(svg, rows.get(i), i, rows.size(), scale);
    }
    return svg.append("</svg>\n").toString();
  }

  private String description(PeriodReport report) {
    Row newest = report.rows().getFirst();
    String values =
        columns.stream()
            .map(column -> column.title() + " " + newest.count(column.figure()))
            .collect(Collectors.joining(", "));
    return "Bars for %d periods from %s to %s; the last: %s. The table below has all numbers."
        .formatted(report.rows().size(), report.rows().getLast().label(), newest.label(), values);
  }

  private long most(List<Row> rows) {
    return rows.stream()
        .flatMapToLong(row -> columns.stream().mapToLong(column -> row.count(column.figure())))
        .max()
        .orElse(0);
  }

  /// One pattern for each colour.
  private String hatches() {
    StringBuilder patterns = new StringBuilder("<defs>");
    for (int series = 0; series < columns.size(); series++) {
      patterns.append(
          """
          <pattern id="%s-h%d" class="s%d" width="5" height="5" patternUnits="userSpaceOnUse" \
          patternTransform="rotate(45)"><rect class="under" width="5" height="5"/>\
          <line class="stripe" x1="1" y1="0" x2="1" y2="5"/></pattern>\
          """
              .formatted(id, series, series));
    }
    return patterns.append("</defs>\n").toString();
  }

  private static void appendAxis(StringBuilder svg, Scale scale) {
    scale
        .marks()
        .forEach(mark -> {
          String y = length(height(mark, scale));
          svg.append(
              """
              <line class="grid" x1="%s" y1="%s" x2="%s" y2="%s"/>\
              <text x="%s" y="%s" text-anchor="end">%s</text>
              """
                  .formatted(
                      length(LEFT),
                      y,
                      length(WIDTH - RIGHT),
                      y,
                      length(LEFT - BESIDE_AXIS),
                      length(height(mark, scale) + LETTER_HALF),
                      Scale.text(mark)));
        });
  }

  private static double height(long value, Scale scale) {
    return BASE_LINE - (BASE_LINE - TOP) * value / scale.top();
  }

  private void appendGroup(StringBuilder svg, Row row, int place, int groups, Scale scale) {
    double width = (WIDTH - LEFT - RIGHT) / groups;
    double middle = LEFT + (place + 0.5) * width;
    double bar = width * FILLED / columns.size();
    for (int series = 0; series < columns.size(); series++) {
      double x = middle + (series - columns.size() / 2.0) * bar;
      appendBar(svg, row, series, x, bar, scale);
    }
    int every = (int) Math.ceil(LABEL_WIDTH / width);
    if ((groups - 1 - place) % every == 0) {
      svg.append(
          """
          <text x="%s" y="%s" text-anchor="middle">%s</text>
          """
              .formatted(
                  length(Math.min(middle, WIDTH - LABEL_WIDTH / 2)),
                  length(BASE_LINE + BELOW_AXIS),
                  escaped(row.shortLabel())));
    }
  }

  private void appendBar(
      StringBuilder svg, Row row, int series, double x, double width, Scale scale) {
    Column column = columns.get(series);
    long value = row.count(column.figure());
    if (value == 0) {
      return;
    }
    double top = Math.min(height(value, scale), BASE_LINE - LEAST_HEIGHT);
    String look =
        switch (row.state()) {
          case COMPLETE -> "class=\"bar s%d\"".formatted(series);
          case RUNNING -> "fill=\"url(#%s-h%d)\"".formatted(id, series);
          case COMING -> "class=\"bar coming s%d\"".formatted(series);
        };
    svg.append(
        """
        <rect %s x="%s" y="%s" width="%s" height="%s"><title>%s: %s %s%s</title></rect>
        """
            .formatted(
                look,
                length(x),
                length(top),
                length(Math.max(LEAST_HEIGHT, width * 0.92)),
                length(BASE_LINE - top),
                escaped(row.label()),
                escaped(column.title()),
                number(value),
                row.state() == State.COMPLETE ? "" : ", not over"));
  }
}
