package org.sessionpro.backend.jobs;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.Map;
import org.sessionpro.backend.config.InboxSettings;
import org.sessionpro.backend.db.LeaseName;
import org.sessionpro.backend.db.Leases;
import org.sessionpro.backend.inbox.StoreProvider;
import org.sessionpro.backend.inbox.Upkeep;
import org.sessionpro.backend.telemetry.LoggerName;
import org.sessionpro.backend.telemetry.Severity;
import org.slf4j.Logger;

/// Keeps the inbox small: forgets messages that are done with and that their store repeats no more,
/// drops questions that can no longer be answered and purchases that are over and were nobody's, tells of
/// purchases without a known buyer when there is a day left to find the buyer (`decisions-stores.md` §1
/// and §5), and makes due what waits only because a clock was wrong.
public final class TendInbox implements Job.Work {
  private static final Logger LOG = LoggerName.BACKEND.logger();

  private static final LeaseName NAME = new LeaseName("inbox");
  private static final Duration INTERVAL = Duration.ofMinutes(10);

  /// Rows deleted in one transaction.
  private static final int PORTION = 500;

  /// Before its refund, when a purchase without owner is urgent: the last third of the time that its
  /// store waits.
  private static final Duration URGENT = Duration.ofDays(1);

  private final Upkeep upkeep;
  private final InboxSettings settings;
  private final InstantSource clock;

  /// Up to when what is urgent was told of, by this process.
  private final Map<StoreProvider, Instant> toldUntil = new EnumMap<>(StoreProvider.class);

  private TendInbox(Upkeep upkeep, InboxSettings settings, InstantSource clock) {
    this.upkeep = upkeep;
    this.settings = settings;
    this.clock = clock;
  }

  /// The job, every 600 s.
  public static Job job(
      Upkeep upkeep, InboxSettings settings, InstantSource clock, Duration lease) {
    return new Job(NAME, INTERVAL, lease, new TendInbox(upkeep, settings, clock));
  }

  @Override
  public void run(Job.Turn turn) {
    int early = upkeep.undoFuture(clock.instant());
    if (early > 0) {
      LOG.warn("items that waited because a clock was ahead: {}", early);
    }
    for (StoreProvider provider : StoreProvider.values()) {
      Duration retention = retention(provider);
      prune(provider, retention, turn);
      int over = upkeep.forgetOver(provider, clock.instant().minus(retention));
      if (over > 0) {
        LOG.info("purchases of {} that are over and were nobody's, forgotten: {}", provider, over);
      }
      int expired = upkeep.expireReviews(provider, clock.instant());
      if (expired > 0) {
        LOG.warn("questions of {} that nobody answered in time: {}", provider, expired);
      }
      tellOfUrgent(provider);
    }
  }

  private Duration retention(StoreProvider provider) {
    return switch (provider) {
      case GOOGLE -> settings.retentionGoogle();
      case APPLE -> settings.retentionApple();
    };
  }

  private void prune(StoreProvider provider, Duration retention, Job.Turn turn) {
    int total = 0;
    int deleted;
    do {
      deleted = upkeep.prune(provider, retention, clock.instant(), PORTION);
      total += deleted;
    } while (deleted == PORTION && turn.goesOn());
    LOG.debug("forgot {} messages of {}", total, provider);
  }

  private void tellOfUrgent(StoreProvider provider) {
    // What another process parks, by a clock of its own, must not fall between two looks.
    Instant until = clock.instant().minus(Leases.MAX_SKEW);
    Instant after = toldUntil.getOrDefault(provider, Instant.EPOCH);
    int urgent = until.isAfter(after) ? upkeep.withoutOwner(provider, URGENT, after, until) : 0;
    if (urgent > 0) {
      LOG.error(
          Severity.CRITICAL,
          "purchases of {} that nobody can be found for, and that are refunded in a day: {}",
          provider,
          urgent);
    }
    toldUntil.put(provider, until);
  }
}
