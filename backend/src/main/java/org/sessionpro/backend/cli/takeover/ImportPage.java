package org.sessionpro.backend.cli.takeover;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.sessionpro.backend.cli.Report;
import org.sessionpro.backend.takeover.Anomaly;
import org.sessionpro.backend.takeover.Category;
import org.sessionpro.backend.takeover.Findings;
import org.sessionpro.backend.takeover.ImportReport;
import org.sessionpro.backend.takeover.Tally;
import org.sessionpro.backend.telemetry.IdentifierMask;

/// What `pro import python` says. Ids appear as digests only.
record ImportPage(IdentifierMask mask) {

  Report of(ImportReport report) {
    Findings findings = report.findings();
    return Report.empty()
        .text("verdict", word(report.verdict()))
        .text("fingerprint", report.fingerprint())
        .moment("taken_at_ts", report.takenAt())
        .rows("rows_in", rows(report.rowsIn()))
        .rows("rows_out", rows(report.rowsOut()))
        .rows(
            "anomalies",
            Arrays.stream(Anomaly.values()).map(anomaly -> row(anomaly, findings)).toList())
        .rows(
            "differences",
            Arrays.stream(Category.values()).map(category -> row(category, findings)).toList())
        .number("quarantined", findings.quarantined())
        .rows(
            "obstacles",
            report.obstacles().stream().map(code -> Report.empty().text("code", code)).toList())
        .number("unexplained_total", findings.unexplainedCount())
        .rows("unexplained", findings.unexplained().stream().map(this::row).toList());
  }

  private static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  private static List<Report> rows(Map<String, Long> counts) {
    return counts.entrySet().stream()
        .map(entry -> Report.empty().text("table", entry.getKey()).number("rows", entry.getValue()))
        .toList();
  }

  private static Report row(Anomaly anomaly, Findings findings) {
    return Report.empty()
        .text("code", anomaly.name())
        .text("kind", word(anomaly.kind()))
        .number("count", findings.anomalies().getOrDefault(anomaly, 0L))
        .number("blocking", findings.blocking().getOrDefault(anomaly, 0L));
  }

  private static Report row(Category category, Findings findings) {
    Tally.Sum sum = findings.of(category);
    return Report.empty()
        .text("category", category.name())
        .number("accounts", sum.accounts())
        .number("active", sum.active())
        .number("largest_ms", sum.largest())
        .number("sum_ms", sum.shift())
        .number("losses", findings.losses().getOrDefault(category, 0L));
  }

  private Report row(Tally.Unexplained difference) {
    return Report.empty()
        .text("subject", mask.of(difference.subject().kind(), difference.subject().id()).text())
        .text("part", difference.part());
  }
}
