package org.sessionpro.backend;

import java.time.Instant;
import java.util.List;
import org.sessionpro.backend.config.DatabaseUrl;
import org.sessionpro.backend.config.SessionWebhook;
import org.sessionpro.backend.config.Settings;
import org.sessionpro.backend.jobs.Job;
import org.sessionpro.backend.jobs.SendReports;
import org.sessionpro.backend.ledger.LedgerView;
import org.sessionpro.backend.report.ReportMessages;
import org.sessionpro.backend.telemetry.Logging;

/// The reports that people get every day, if there is a session webhook that takes them and the ledger
/// is a file of this machine (`operator-v0.md` §3).
final class DailyReports {
  private DailyReports() {}

  /// What sends them; empty for nothing.
  static List<Job> jobs(Backend.Parts parts) {
    Settings settings = parts.settings();
    boolean wanted = settings.log().webhooks().stream().anyMatch(SessionWebhook::enabled);
    return wanted && settings.storage().database() instanceof DatabaseUrl.Sqlite url
        ? List.of(
            SendReports.job(
                now -> reports(url, parts, now),
                Logging::announce,
                parts.clock(),
                settings.jobs().lease()))
        : List.of();
  }

  private static List<String> reports(DatabaseUrl url, Backend.Parts parts, Instant now) {
    try (LedgerView ledger = LedgerView.open(url)) {
      return ReportMessages.of(ledger, parts.allowance(), now);
    }
  }
}
