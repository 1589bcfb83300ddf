package org.sessionpro.bench.load;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/// Counts what the connections of a load see. Safe for any number of threads.
///
/// Right answers count while it is open, errors always.
final class Tally {
  private final LatencyHistogram latencies = new LatencyHistogram();
  private final Map<String, LongAdder> errors = new ConcurrentHashMap<>();
  private volatile boolean open;

  void open() {
    open = true;
  }

  void close() {
    open = false;
  }

  void right(long nanos) {
    if (open) {
      latencies.record(nanos);
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
