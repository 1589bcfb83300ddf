package org.sessionpro.backend.jobs;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.function.BiConsumer;
import org.sessionpro.backend.db.LeaseName;
import org.sessionpro.backend.ledger.Ledger;
import org.sessionpro.backend.revocation.RevocationSnapshot;
import org.sessionpro.backend.telemetry.LoggerName;
import org.slf4j.Logger;

/// Deletes generations that were revoked so long ago that they are listed no more
/// (`entitlement.md` §13).
public final class PruneRevocations implements Job.Work {
  private static final Logger LOG = LoggerName.BACKEND.logger();

  private static final LeaseName NAME = new LeaseName("prune");
  private static final Duration INTERVAL = Duration.ofMinutes(10);

  /// Rows deleted in one transaction.
  private static final int PORTION = 500;

  private final Ledger ledger;
  private final BiConsumer<Instant, String> announce;
  private final InstantSource clock;

  /// The day that is counted, and what this process has deleted on it.
  private LocalDate day;

  private long ofDay;

  private PruneRevocations(
      Ledger ledger, BiConsumer<Instant, String> announce, InstantSource clock) {
    this.ledger = ledger;
    this.announce = announce;
    this.clock = clock;
    this.day = day(clock.instant());
  }

  /// The job, every 600 s.
  ///
  /// @param announce tells whoever follows the service what was deleted on a day, once that is over;
  ///     nothing of a day on which nothing was
  public static Job job(
      Ledger ledger, BiConsumer<Instant, String> announce, InstantSource clock, Duration lease) {
    return new Job(NAME, INTERVAL, lease, new PruneRevocations(ledger, announce, clock));
  }

  private static LocalDate day(Instant instant) {
    return LocalDate.ofInstant(instant, ZoneOffset.UTC);
  }

  @Override
  public void run(Job.Turn turn) {
    tellOfDay();
    int total = 0;
    int deleted;
    do {
      deleted = ledger.pruneRevocations(clock.instant(), RevocationSnapshot.RETENTION, PORTION);
      total += deleted;
    } while (deleted == PORTION && turn.goesOn());
    LOG.debug("pruned {} revoked generations", total);
    ofDay += total;
  }

  private void tellOfDay() {
    Instant now = clock.instant();
    if (day(now).equals(day)) {
      return;
    }
    if (ofDay > 0) {
      String text = "revoked generations that were pruned on " + day + ": " + ofDay;
      LOG.info("{}", text);
      announce.accept(now, text);
    }
    day = day(now);
    ofDay = 0;
  }
}
