package org.sessionpro.bench.load;

import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/// When each request of a load starts. Safe for any number of threads.
interface Pace {
  /// Waits until a request is due.
  ///
  /// @return when it was due by [System#nanoTime()], from where its latency counts; empty if none
  ///     will be due any more
  OptionalLong awaitTurn() throws InterruptedException;

  /// Forgets what is overdue: the next request is due now, and none once `span` is over.
  default void restart(Duration span) {}

  /// From now on no request is due, not even an overdue one.
  ///
  /// @return how many were due and have not been taken
  default long stop() {
    return 0;
  }

  /// A closed loop: each connection asks again as soon as it is answered. A slow server is asked
  /// less often, which hides how long others would have waited. Nothing is ever overdue.
  final class AfterAnswer implements Pace {
    private volatile Stretch stretch = new Stretch(System.nanoTime(), Long.MAX_VALUE);

    /// @param start by [System#nanoTime()]
    private record Stretch(long start, long nanos) {}

    @Override
    public OptionalLong awaitTurn() {
      Stretch current = stretch;
      long now = System.nanoTime();
      return now - current.start < current.nanos ? OptionalLong.of(now) : OptionalLong.empty();
    }

    @Override
    public void restart(Duration span) {
      stretch = new Stretch(System.nanoTime(), span.toNanos());
    }

    @Override
    public long stop() {
      stretch = new Stretch(System.nanoTime(), 0);
      return 0;
    }
  }

  /// An open loop: requests are due at a constant rate, whether or not the server keeps up. One that
  /// finds every connection busy waits, also beyond the end of the span, and the wait is part of its
  /// latency.
  final class Rate implements Pace {
    /// Requests of a schedule that has no end; some more can be counted behind it.
    private static final long ENDLESS = Long.MAX_VALUE / 2;

    private final double nanosPerRequest;
    private volatile Schedule schedule = new Schedule(ENDLESS);

    /// One request after the other from a start on.
    private static final class Schedule {
      private final long start = System.nanoTime();
      private final long requests;
      private final AtomicLong turn = new AtomicLong();
      private final CountDownLatch replaced = new CountDownLatch(1);

      Schedule(long requests) {
        this.requests = requests;
      }

      /// Waits until `due`, unless another schedule replaces this one.
      boolean isReplacedBefore(long due) throws InterruptedException {
        long wait = due - System.nanoTime();
        // Whoever is late is not interrupted: what he has taken would be lost.
        return wait > 0 ? replaced.await(wait, TimeUnit.NANOSECONDS) : replaced.getCount() == 0;
      }
    }

    /// @param perSecond above 0
    Rate(double perSecond) {
      this.nanosPerRequest = (double) TimeUnit.SECONDS.toNanos(1) / perSecond;
    }

    @Override
    public OptionalLong awaitTurn() throws InterruptedException {
      while (true) {
        Schedule current = schedule;
        long turn = current.turn.getAndIncrement();
        if (turn >= current.requests) {
          return OptionalLong.empty();
        }
        long due = current.start + (long) (turn * nanosPerRequest);
        if (!current.isReplacedBefore(due)) {
          return OptionalLong.of(due);
        }
      }
    }

    @Override
    public void restart(Duration span) {
      Schedule former = schedule;
      schedule = new Schedule((long) Math.ceil(span.toNanos() / nanosPerRequest));
      former.replaced.countDown();
    }

    @Override
    public long stop() {
      Schedule last = schedule;
      return Math.max(0, last.requests - last.turn.getAndSet(last.requests));
    }
  }
}
