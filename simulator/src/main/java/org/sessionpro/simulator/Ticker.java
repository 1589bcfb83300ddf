package org.sessionpro.simulator;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/// Lets a simulator notice that its clock has run on while nobody asked it anything.
public final class Ticker implements AutoCloseable {
  /// Real time between two looks, as the scheduler of a server under test has it
  /// (`decisions-stores.md` §7).
  private static final Duration INTERVAL = Duration.ofMillis(20);

  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("simulator-ticker").factory());

  private Ticker() {}

  /// Runs `look` again and again until this is closed.
  public static Ticker start(Runnable look) {
    Ticker ticker = new Ticker();
    var _ =
        ticker.thread.scheduleWithFixedDelay(look, 0, INTERVAL.toMillis(), TimeUnit.MILLISECONDS);
    return ticker;
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }
}
