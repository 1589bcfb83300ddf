package org.sessionpro.backend.http;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// Lets a bounded number in at once. Others wait in the order in which they came, and no newcomer
/// overtakes them.
///
/// Who waits is an object in a queue: it holds no thread.
final class Gate {
  private final int places;
  private final int seats;
  private final Optional<Duration> patience;
  private final Executor executor;

  private final ReentrantLock lock = new ReentrantLock();
  private final SequencedMap<Turn, Long> waiting = new LinkedHashMap<>();
  private int free;
  private boolean sweeping;

  /// Somebody who asks to be let in; one call at a time is made to it. Told apart by identity.
  interface Turn {
    /// The turn has come. Whoever is admitted has to see to it that [#leave()] is called.
    void admitted();

    /// Nobody can wait any more, or this turn has not come in time.
    void refused();
  }

  private enum Decision {
    ADMIT,
    WAIT,
    REFUSE
  }

  private Gate(int places, int seats, Optional<Duration> patience, Executor executor) {
    this.places = places;
    this.free = places;
    this.seats = seats;
    this.patience = patience;
    this.executor = executor;
  }

  /// A gate that refuses whoever finds it full or waits too long.
  ///
  /// @param executor runs the turns of those who have waited
  static Gate of(HttpLimits.WorkLimits limits, Executor executor) {
    return new Gate(limits.atOnce(), limits.waiting(), Optional.of(limits.patience()), executor);
  }

  /// A gate at which everybody waits for as long as it takes.
  ///
  /// @param places how many it lets in at once
  /// @param executor runs the turns of those who have waited
  static Gate patient(int places, Executor executor) {
    return new Gate(places, Integer.MAX_VALUE, Optional.empty(), executor);
  }

  /// Admits or refuses `turn` at once and in this thread, or lets it wait.
  void enter(Turn turn) {
    switch (decide(turn)) {
      case ADMIT -> turn.admitted();
      case WAIT -> {}
      case REFUSE -> turn.refused();
    }
  }

  private Decision decide(Turn turn) {
    lock.lock();
    try {
      if (takePlace()) {
        return Decision.ADMIT;
      }
      if (waiting.size() >= seats) {
        return Decision.REFUSE;
      }
      waiting.put(turn, System.nanoTime());
      if (!sweeping) {
        patience.ifPresent(limit -> sweepIn(limit.toNanos()));
      }
      return Decision.WAIT;
    } finally {
      lock.unlock();
    }
  }

  /// Whether the caller is let in without waiting; then it has to call [#leave()].
  boolean tryEnter() {
    lock.lock();
    try {
      return takePlace();
    } finally {
      lock.unlock();
    }
  }

  /// A place is never free while somebody waits.
  private boolean takePlace() {
    if (free == 0) {
      return false;
    }
    free--;
    return true;
  }

  /// How many are inside, and how many wait.
  ServerLoad.AtGate load() {
    lock.lock();
    try {
      return new ServerLoad.AtGate(places - free, waiting.size());
    } finally {
      lock.unlock();
    }
  }

  /// Takes `turn` out of the queue. False if it does not wait there, because its turn has come or it
  /// was refused.
  boolean withdraw(Turn turn) {
    lock.lock();
    try {
      return waiting.remove(turn) != null;
    } finally {
      lock.unlock();
    }
  }

  /// Gives a place back; the first in the queue gets it.
  void leave() {
    Turn next = next();
    if (next != null) {
      executor.execute(next::admitted);
    }
  }

  private @Nullable Turn next() {
    lock.lock();
    try {
      Map.Entry<Turn, Long> first = waiting.pollFirstEntry();
      if (first == null) {
        free++;
        return null;
      }
      return first.getKey();
    } finally {
      lock.unlock();
    }
  }

  /// One timer for all: whoever came first runs out of time first.
  private void sweepIn(long nanos) {
    sweeping = true;
    CompletableFuture.delayedExecutor(nanos, TimeUnit.NANOSECONDS, executor).execute(this::sweep);
  }

  private void sweep() {
    List<Turn> late = new ArrayList<>();
    lock.lock();
    try {
      long limit = patience.orElseThrow().toNanos();
      long now = System.nanoTime();
      Map.Entry<Turn, Long> first = waiting.firstEntry();
      while (first != null && now - first.getValue() >= limit) {
        late.add(first.getKey());
        waiting.pollFirstEntry();
        first = waiting.firstEntry();
      }
      if (first == null) {
        sweeping = false;
      } else {
        sweepIn(limit - (now - first.getValue()));
      }
    } finally {
      lock.unlock();
    }
    late.forEach(turn -> executor.execute(turn::refused));
  }
}
