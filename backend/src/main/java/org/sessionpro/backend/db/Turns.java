package org.sessionpro.backend.db;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;
import java.util.stream.Stream;

/// Lets the work of each [Line] go on in order of arrival, one at a time. A few lines that have nothing
/// to do with each other share a place, so that the memory is bounded.
final class Turns {
  /// A power of two.
  private static final int PLACES = 256;

  private final Semaphore[] places =
      Stream.generate(() -> new Semaphore(1, true)).limit(PLACES).toArray(Semaphore[]::new);

  private final Duration patience;
  private final LongAdder timeouts = new LongAdder();

  /// @param patience how long a turn is waited for
  Turns(Duration patience) {
    this.patience = patience;
  }

  /// Does the work when its turn has come; it must not ask for a turn itself.
  ///
  /// @throws DatabaseFault if it does not come in time
  <T> T take(Line line, Supplier<T> work) {
    int spread = line.number() ^ (line.number() >>> 16);
    Semaphore place = places[(spread ^ (spread >>> 8)) & (PLACES - 1)];
    enter(place);
    try {
      return work.get();
    } finally {
      place.release();
    }
  }

  /// How many turns did not come in time.
  long timeouts() {
    return timeouts.sum();
  }

  private void enter(Semaphore place) {
    try {
      if (!place.tryAcquire(patience.toMillis(), TimeUnit.MILLISECONDS)) {
        timeouts.increment();
        throw new DatabaseFault("too much else is to be changed in the same place");
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new DatabaseFault("interrupted while waiting for a turn", stopped);
    }
  }
}
