package org.sessionpro.backend.cli.report;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.sessionpro.backend.cli.CommandFailed;
import org.sessionpro.backend.cli.OutputOptions;
import org.sessionpro.backend.report.Column;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// What every report can be asked for.
final class ReportOptions {
  /// Ten years of weeks, and more days than anybody compares.
  private static final int MOST = 1_000;

  private static final int MEANING_WIDTH = 78;

  /// How a report is shown.
  enum Format {
    TABLE,
    CSV,
    JSON
  }

  /// Whose columns a table has.
  enum Columns {
    V0,
    V1;

    List<Column> list() {
      return switch (this) {
        case V0 -> Column.OF_V0;
        case V1 -> Column.OF_V1;
      };
    }
  }

  @Option(
      names = "--count",
      paramLabel = "N",
      defaultValue = "7",
      description = "How many periods, up to the one that runs: 1 to 1000 (default: 7).")
  private int count;

  @Option(
      names = "--ahead",
      paramLabel = "N",
      defaultValue = "0",
      description = {
        "How many periods to come as well, with what is known of them: what is",
        "paid beyond them, and what ends in them: 0 to 1000 (default: 0)."
      })
  private int ahead;

  @Option(
      names = OutputOptions.FORMAT,
      paramLabel = "table|csv|json",
      defaultValue = "table",
      description = "How to print it (default: table). json is what --json prints.")
  private Format format = Format.TABLE;

  @Option(
      names = "--protocol",
      paramLabel = "v0|v1",
      description = {
        "Print one table, or CSV, with the columns of the first (v0) or the second",
        "(v1) server and no others. CSV then has no column that says whether a period",
        "is over."
      })
  private @Nullable Columns columns;

  @Option(
      names = "--html",
      paramLabel = "FILE",
      description = "Also write a page with plots, which needs no other file. Replaces the file.")
  private @Nullable Path page;

  /// Explains the columns, and what programs get, at the end of the help.
  @Spec(Spec.Target.MIXEE)
  void explainColumns(CommandSpec command) {
    List<String> lines = new ArrayList<>(List.of("", "Columns:"));
    for (Column column : Column.ALL) {
      String name = "  %-17s  ".formatted(column.title());
      for (String part : wrapped(column.figure().meaning())) {
        lines.add(name + part);
        name = " ".repeat(name.length());
      }
    }
    lines.addAll(
        List.of(
            "",
            "Members with --json, in this order:",
            "",
            "  report             daily, weekly or monthly",
            "  counted_ts         when it was counted"));
    String name = "  periods            ";
    for (String part : wrapped(periodMembers())) {
      lines.add(name + part);
      name = " ".repeat(name.length());
    }
    command.usageMessage().footer(lines.toArray(String[]::new));
  }

  private static String periodMembers() {
    String columns = Column.ALL.stream().map(Column::code).collect(Collectors.joining(", "));
    return "newest first: period, start_ts, end_ts, state (complete, running, coming), " + columns;
  }

  private static List<String> wrapped(String text) {
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder();
    for (String word : text.split(" ", -1)) {
      if (line.length() + word.length() >= MEANING_WIDTH) {
        lines.add(line.toString());
        line.setLength(0);
      }
      line.append(line.isEmpty() ? "" : " ").append(word);
    }
    lines.add(line.toString());
    return lines;
  }

  int count() {
    return within("--count", 1, count);
  }

  int ahead() {
    return within("--ahead", 0, ahead);
  }

  private static int within(String option, int least, int value) {
    if (value < least || value > MOST) {
      throw CommandFailed.misused(option + " must be between " + least + " and " + MOST);
    }
    return value;
  }

  Format format() {
    return format;
  }

  @Nullable Columns columns() {
    return columns;
  }

  @Nullable Path page() {
    return page;
  }
}
