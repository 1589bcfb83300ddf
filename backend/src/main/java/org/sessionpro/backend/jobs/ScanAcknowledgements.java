package org.sessionpro.backend.jobs;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.sessionpro.backend.db.LeaseName;
import org.sessionpro.backend.entitlement.SubscriptionKey;
import org.sessionpro.backend.inbox.Inbox;
import org.sessionpro.backend.inbox.Owed;
import org.sessionpro.backend.ledger.Subscriptions;
import org.sessionpro.backend.store.google.work.OwedAcknowledgement;
import org.sessionpro.backend.telemetry.LoggerName;
import org.sessionpro.protocol.PaymentProvider;
import org.sessionpro.protocol.PurchaseToken;
import org.slf4j.Logger;

/// Has purchases acknowledged that Google is owed an acknowledgement of and that nobody works on: what
/// was imported, or dropped by an operator (`google-play.md` §7.2).
public final class ScanAcknowledgements implements Job.Work {
  private static final Logger LOG = LoggerName.GOOGLE_PLAY.logger();
  private static final LeaseName NAME = new LeaseName("acknowledge-scan");
  private static final Duration INTERVAL = Duration.ofMinutes(15);
  private static final int PORTION = 200;

  private final Subscriptions subscriptions;
  private final Inbox inbox;
  private final InstantSource clock;

  private ScanAcknowledgements(Subscriptions subscriptions, Inbox inbox, InstantSource clock) {
    this.subscriptions = subscriptions;
    this.inbox = inbox;
    this.clock = clock;
  }

  /// The job, every 15 minutes.
  public static Job job(
      Subscriptions subscriptions, Inbox inbox, InstantSource clock, Duration lease) {
    return new Job(NAME, INTERVAL, lease, new ScanAcknowledgements(subscriptions, inbox, clock));
  }

  @Override
  public void run(Job.Turn turn) {
    int noted = 0;
    @Nullable SubscriptionKey last = null;
    List<SubscriptionKey> batch;
    do {
      batch = subscriptions.unacknowledged(PaymentProvider.GOOGLE_PLAY, last, PORTION);
      noted +=
          inbox.enqueueMissing(
              batch.stream().flatMap(key -> owed(key).stream()).toList(), clock.instant());
      last = batch.isEmpty() ? last : batch.getLast();
    } while (batch.size() == PORTION && turn.goesOn());
    if (noted > 0) {
      LOG.warn("purchases that nobody was about to acknowledge: {}", noted);
    }
  }

  private Optional<Owed> owed(SubscriptionKey key) {
    return OwedAcknowledgement.of(
        new PurchaseToken(key.value()), subscriptions.known(key, List.of()));
  }
}
