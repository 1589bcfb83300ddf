package org.sessionpro.backend.cli.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.sessionpro.backend.cli.CommandFailed;
import org.sessionpro.backend.cli.OutputOptions;
import org.sessionpro.backend.cli.Report;
import org.sessionpro.backend.cli.SettingsOptions;
import org.sessionpro.backend.cli.Shell;
import org.sessionpro.backend.cli.report.ReportOptions.Columns;
import org.sessionpro.backend.config.Settings;
import org.sessionpro.backend.entitlement.RenewalAllowance;
import org.sessionpro.backend.ledger.LedgerView;
import org.sessionpro.backend.report.Cadence;
import org.sessionpro.backend.report.Column;
import org.sessionpro.backend.report.PeriodReport;
import org.sessionpro.backend.report.ReportPage;
import org.sessionpro.backend.report.ReportText;
import org.sessionpro.backend.report.Timetable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `pro report`: what happened in the past days, weeks or months, in numbers. Changes nothing; works
/// beside a running server.
@Command(
    name = "report",
    description = {
      "Counts purchases and active accounts for each of the last days, weeks or months, newest first.",
      "Changes nothing; works beside a running server. Run it with the environment of the server:",
      "another renewal allowance sees others leave."
    })
public final class ReportCommands {
  private final Shell shell;
  private final InstantSource clock;

  public ReportCommands(Shell shell, InstantSource clock) {
    this.shell = shell;
    this.clock = clock;
  }

  @Command(name = "daily", description = "Counts for each of the last days, in UTC.")
  int daily(
      @Mixin ReportOptions options, @Mixin SettingsOptions settings, @Mixin OutputOptions output) {
    return run(Cadence.DAILY, options, settings, output);
  }

  @Command(name = "weekly", description = "Counts for each of the last ISO weeks, in UTC.")
  int weekly(
      @Mixin ReportOptions options, @Mixin SettingsOptions settings, @Mixin OutputOptions output) {
    return run(Cadence.WEEKLY, options, settings, output);
  }

  @Command(name = "monthly", description = "Counts for each of the last months, in UTC.")
  int monthly(
      @Mixin ReportOptions options, @Mixin SettingsOptions settings, @Mixin OutputOptions output) {
    return run(Cadence.MONTHLY, options, settings, output);
  }

  private int run(
      Cadence cadence, ReportOptions options, SettingsOptions where, OutputOptions output) {
    Settings settings = where.read(shell.environment());
    RenewalAllowance allowance =
        new RenewalAllowance(settings.entitlement().renewalLatencyAllowance());
    Timetable timetable =
        Timetable.around(cadence, options.count(), options.ahead(), clock.instant());
    PeriodReport report;
    try (LedgerView ledger = LedgerView.open(settings.storage().database());
        CensusProgress progress = new CensusProgress(shell)) {
      report = PeriodReport.of(ledger, timetable, allowance, progress);
    }
    if (options.page() != null) {
      write(options.page(), ReportPage.html(report));
    }
    return switch (options.format()) {
      case TABLE ->
          shell.print(table(report, options.columns(), shell.width(output)), json(report), output);
      case CSV -> shell.print(csv(report, options.columns()), json(report), output);
      case JSON -> shell.printJson(json(report));
    };
  }

  private static void write(Path file, String page) {
    try {
      Files.writeString(file, page);
    } catch (IOException impossible) {
      throw CommandFailed.because("the page cannot be written to " + file);
    }
  }

  private static String table(PeriodReport report, @Nullable Columns columns, int width) {
    return columns == null
        ? ReportText.tables(report, width)
        : ReportText.table(report, columns.list(), width);
  }

  private static String csv(PeriodReport report, @Nullable Columns columns) {
    return columns == null ? ReportText.csv(report) : ReportText.csv(report, columns.list());
  }

  private static Report json(PeriodReport report) {
    return Report.empty()
        .text("report", report.cadence().code())
        .moment("counted_ts", report.now())
        .rows("periods", report.rows().stream().map(ReportCommands::json).toList());
  }

  private static Report json(PeriodReport.Row row) {
    Report json =
        Report.empty()
            .text("period", row.label())
            .moment("start_ts", row.from())
            .moment("end_ts", row.until())
            .text("state", row.state().name().toLowerCase(Locale.ROOT));
    for (Column column : Column.ALL) {
      json = json.number(column.code(), row.count(column.figure()));
    }
    return json;
  }
}
