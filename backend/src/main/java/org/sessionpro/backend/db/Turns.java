package org.sessionpro.backend.db;

import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;

/// Lets the work of each [Line] go on in order of arrival, one at a time; different lines never wait
/// for one another. A line is known for as long as somebody stands in it.
final class Turns {
  private final ConcurrentMap<Line, Place> places = new ConcurrentHashMap<>();
  private final int seats;
  private final Duration patience;
  private final LongAdder timeouts = new LongAdder();

  /// @param seats how many stand in one line at most, whoever is at work included
  /// @param patience how long a turn is waited for
  Turns(int seats, Duration patience) {
    this.seats = seats;
    this.patience = patience;
  }

  /// Where the work of one line is done.
  ///
  /// @param standing how many wait for it or are there
  private record Place(Semaphore free, int standing) {
    Place() {
      this(new Semaphore(1, true), 0);
    }

    Place with(int more) {
      return new Place(free, standing + more);
    }
  }

  /// Does the work when its turn has come; it must not ask for a turn of the same line itself.
  ///
  /// @throws LineFull if no more may stand in that line
  /// @throws DatabaseFault if it does not come in time
  <T> T take(Line line, Supplier<T> work) {
    Semaphore free = places.merge(line, new Place().with(1), (there, _) -> joined(there)).free();
    try {
      enter(free);
      try {
        return work.get();
      } finally {
        free.release();
      }
    } finally {
      places.computeIfPresent(line, (_, place) -> place.standing() == 1 ? null : place.with(-1));
    }
  }

  private Place joined(Place there) {
    if (there.standing() == seats) {
      throw new LineFull();
    }
    return there.with(1);
  }

  /// How many turns did not come in time.
  long timeouts() {
    return timeouts.sum();
  }

  private void enter(Semaphore free) {
    try {
      if (!free.tryAcquire(patience.toMillis(), TimeUnit.MILLISECONDS)) {
        timeouts.increment();
        throw new DatabaseFault("too much else is to be changed in the same place");
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new DatabaseFault("interrupted while waiting for a turn", stopped);
    }
  }

  /// How many lines somebody stands in.
  int lines() {
    return places.size();
  }
}
