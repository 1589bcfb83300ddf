package org.sessionpro.backend.jobs;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.sessionpro.backend.db.Lease;
import org.sessionpro.backend.db.LeaseHolder;
import org.sessionpro.backend.db.Leases;
import org.sessionpro.backend.db.Leases.Attempt;
import org.sessionpro.backend.telemetry.LoggerName;
import org.sessionpro.backend.telemetry.Tally;
import org.slf4j.Logger;

/// One job in this process. It asks for the job's lease three times within the length of one, so
/// that a living holder keeps it and a dead one is soon followed, and does the work when the lease
/// is ours and the work is due.
///
/// Each look is on a thread of its own, one at a time; fields that are not volatile belong to it.
final class Duty {
  private static final Logger LOG = LoggerName.BACKEND.logger();

  private final Job job;
  private final Leases leases;
  private final LeaseHolder holder;
  private final InstantSource clock;
  private final BooleanSupplier stopping;

  /// Before work that failed is tried again for the first time.
  private static final Duration FIRST_RETRY = Duration.ofMinutes(1);

  private static final int MAX_DOUBLINGS = 16;

  /// Between two looks: a third of the lease.
  private final Duration pause;

  private final AtomicReference<@Nullable Thread> looking = new AtomicReference<>();
  private final Tally<JobState.Ending> endings = Tally.of(JobState.Ending.class);
  private volatile boolean held;
  private volatile @Nullable Duration lastRun;
  private volatile Instant nextLook = Instant.MIN;
  private Instant nextRun = Instant.MIN;

  /// Of the lease under which this process last did the work. Another one means that the work was
  /// in other hands in between.
  private long token;

  /// Failures since it last did not fail.
  private int failures;

  private boolean outOfReach;

  Duty(Job job, Leases leases, LeaseHolder holder, InstantSource clock, BooleanSupplier stopping) {
    this.job = job;
    this.leases = leases;
    this.holder = holder;
    this.clock = clock;
    this.stopping = stopping;
    this.pause = job.lease().dividedBy(3);
  }

  /// Begins a look if one is due and none is under way.
  Optional<Thread> begin() {
    if (stopping.getAsBoolean()
        || looking.get() != null
        || !isReached(nextLook, pause, clock.instant())) {
      return Optional.empty();
    }
    Thread thread = Thread.ofVirtual().name("job " + job.name()).unstarted(this::look);
    looking.set(thread);
    thread.start();
    return Optional.of(thread);
  }

  /// The look that is under way; empty if none is.
  Optional<Thread> looking() {
    return Optional.ofNullable(looking.get());
  }

  /// How the job goes in this process.
  JobState state() {
    return new JobState(job.name(), job.interval(), held, endings.read(), lastRun);
  }

  /// Whether no look is under way and none is due.
  boolean isAtRest() {
    return looking.get() == null && !isReached(nextLook, pause, clock.instant());
  }

  private void look() {
    try {
      nextLook = attend();
      outOfReach = false;
    } catch (RuntimeException failed) {
      held = false;
      nextLook = clock.instant().plus(pause);
      if (!outOfReach && !stopping.getAsBoolean()) {
        LOG.warn("job {} cannot reach its lease, and keeps trying", job.name(), failed);
      }
      outOfReach = true;
    } finally {
      looking.set(null);
    }
  }

  /// Returns when to look again.
  private Instant attend() {
    Instant now = clock.instant();
    return switch (leases.take(job.name(), holder, now, now.plus(job.lease()))) {
      case Attempt.Refused(Instant until) -> {
        held = false;
        yield earlier(until, now.plus(pause));
      }
      case Attempt.Taken(Lease lease) -> {
        held = true;
        if (lease.token() != token || isReached(nextRun, job.interval(), now)) {
          run(lease);
        }
        yield earlier(nextRun, clock.instant().plus(pause));
      }
    };
  }

  private void run(Lease lease) {
    token = lease.token();
    long begun = System.nanoTime();
    HeldTurn turn = new HeldTurn(lease);
    boolean succeeded = false;
    Duration rest = job.interval();
    try {
      job.work().run(turn);
      succeeded = !turn.undone;
      endings.count(succeeded ? JobState.Ending.SUCCEEDED : JobState.Ending.LEFT_UNDONE);
      failures = 0;
    } catch (RuntimeException | Error failed) {
      rest = retryDelay(failures++);
      if (stopping.getAsBoolean()) {
        endings.count(JobState.Ending.LEFT_UNDONE);
        LOG.debug("job {} was cut short by the stop", job.name(), failed);
      } else {
        endings.count(JobState.Ending.FAILED);
        LOG.error("job {} failed; it is tried again in {} s", job.name(), rest.toSeconds(), failed);
      }
    }
    lastRun = Duration.ofNanos(System.nanoTime() - begun);
    Instant end = clock.instant();
    nextRun = end.plus(rest);
    if (!leases.recordRun(lease, succeeded, end)) {
      LOG.warn("job {} was taken over by another process before it ended here", job.name());
    }
  }

  /// How long to wait after a failure.
  ///
  /// @param before failures in a row before this one
  private Duration retryDelay(int before) {
    Duration delay = FIRST_RETRY.multipliedBy(1L << Math.min(before, MAX_DOUBLINGS));
    return delay.compareTo(job.interval()) < 0 ? delay : job.interval();
  }

  /// Whether `due` has come, or is further away than it was ever set because the clock was set back.
  private static boolean isReached(Instant due, Duration distance, Instant now) {
    return !now.isBefore(due) || due.isAfter(now.plus(distance));
  }

  private static Instant earlier(Instant one, Instant other) {
    return one.isBefore(other) ? one : other;
  }

  /// A run that goes on while the lease is ours.
  private final class HeldTurn implements Job.Turn {
    private Lease lease;
    private boolean lost;
    private boolean undone;

    HeldTurn(Lease lease) {
      this.lease = lease;
    }

    @Override
    public boolean goesOn() {
      if (lost || stopping.getAsBoolean()) {
        return false;
      }
      Instant now = clock.instant();
      if (isReached(lease.renewedAt().plus(pause), pause, now)) {
        Optional<Lease> renewed = leases.renew(lease, now, now.plus(job.lease()));
        renewed.ifPresent(kept -> lease = kept);
        lost = renewed.isEmpty();
      }
      return !lost;
    }

    @Override
    public void leaveUndone() {
      undone = true;
    }
  }
}
