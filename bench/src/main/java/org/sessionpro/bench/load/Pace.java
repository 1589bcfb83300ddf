package org.sessionpro.bench.load;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/// When each request of a load starts. Safe for any number of threads.
interface Pace {
  /// Waits until a request is due.
  ///
  /// @return when it was due by [System#nanoTime()]; its latency counts from there
  long awaitTurn() throws InterruptedException;

  /// Forgets what is overdue: the next request is due now.
  default void restart() {}

  /// A closed loop: each connection asks again as soon as it is answered. A slow server is asked
  /// less often, which hides how long others would have waited.
  record AfterAnswer() implements Pace {
    @Override
    public long awaitTurn() {
      return System.nanoTime();
    }
  }

  /// An open loop: requests are due at a constant rate, whether or not the server keeps up. One that
  /// finds every connection busy waits, and the wait is part of its latency.
  final class Rate implements Pace {
    private final double nanosPerRequest;
    private volatile Schedule schedule = new Schedule();

    /// One request after the other from a start on.
    private static final class Schedule {
      private final long start = System.nanoTime();
      private final AtomicLong turn = new AtomicLong();
    }

    /// @param perSecond above 0
    Rate(int perSecond) {
      this.nanosPerRequest = (double) TimeUnit.SECONDS.toNanos(1) / perSecond;
    }

    @Override
    public long awaitTurn() throws InterruptedException {
      Schedule current = schedule;
      long due = current.start + (long) (current.turn.getAndIncrement() * nanosPerRequest);
      long wait = due - System.nanoTime();
      if (wait > 0) {
        TimeUnit.NANOSECONDS.sleep(wait);
      }
      return due;
    }

    @Override
    public void restart() {
      schedule = new Schedule();
    }
  }
}
