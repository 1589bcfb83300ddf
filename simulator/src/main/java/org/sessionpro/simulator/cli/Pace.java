package org.sessionpro.simulator.cli;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.sessionpro.simulator.VirtualClock;

/// Lets the simulated time pass faster than the real one, in small steps.
final class Pace implements AutoCloseable {
  private static final Duration STEP = Duration.ofMillis(50);

  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("simulator-pace").factory());

  private Pace() {}

  /// @param speed simulated seconds in a real one, at least 1; the clock runs by itself at 1
  static Pace start(VirtualClock clock, int speed) {
    if (speed < 1) {
      throw new IllegalArgumentException("--speed is at least 1");
    }
    Pace pace = new Pace();
    if (speed > 1) {
      Duration ahead = STEP.multipliedBy(speed - 1L);
      var _ =
          pace.thread.scheduleAtFixedRate(
              () -> clock.forward(ahead), 0, STEP.toMillis(), TimeUnit.MILLISECONDS);
    }
    return pace;
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }
}
