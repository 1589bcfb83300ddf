package org.sessionpro.backend.jobs;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.sessionpro.backend.db.LeaseName;
import org.sessionpro.backend.entitlement.SubscriptionKey;
import org.sessionpro.backend.inbox.Inbox;
import org.sessionpro.backend.inbox.Owed;
import org.sessionpro.backend.inbox.StoreProvider;
import org.sessionpro.backend.inbox.WorkItem;
import org.sessionpro.backend.inbox.WorkKind;
import org.sessionpro.backend.ledger.Subscriptions;
import org.sessionpro.backend.telemetry.LoggerName;
import org.slf4j.Logger;

/// Has subscriptions looked at that should have renewed and of which nobody has announced it
/// (`decisions-stores.md` §1, sweep). What is owed already is left as it is, parked or not.
public final class SweepRenewals implements Job.Work {
  private static final Logger LOG = LoggerName.BACKEND.logger();

  /// Looked up and noted at once.
  private static final int PORTION = 200;

  private final StoreProvider provider;
  private final Subscriptions subscriptions;
  private final Inbox inbox;
  private final InstantSource clock;
  private final int most;

  private SweepRenewals(
      StoreProvider provider,
      Subscriptions subscriptions,
      Inbox inbox,
      InstantSource clock,
      int most) {
    this.provider = provider;
    this.subscriptions = subscriptions;
    this.inbox = inbox;
    this.clock = clock;
    this.most = most;
  }

  /// How much is looked for.
  ///
  /// @param interval from the end of a run to the start of the next
  /// @param most how many may be noted in a run, so that they are looked at before the next one
  public record Pace(Duration interval, int most) {}

  /// The job.
  public static Job job(
      StoreProvider provider,
      Subscriptions subscriptions,
      Inbox inbox,
      InstantSource clock,
      Pace pace,
      Duration lease) {
    return new Job(
        name(provider),
        pace.interval(),
        lease,
        new SweepRenewals(provider, subscriptions, inbox, clock, pace.most()));
  }

  /// Each store is swept by itself; `decisions-stores.md` §1 has the first name.
  private static LeaseName name(StoreProvider provider) {
    return switch (provider) {
      case GOOGLE -> new LeaseName("sweep");
      case APPLE -> new LeaseName("apple.sweep");
    };
  }

  @Override
  public void run(Job.Turn turn) {
    int noted = 0;
    @Nullable SubscriptionKey last = null;
    List<SubscriptionKey> batch;
    do {
      batch = subscriptions.toSweep(provider.payments(), last, PORTION, clock.instant());
      noted += inbox.enqueueMissing(batch.stream().map(this::owed).toList(), clock.instant());
      last = batch.isEmpty() ? last : batch.getLast();
    } while (batch.size() == PORTION && noted < most && turn.goesOn());
    if (noted > 0) {
      LOG.info("subscriptions of {} whose renewal nobody has announced: {}", provider, noted);
    }
  }

  private Owed owed(SubscriptionKey key) {
    return Owed.swept(new WorkItem(provider, WorkKind.RECONCILE, key.value()));
  }
}
