package org.sessionpro.backend.jobs;

import java.time.Duration;
import java.time.InstantSource;
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
  private final InstantSource clock;

  private PruneRevocations(Ledger ledger, InstantSource clock) {
    this.ledger = ledger;
    this.clock = clock;
  }

  /// The job, every 600 s.
  public static Job job(Ledger ledger, InstantSource clock, Duration lease) {
    return new Job(NAME, INTERVAL, lease, new PruneRevocations(ledger, clock));
  }

  @Override
  public void run(Job.Turn turn) {
    int total = 0;
    int deleted;
    do {
      deleted = ledger.pruneRevocations(clock.instant(), RevocationSnapshot.RETENTION, PORTION);
      total += deleted;
    } while (deleted == PORTION && turn.goesOn());
    LOG.debug("pruned {} revoked generations", total);
  }
}
