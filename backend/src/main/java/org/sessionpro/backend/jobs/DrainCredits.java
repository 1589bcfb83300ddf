package org.sessionpro.backend.jobs;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.sessionpro.backend.db.LeaseName;
import org.sessionpro.backend.ledger.DueCredits;
import org.sessionpro.backend.ledger.Ledger;
import org.sessionpro.backend.telemetry.LoggerName;
import org.slf4j.Logger;

/// Charges the credits of accounts that were not charged for longer than the window
/// (`entitlement.md` §10), each account in a transaction of its own. One that fails does not keep
/// the others waiting.
public final class DrainCredits implements Job.Work {
  private static final Logger LOG = LoggerName.BACKEND.logger();

  private static final LeaseName NAME = new LeaseName("drain");
  private static final Duration INTERVAL = Duration.ofMinutes(2);

  /// Accounts looked up at once.
  private static final int BATCH = 100;

  private final Ledger ledger;
  private final Duration window;
  private final InstantSource clock;

  private DrainCredits(Ledger ledger, Duration window, InstantSource clock) {
    this.ledger = ledger;
    this.window = window;
    this.clock = clock;
  }

  /// The job, every 120 s.
  ///
  /// @param window how long ago an account must have been charged to be charged again; at least zero
  public static Job job(Ledger ledger, Duration window, InstantSource clock, Duration lease) {
    return new Job(NAME, INTERVAL, lease, new DrainCredits(ledger, window, clock));
  }

  @Override
  public void run(Job.Turn turn) {
    Pass pass = new Pass(clock.instant());
    List<DueCredits> batch = pass.batchAfter(null);
    while (!batch.isEmpty()) {
      for (DueCredits due : batch) {
        if (!turn.goesOn()) {
          pass.end();
          return;
        }
        pass.drain(due);
      }
      batch = pass.batchAfter(batch.getLast());
    }
    pass.end();
  }

  /// One run. It charges every account up to the instant at which it began, so that it meets none
  /// twice.
  private final class Pass {
    private final Instant began;
    private int charged;
    private int failed;
    private @Nullable RuntimeException firstFailure;

    Pass(Instant began) {
      this.began = began;
    }

    List<DueCredits> batchAfter(@Nullable DueCredits last) {
      return ledger.dueCredits(began, window, last, BATCH);
    }

    void drain(DueCredits due) {
      try {
        ledger.drainCredits(due.account(), began, window).ifPresent(_ -> charged++);
      } catch (RuntimeException failure) {
        failed++;
        firstFailure = firstFailure == null ? failure : firstFailure;
      }
    }

    void end() {
      LOG.debug("charged the credits of {} accounts", charged);
      if (failed > 0) {
        throw new IllegalStateException(
            "accounts whose credits could not be charged: " + failed, firstFailure);
      }
    }
  }
}
