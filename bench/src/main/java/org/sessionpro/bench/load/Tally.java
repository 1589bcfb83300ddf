package org.sessionpro.bench.load;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/// Counts what the connections of a load see. Safe for any number of threads.
///
/// A right answer counts if it came while the tally was open, to a request that was due then; an
/// error counts always.
final class Tally {
  private final LatencyHistogram latencies = new LatencyHistogram();
  private final Map<String, LongAdder> errors = new ConcurrentHashMap<>();
  private volatile boolean open;
  private volatile long opened;

  /// Counts from now on.
  ///
  /// @return when that was, by [System#nanoTime()]
  long open() {
    long now = System.nanoTime();
    opened = now;
    open = true;
    return now;
  }

  /// Counts no longer.
  ///
  /// @return since when, by [System#nanoTime()]
  long close() {
    open = false;
    return System.nanoTime();
  }

  /// A right answer has come.
  ///
  /// @param due when its request was due, by [System#nanoTime()]
  /// @param answered when it came, likewise
  void right(long due, long answered) {
    if (open && due - opened >= 0) {
      latencies.record(answered - due);
    }
  }

  void error(String reason) {
    errors.computeIfAbsent(reason, first -> new LongAdder()).increment();
  }

  LatencyHistogram latencies() {
    return latencies;
  }

  /// How many there were of each kind.
  Map<String, Long> errors() {
    Map<String, Long> sums = new HashMap<>();
    errors.forEach((reason, count) -> sums.put(reason, count.sum()));
    return sums;
  }
}
