package org.sessionpro.backend.jobs;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.sessionpro.backend.config.DatabaseUrl;
import org.sessionpro.backend.db.Database;
import org.sessionpro.backend.db.Databases;
import org.sessionpro.backend.db.LeaseHolder;
import org.sessionpro.backend.db.Leases;
import org.sessionpro.simulator.SimulatedClock;

/// One of the processes on a database: a holder, a clock and connections of its own.
final class Site implements AutoCloseable {
  private static final Random HOLDERS = new Random(20_261_123);

  /// Longer than anything takes that ends by itself.
  private static final Duration TICK = Duration.ofSeconds(1);

  private static final Duration PATIENCE = Duration.ofSeconds(20);

  final SimulatedClock clock;
  final Leases leases;
  final Scheduler scheduler;
  private final Database database;

  Site(DatabaseUrl url, SimulatedClock clock, Job... jobs) {
    this(Databases.open(url), clock, PATIENCE, jobs);
  }

  /// @param patience of a stop, with each of the things that it waits for
  Site(Database database, SimulatedClock clock, Duration patience, Job... jobs) {
    this.clock = clock;
    this.database = database;
    this.leases = new Leases(database);
    this.scheduler =
        new Scheduler(List.of(jobs), leases, LeaseHolder.drawn(HOLDERS), clock, TICK, patience);
  }

  /// Does what is due, to the end.
  void tick() {
    for (Thread begun : scheduler.tick()) {
      join(begun);
    }
  }

  static void join(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException stopped) {
      throw new IllegalStateException(stopped);
    }
  }

  @Override
  public void close() {
    scheduler.close();
    database.close();
  }
}
