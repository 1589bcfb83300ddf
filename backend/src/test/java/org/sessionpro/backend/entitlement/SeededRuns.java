package org.sessionpro.backend.entitlement;

import java.util.Random;
import java.util.function.Consumer;

/// Repeats a check with random input whose seed it prints, and names in a failure.
final class SeededRuns {
  private SeededRuns() {}

  /// Runs `check` `times` times, each with a source of its own.
  ///
  /// `-D<name>=N` sets another number of times, `-D<name>.seed=N` the first seed.
  static void of(String name, int times, Consumer<Random> check) {
    int count = Integer.getInteger(name, times);
    long first = Long.getLong(name + ".seed", 20_261_123L);
    System.out.printf("%s: %d runs from seed %d%n", name, count, first);
    for (int i = 0; i < count; i++) {
      try {
        check.accept(new Random(first + i));
      } catch (AssertionError | RuntimeException failed) {
        throw new AssertionError(name + ", seed " + (first + i), failed);
      }
    }
  }
}
