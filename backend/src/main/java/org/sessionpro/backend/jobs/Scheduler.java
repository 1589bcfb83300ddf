package org.sessionpro.backend.jobs;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.sessionpro.backend.db.LeaseHolder;
import org.sessionpro.backend.db.Leases;
import org.sessionpro.backend.telemetry.LoggerName;
import org.slf4j.Logger;

/// Runs jobs, each on one process of all that share the database (`entitlement.md` §13).
///
/// A process that gets the lease of a job does its work at once and then each interval, and keeps the
/// lease in between. A process that stops gives its leases up; one that dies or hangs is followed by
/// another when its lease has lapsed, to a tick. Work that fails is tried again after a minute, then
/// after twice as long each time, and at its interval at the latest; no job waits for another.
///
/// All times are the given clock's; only the wait between two ticks is real. A clock that jumps is
/// noticed at the next tick: forward, what is due is done once; back, nothing waits longer than its
/// interval.
public final class Scheduler implements AutoCloseable {
  private static final Logger LOG = LoggerName.BACKEND.logger();

  /// How long a stop waits for work to come to the end of its portion; then again for it to heed an
  /// interrupt, and again for the leases to be released.
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private static final Duration TICK = Duration.ofSeconds(1);

  private final List<Duty> duties;
  private final Leases leases;
  private final LeaseHolder holder;
  private final InstantSource clock;
  private final Duration tick;
  private final Duration patience;
  private final CountDownLatch end = new CountDownLatch(1);
  private volatile @Nullable Thread loop;

  /// A scheduler that looks each second.
  ///
  /// @param holder this process
  public Scheduler(List<Job> jobs, Leases leases, LeaseHolder holder, InstantSource clock) {
    this(jobs, leases, holder, clock, TICK);
  }

  /// As above.
  ///
  /// @param tick real time between two looks at the clock
  public Scheduler(
      List<Job> jobs, Leases leases, LeaseHolder holder, InstantSource clock, Duration tick) {
    this(jobs, leases, holder, clock, tick, PATIENCE);
  }

  Scheduler(
      List<Job> jobs,
      Leases leases,
      LeaseHolder holder,
      InstantSource clock,
      Duration tick,
      Duration patience) {
    this.duties =
        jobs.stream()
            .map(job -> new Duty(job, leases, holder, clock, () -> end.getCount() == 0))
            .toList();
    this.leases = leases;
    this.holder = holder;
    this.clock = clock;
    this.tick = tick;
    this.patience = patience;
  }

  /// Begins to run the jobs, which happens in the background.
  public synchronized void start() {
    if (loop == null) {
      LOG.info("jobs run here as {} while no other process has their leases", holder);
      loop = Thread.ofVirtual().name("jobs").start(this::tickUntilTheEnd);
    }
  }

  private void tickUntilTheEnd() {
    try {
      do {
        tick();
      } while (!end.await(tick.toMillis(), TimeUnit.MILLISECONDS));
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  /// Begins what is due.
  ///
  /// @return the threads that do it
  List<Thread> tick() {
    return duties.stream().flatMap(duty -> duty.begin().stream()).toList();
  }

  /// How the jobs go in this process, in their order.
  public List<JobState> states() {
    return duties.stream().map(Duty::state).toList();
  }

  /// Whether nothing is under way, and nothing is due by the clock as it stands.
  public boolean isAtRest() {
    return duties.stream().allMatch(Duty::isAtRest);
  }

  /// Stops: begins nothing more, lets work come to the end of its portion, interrupts what does not,
  /// and gives the leases up. Returns within three times two seconds, whatever the work and the
  /// database do. Closing again does nothing.
  @Override
  public void close() {
    if (end.getCount() == 0) {
      return;
    }
    end.countDown();
    try {
      Thread ticking = loop;
      if (ticking != null) {
        ticking.join();
      }
      if (!haveEnded(patience)) {
        duties.forEach(duty -> duty.looking().ifPresent(Thread::interrupt));
        if (!haveEnded(patience)) {
          LOG.warn("stopped while a job was still running");
        }
      }
      if (!Thread.ofVirtual().name("jobs").start(this::release).join(patience)) {
        LOG.warn("stopped before the leases of jobs were released; they lapse");
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  private boolean haveEnded(Duration limit) throws InterruptedException {
    long deadline = System.nanoTime() + limit.toNanos();
    for (Duty duty : duties) {
      Optional<Thread> looking = duty.looking();
      if (looking.isPresent()
          && !looking.get().join(Duration.ofNanos(Math.max(deadline - System.nanoTime(), 0)))) {
        return false;
      }
    }
    return true;
  }

  private void release() {
    try {
      leases.release(holder, clock.instant());
    } catch (RuntimeException outOfReach) {
      LOG.warn("the leases of jobs could not be released; they lapse", outOfReach);
    }
  }
}
