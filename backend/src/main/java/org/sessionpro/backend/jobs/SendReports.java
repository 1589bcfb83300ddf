package org.sessionpro.backend.jobs;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.sessionpro.backend.db.LeaseName;

/// Sends the reports of the day to the session webhooks once midnight UTC is over
/// (`operator-v0.md` §3). A day whose first hour nobody works in is left out: what comes late would be
/// taken for news.
public final class SendReports implements Job.Work {
  private static final LeaseName NAME = new LeaseName("reports");
  private static final Duration INTERVAL = Duration.ofMinutes(5);
  private static final Duration LATEST = Duration.ofHours(1);

  private final Function<Instant, List<String>> reports;
  private final BiConsumer<Instant, String> send;
  private final InstantSource clock;

  /// Whose reports this process has sent, or need not send.
  private LocalDate done;

  private SendReports(
      Function<Instant, List<String>> reports,
      BiConsumer<Instant, String> send,
      InstantSource clock) {
    this.reports = reports;
    this.send = send;
    this.clock = clock;
    this.done = day(clock.instant());
  }

  /// The job, every 300 s. Another process that takes it over within an hour after midnight sends the
  /// reports again.
  ///
  /// @param reports of the day of an instant
  /// @param send takes a report with its time, and does not wait
  public static Job job(
      Function<Instant, List<String>> reports,
      BiConsumer<Instant, String> send,
      InstantSource clock,
      Duration lease) {
    return new Job(NAME, INTERVAL, lease, new SendReports(reports, send, clock));
  }

  @Override
  public void run(Job.Turn turn) {
    Instant now = clock.instant();
    LocalDate today = day(now);
    if (today.equals(done)) {
      return;
    }
    Instant midnight = today.atStartOfDay(ZoneOffset.UTC).toInstant();
    if (now.isBefore(midnight.plus(LATEST))) {
      reports.apply(now).forEach(report -> send.accept(now, report));
    }
    done = today;
  }

  private static LocalDate day(Instant instant) {
    return LocalDate.ofInstant(instant, ZoneOffset.UTC);
  }
}
