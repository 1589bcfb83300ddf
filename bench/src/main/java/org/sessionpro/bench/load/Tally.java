package org.sessionpro.bench.load;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/// Counts what the connections of a load see. Safe for any number of threads.
///
/// The latency of a right answer counts if its request was due while the tally was open, however
/// late the answer came: the slowest of the end belong to it. Such an answer is one of those that
/// share the server's processor time only if it came while the tally was open, too. An error counts
/// always.
final class Tally {
  private final LatencyHistogram latencies = new LatencyHistogram();
  private final LongAdder answered = new LongAdder();
  private final Map<String, LongAdder> errors = new ConcurrentHashMap<>();

  /// Each is set after the instant beside it.
  private volatile boolean begun;

  private volatile long opened;
  private volatile boolean ended;
  private volatile long closed;

  /// Counts from now on.
  ///
  /// @return when that was, by [System#nanoTime()]
  long open() {
    long now = System.nanoTime();
    opened = now;
    begun = true;
    return now;
  }

  /// Counts nothing that is due from now on.
  ///
  /// @return since when, by [System#nanoTime()]
  long close() {
    long now = System.nanoTime();
    closed = now;
    ended = true;
    return now;
  }

  /// A right answer has come.
  ///
  /// @param due when its request was due, by [System#nanoTime()]
  /// @param came when the answer came, likewise
  void right(long due, long came) {
    if (isOpenAt(due)) {
      latencies.record(came - due);
      if (isOpenAt(came)) {
        answered.increment();
      }
    }
  }

  private boolean isOpenAt(long instant) {
    return begun && instant - opened >= 0 && !(ended && instant - closed >= 0);
  }

  void error(String reason) {
    error(reason, 1);
  }

  /// The same error `count` times.
  void error(String reason, long count) {
    errors.computeIfAbsent(reason, first -> new LongAdder()).add(count);
  }

  /// Of all right answers to requests that were due while it was open.
  LatencyHistogram latencies() {
    return latencies;
  }

  /// How many of them came while it was open.
  long answered() {
    return answered.sum();
  }

  /// How many there were of each kind.
  Map<String, Long> errors() {
    Map<String, Long> sums = new HashMap<>();
    errors.forEach((reason, count) -> sums.put(reason, count.sum()));
    return sums;
  }
}
