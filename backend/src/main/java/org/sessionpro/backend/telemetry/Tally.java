package org.sessionpro.backend.telemetry;

import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/// Counts how often each of a closed set of things happened since the process began. Counting costs
/// some nanoseconds and never waits; safe for any number of threads.
///
/// @param <E> the things
public final class Tally<E extends Enum<E>> {
  private final Class<E> things;
  private final LongAdder[] counts;

  private Tally(Class<E> things) {
    this.things = things;
    this.counts = new LongAdder[things.getEnumConstants().length];
    Arrays.setAll(counts, _ -> new LongAdder());
  }

  /// A tally in which nothing has happened yet.
  public static <E extends Enum<E>> Tally<E> of(Class<E> things) {
    return new Tally<>(things);
  }

  /// It happened once more.
  public void count(E thing) {
    counts[thing.ordinal()].increment();
  }

  /// It happened so many times more.
  public void count(E thing, long times) {
    counts[thing.ordinal()].add(times);
  }

  /// How often each has happened, those that never did too.
  public Map<E, Long> read() {
    Map<E, Long> all = new EnumMap<>(things);
    for (E thing : things.getEnumConstants()) {
      all.put(thing, counts[thing.ordinal()].sum());
    }
    return Collections.unmodifiableMap(all);
  }
}
