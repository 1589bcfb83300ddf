package org.sessionpro.backend.cli.inspection;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import org.sessionpro.backend.cli.Progress;
import org.sessionpro.backend.cli.Report;
import org.sessionpro.backend.cli.Shell;
import org.sessionpro.backend.ledger.AuditCount;
import org.sessionpro.backend.ledger.AuditObserver;
import org.sessionpro.backend.ledger.AuditScope;
import org.sessionpro.backend.ledger.Finding;
import org.sessionpro.backend.ledger.Finding.Category;
import org.sessionpro.backend.ledger.Finding.Subject;

/// Collects what a check finds, and shows a person at a terminal that it goes on.
final class Diagnosis implements AuditObserver {
  /// Findings that are listed; the rest is counted.
  static final int LISTED = 1_000;

  /// Accounts between two signs of life.
  private static final int STEP = 1_000;

  private final ShownIds ids;
  private final Progress progress;
  private final List<Report> listed = new ArrayList<>();
  private final Map<Category, Long> counts = new EnumMap<>(Category.class);
  private long shown;

  Diagnosis(ShownIds ids, Shell shell) {
    this.ids = ids;
    this.progress = new Progress(shell);
  }

  /// Says how many accounts and unclaimed payments there are, if anybody wants to know.
  void expect(LongSupplier subjects) {
    if (progress.isWatched()) {
      progress.expect(subjects.getAsLong());
    }
  }

  @Override
  public void found(Finding finding) {
    counts.merge(finding.category(), 1L, Long::sum);
    if (listed.size() < LISTED) {
      listed.add(
          Report.empty()
              .text("category", FactWords.code(finding.category()))
              .text("subject", text(finding.subject()))
              .text("part", finding.part())
              .text("stored", finding.stored())
              .text("expected", finding.expected()));
    }
  }

  private String text(Subject subject) {
    return switch (subject) {
      case Subject.OfAccount(var key) -> ids.of(key);
      case Subject.OfPayment(var id, var key) -> "payment " + id.value() + " " + ids.of(key);
      case Subject.OfSubscription(var key) -> "subscription " + ids.of(key);
      case Subject.OfRow(String table, long id) -> "row " + id + " of " + table;
      case Subject.OfLedger() -> "ledger";
    };
  }

  @Override
  public void progress(AuditCount count) {
    long looked = count.accounts() + count.unclaimed();
    if (looked >= shown + STEP) {
      shown = looked;
      progress.at(
          looked, "%d accounts, %d facts, %d findings".formatted(looked, count.facts(), total()));
    }
  }

  /// Ends the line of the signs of life.
  void finish() {
    progress.close();
  }

  long total() {
    return counts.values().stream().mapToLong(Long::longValue).sum();
  }

  Report report(AuditScope scope, AuditCount count) {
    return Report.empty()
        .flag("sampled", scope instanceof AuditScope.Sample)
        .number("accounts_checked", count.accounts())
        .number("payments_checked", count.payments())
        .number("unclaimed_checked", count.unclaimed())
        .number("facts_checked", count.facts())
        .number("findings_total", total())
        .rows("categories", Arrays.stream(Category.values()).map(this::category).toList())
        .rows("findings", listed);
  }

  private Report category(Category category) {
    return Report.empty()
        .text("category", FactWords.code(category))
        .number("findings", counts.getOrDefault(category, 0L));
  }
}
