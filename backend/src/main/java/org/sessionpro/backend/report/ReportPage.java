package org.sessionpro.backend.report;

import static org.sessionpro.backend.report.Markup.escaped;
import static org.sessionpro.backend.report.Markup.number;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;
import org.sessionpro.backend.report.PeriodReport.Row;
import org.sessionpro.backend.report.PeriodReport.State;

/// A report as one HTML page that needs no other file, no network and no script: plots, each with its
/// numbers below, then a table of everything and what each column means.
public final class ReportPage {
  private static final List<Plot> PLOTS =
      List.of(
          new Plot("active", "Active accounts", List.of(Column.ACTIVE_USERS)),
          new Plot(
              "change",
              "Who came, stayed and went",
              List.of(Column.NEW_SUBSCRIBERS, Column.RENEWALS, Column.CHURNED)),
          new Plot(
              "stores",
              "Active accounts by store",
              List.of(Column.ACTIVE_GOOGLE, Column.ACTIVE_APPLE, Column.ACTIVE_FOUNDATION)),
          new Plot(
              "plans",
              "Active accounts by plan",
              List.of(Column.ACTIVE_1M, Column.ACTIVE_3M, Column.ACTIVE_12M, Column.ACTIVE_OTHER)),
          new Plot(
              "sold", "Payments by store", List.of(Column.GOOGLE, Column.APPLE, Column.FOUNDATION)),
          new Plot(
              "losses",
              "Refunds and failed charges",
              List.of(
                  Column.REFUNDS_INITIATED,
                  Column.REFUNDED,
                  Column.ENTERED_GRACE,
                  Column.BILLING_RETRY,
                  Column.CANCELLING)));

  private static final List<Column> TILES =
      List.of(
          Column.ACTIVE_USERS,
          Column.NEW_SUBSCRIBERS,
          Column.RENEWALS,
          Column.CHURNED,
          Column.REFUNDED);

  private ReportPage() {}

  private record Plot(String id, String title, List<Column> columns) {}

  /// The page.
  public static String html(PeriodReport report) {
    String name = name(report);
    StringBuilder page = new StringBuilder();
    page.append(
        """
        <!DOCTYPE html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <title>%s</title>
        <style>
        %s</style>
        </head>
        <body>
        <h1>%s</h1>
        <p>Counted at %s. All times are UTC. %s</p>
        """
            .formatted(
                name, style(), name, report.now().truncatedTo(ChronoUnit.SECONDS), notes(report)));
    appendTiles(page, report);
    page.append("<main>\n<div class=\"plots\">\n");
    PLOTS.forEach(plot -> appendPlot(page, report, plot));
    page.append("</div>\n");
    appendAll(page, report);
    appendMeanings(page);
    return page.append("</main>\n</body>\n</html>\n").toString();
  }

  private static String name(PeriodReport report) {
    String code = report.cadence().code();
    return "Session Pro: "
        + code.toUpperCase(Locale.ROOT).charAt(0)
        + code.substring(1)
        + " report";
  }

  private static String style() {
    try (InputStream css = ReportPage.class.getResourceAsStream("/report/page.css")) {
      return new String(Objects.requireNonNull(css).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException damaged) {
      throw new UncheckedIOException(damaged);
    }
  }

  private static String notes(PeriodReport report) {
    boolean running = report.rows().stream().anyMatch(row -> row.state() == State.RUNNING);
    boolean coming = report.rows().stream().anyMatch(row -> row.state() == State.COMING);
    return (running ? "What is hatched is not over. " : "")
        + (coming ? "What is dashed is to come, and shows what is known already." : "");
  }

  /// The newest period that is over, or the newest of all.
  private static void appendTiles(StringBuilder page, PeriodReport report) {
    Row row =
        report.rows().stream()
            .filter(one -> one.state() == State.COMPLETE)
            .findFirst()
            .orElse(report.rows().getLast());
    page.append("<h2>%s%s</h2>\n".formatted(escaped(row.label()), words(row.state())));
    page.append("<dl class=\"tiles\">\n");
    TILES.forEach(column ->
        page.append(
            "<div><dt>%s</dt><dd>%s</dd></div>\n"
                .formatted(escaped(column.title()), number(row.count(column.figure())))));
    page.append("</dl>\n");
  }

  private static void appendPlot(StringBuilder page, PeriodReport report, Plot plot) {
    page.append("<section aria-labelledby=\"%s\">\n".formatted(plot.id()));
    page.append("<h2 id=\"%s\">%s</h2>\n".formatted(plot.id(), escaped(plot.title())));
    page.append(new BarChart("plot-" + plot.id(), plot.title(), plot.columns()).svg(report));
    page.append("<ul class=\"key\">\n");
    for (int series = 0; series < plot.columns().size(); series++) {
      page.append(
          "<li class=\"s%d\"><i></i>%s</li>\n"
              .formatted(series, escaped(plot.columns().get(series).title())));
    }
    page.append("</ul>\n");
    appendTable(page, report, plot.title(), plot.columns());
    page.append("</section>\n");
  }

  private static void appendAll(StringBuilder page, PeriodReport report) {
    page.append("<section class=\"wide\" aria-labelledby=\"all\">\n");
    page.append("<h2 id=\"all\">Everything</h2>\n");
    appendTable(page, report, "Every column of every period", Column.ALL);
    page.append("</section>\n");
  }

  private static void appendTable(
      StringBuilder page, PeriodReport report, String caption, List<Column> columns) {
    page.append(
        "<div class=\"scroll\" role=\"region\" tabindex=\"0\" aria-label=\"%s\">\n"
            .formatted(escaped(caption + ", table")));
    page.append("<table>\n<caption>%s</caption>\n".formatted(escaped(caption)));
    page.append(
        "<thead><tr><th scope=\"col\">Period</th>%s</tr></thead>\n<tbody>\n"
            .formatted(
                columns.stream()
                    .map(column -> "<th scope=\"col\">" + escaped(column.title()) + "</th>")
                    .collect(Collectors.joining())));
    for (Row row : report.rows()) {
      page.append(
          "<tr class=\"%s\"><th scope=\"row\">%s%s</th>%s</tr>\n"
              .formatted(
                  row.state().name().toLowerCase(Locale.ROOT),
                  escaped(row.label()),
                  words(row.state()),
                  columns.stream()
                      .map(column -> "<td>" + number(row.count(column.figure())) + "</td>")
                      .collect(Collectors.joining())));
    }
    page.append("</tbody>\n</table>\n</div>\n");
  }

  private static String words(State state) {
    return switch (state) {
      case COMPLETE -> "";
      case RUNNING -> " <small>not over</small>";
      case COMING -> " <small>to come</small>";
    };
  }

  private static void appendMeanings(StringBuilder page) {
    page.append("<section class=\"wide\" aria-labelledby=\"meanings\">\n");
    page.append("<h2 id=\"meanings\">What is counted</h2>\n<dl class=\"meanings\">\n");
    Column.ALL.forEach(column ->
        page.append(
            "<dt>%s</dt><dd>%s</dd>\n"
                .formatted(escaped(column.title()), escaped(column.figure().meaning()))));
    page.append("</dl>\n</section>\n");
  }
}
