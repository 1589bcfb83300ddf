package org.sessionpro.simulator;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;

/// A clock that stands still until it is moved. Safe for any number of threads.
public final class SimulatedClock implements VirtualClock {
  private final AtomicReference<Instant> now;

  public SimulatedClock(Instant start) {
    this.now = new AtomicReference<>(start);
  }

  @Override
  public Instant instant() {
    return now.get();
  }

  @Override
  public void forwardTo(Instant instant) {
    now.updateAndGet(present -> instant.isAfter(present) ? instant : present);
  }

  /// Moves the clock, forward or back.
  public void moveTo(Instant instant) {
    now.set(instant);
  }

  /// Moves the clock by `step`, which may be negative.
  public void advance(Duration step) {
    now.updateAndGet(instant -> instant.plus(step));
  }
}
