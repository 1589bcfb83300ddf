package org.sessionpro.backend.telemetry;

import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.LongAdder;

/// Counts how often each of a closed set of things happened since the process began. Counting costs
/// some nanoseconds and never waits; safe for any number of threads.
///
/// @param <E> the things
public final class Tally<E extends Enum<E>> {
  /// One for each thing, never changed itself.
  private final Map<E, LongAdder> counts;

  private Tally(Class<E> things) {
    this.counts = new EnumMap<>(things);
    for (E thing : things.getEnumConstants()) {
      counts.put(thing, new LongAdder());
    }
  }

  /// A tally in which nothing has happened yet.
  public static <E extends Enum<E>> Tally<E> of(Class<E> things) {
    return new Tally<>(things);
  }

  /// It happened once more.
  public void count(E thing) {
    count(thing, 1);
  }

  /// It happened so many times more.
  public void count(E thing, long times) {
    Objects.requireNonNull(counts.get(thing)).add(times);
  }

  /// How often each has happened, those that never did too, in their order.
  public Map<E, Long> read() {
    Map<E, Long> all = new LinkedHashMap<>();
    counts.forEach((thing, count) -> all.put(thing, count.sum()));
    return Collections.unmodifiableMap(all);
  }
}
