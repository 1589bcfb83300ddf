package org.sessionpro.bench;

import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntConsumer;

/// Says every few seconds how far a database is filled. Safe for any number of threads.
final class Progress implements IntConsumer {
  private static final long INTERVAL = Duration.ofSeconds(5).toNanos();

  private final PrintStream out;
  private final int all;
  private final long start = System.nanoTime();
  private final AtomicLong due = new AtomicLong(start + INTERVAL);

  /// @param all how many accounts there will be
  Progress(PrintStream out, int all) {
    this.out = out;
    this.all = all;
  }

  @Override
  public void accept(int made) {
    long now = System.nanoTime();
    long present = due.get();
    if (now - present >= 0 && due.compareAndSet(present, now + INTERVAL)) {
      out.println(line(made, Duration.ofNanos(now - start)));
    }
  }

  String line(int made, Duration elapsed) {
    return String.format(
        Locale.ROOT, "%,d of %,d accounts, %,.0f/s", made, all, perSecond(made, elapsed));
  }

  static double perSecond(int made, Duration elapsed) {
    return made * (double) Duration.ofSeconds(1).toNanos() / Math.max(1, elapsed.toNanos());
  }
}
