package org.sessionpro.backend.cli.db;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.sessionpro.backend.cli.Report;
import org.sessionpro.backend.config.DatabaseUrl;
import org.sessionpro.backend.db.SchemaState;
import org.sessionpro.backend.ledger.LedgerView;
import org.sessionpro.backend.ledger.LedgerView.StoreWork;
import org.sessionpro.backend.ledger.LedgerView.Summary;

/// What `pro db info` says.
///
/// @param size of the database, in bytes
/// @param summary empty if there are no tables yet
/// @param work that is owed to stores
record DbInfo(
    DatabaseUrl url, long size, SchemaState schema, Optional<Summary> summary, StoreWork work) {
  private static final int LABEL_WIDTH = 36;
  private static final List<String> UNITS = List.of("B", "kB", "MB", "GB", "TB");
  private static final double UNIT = 1_024;

  /// What is null while there are no tables.
  private static final List<String> COUNTS =
      List.of(
          "accounts",
          "revocations",
          "payments",
          "unredeemed",
          "parked",
          "google_owed",
          "apple_owed",
          "generations",
          "ticket",
          "signing_public_key");

  static DbInfo of(DatabaseUrl url, LedgerView ledger) {
    return new DbInfo(url, ledger.size(), ledger.schema(), ledger.summary(), ledger.storeWork());
  }

  /// For people, in the layout of `operator-v0.md` §6.5: two blanks, a label of 36 columns, a value.
  String lines() {
    StringBuilder text = new StringBuilder();
    append(text, "DB:", url + " (" + size(size) + ")");
    append(text, "Schema:", schema.text());
    summary.ifPresent(counts -> {
      append(
          text,
          "Users/Revocs/Payments/Unredeemed:",
          "%d/%d/%d/%d"
              .formatted(
                  counts.accounts(), counts.revocations(), counts.payments(), counts.unredeemed()));
      append(
          text,
          "Parked/Google/Apple Owed:",
          "%d/%d/%d".formatted(work.parked(), work.google(), work.apple()));
      append(text, "Generations:", Long.toString(counts.generations()));
      append(text, "Revocation Ticket:", Long.toString(counts.ticket().value()));
      append(
          text, "Backend Key:", counts.owner().map(key -> key.hex()).orElse("none, never served"));
    });
    return text.toString();
  }

  private static void append(StringBuilder text, String label, String value) {
    text.append("  ")
        .append(label)
        .append(" ".repeat(LABEL_WIDTH - label.length()))
        .append(value)
        .append('\n');
  }

  /// Two decimals in the largest unit of 1 024 that leaves at least 1: `84.00 kB`.
  static String size(long bytes) {
    double size = bytes;
    int unit = 0;
    while (size >= UNIT && unit < UNITS.size() - 1) {
      size /= UNIT;
      unit++;
    }
    return String.format(Locale.ROOT, "%.2f %s", size, UNITS.get(unit));
  }

  /// For programs.
  Report report() {
    Report known =
        DbCommands.version(
                Report.empty().text("database", url.toString()).number("size_bytes", size),
                "schema_version",
                schema.installed())
            .number("program_schema_version", schema.newest())
            .text("schema", schema.standing().name().toLowerCase(Locale.ROOT));
    return summary.map(counts -> counted(known, counts, work)).orElseGet(() -> uncounted(known));
  }

  private static Report uncounted(Report report) {
    Report uncounted = report;
    for (String name : COUNTS) {
      uncounted = uncounted.absent(name);
    }
    return uncounted;
  }

  private static Report counted(Report report, Summary counts, StoreWork work) {
    Report counted =
        report
            .number("accounts", counts.accounts())
            .number("revocations", counts.revocations())
            .number("payments", counts.payments())
            .number("unredeemed", counts.unredeemed())
            .number("parked", work.parked())
            .number("google_owed", work.google())
            .number("apple_owed", work.apple())
            .number("generations", counts.generations())
            .number("ticket", counts.ticket().value());
    return counts
        .owner()
        .map(key -> counted.text("signing_public_key", key.hex()))
        .orElseGet(() -> counted.absent("signing_public_key"));
  }
}
