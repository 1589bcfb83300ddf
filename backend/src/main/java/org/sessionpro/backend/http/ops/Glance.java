package org.sessionpro.backend.http.ops;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.sessionpro.backend.telemetry.LoggerName;
import org.slf4j.Logger;

/// A value that takes its time, for those who cannot wait: one thread at most looks for a newer one, and
/// only after somebody has asked. Times are real.
///
/// @param <T> the value
final class Glance<T> {
  private static final Logger LOG = LoggerName.BACKEND.logger();

  private final String what;
  private final Supplier<T> look;
  private final Duration freshness;
  private final LongAdder failures = new LongAdder();
  private final AtomicReference<@Nullable Thread> looking = new AtomicReference<>();
  private volatile @Nullable Held<T> held;
  private volatile long lookedAt;
  private volatile boolean looked;
  private volatile boolean failing;

  /// What was seen.
  ///
  /// @param at when the look ended, by [System#nanoTime()]
  record Held<T>(T value, long at) {
    /// How long ago that was.
    Duration age() {
      return Duration.ofNanos(System.nanoTime() - at);
    }
  }

  /// @param what it is, in words for the log
  /// @param look gets the value, however long that takes
  /// @param freshness how old the last look must be before there is another one
  Glance(String what, Supplier<T> look, Duration freshness) {
    this.what = what;
    this.look = look;
    this.freshness = freshness;
  }

  /// The newest value, perhaps an old one; empty if there never was one. Has somebody look for a newer
  /// one if the last look is old, and waits for that, but not for long.
  Optional<Held<T>> get(Duration patience) {
    try {
      Thread begun = begin();
      if (begun != null) {
        var _ = begun.join(patience);
      }
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
    }
    return Optional.ofNullable(held);
  }

  /// How many looks failed.
  long failures() {
    return failures.sum();
  }

  /// The look that is under way; null if none is, for the last one is recent.
  private synchronized @Nullable Thread begin() {
    Thread present = looking.get();
    if (present != null) {
      return present;
    }
    if (looked && System.nanoTime() - lookedAt < freshness.toNanos()) {
      return null;
    }
    Thread thread = Thread.ofVirtual().name("look at " + what).unstarted(this::look);
    looking.set(thread);
    thread.start();
    return thread;
  }

  private void look() {
    try {
      held = new Held<>(look.get(), System.nanoTime());
      failing = false;
    } catch (RuntimeException failed) {
      failures.increment();
      if (!failing) {
        LOG.warn("{} cannot be read, and that is tried again", what, failed);
      }
      failing = true;
    } finally {
      lookedAt = System.nanoTime();
      looked = true;
      looking.set(null);
    }
  }
}
