package org.sessionpro.simulator.http;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The requests that were answered, the last [#CAPACITY] of them. Safe for any number of threads.
public final class CallLog {
  public static final int CAPACITY = 100_000;

  private final InstantSource clock;
  private final Deque<Call> calls = new ArrayDeque<>();
  private long answered;

  /// @param clock the simulated time
  CallLog(InstantSource clock) {
    this.clock = clock;
  }

  Instant now() {
    return clock.instant();
  }

  synchronized void add(Endpoint endpoint, @Nullable String subject, Instant at, int status) {
    if (calls.size() == CAPACITY) {
      calls.removeFirst();
    }
    answered++;
    calls.addLast(new Call(answered, endpoint.word(), subject, at, status));
  }

  /// How many requests have been answered since the server started.
  public synchronized long answered() {
    return answered;
  }

  /// The requests behind the first `number` ones, oldest first.
  public synchronized List<Call> since(long number) {
    return calls.stream().filter(call -> call.number() > number).toList();
  }

  /// The requests to one endpoint behind the first `number` ones, oldest first.
  ///
  /// @param subject what they are about; null is anything
  public List<Call> since(long number, String endpoint, @Nullable String subject) {
    return since(number).stream()
        .filter(call -> call.endpoint().equals(endpoint))
        .filter(call -> subject == null || subject.equals(call.subject()))
        .toList();
  }

  /// By how many requests `calls` exceed a rate in the stretch of whole seconds of the simulated time in which they exceed it
  /// most. A request is counted as it arrives, which is later than it was sent: a sender who keeps to the rate exceeds
  /// it here by as many as are sent in the time by which some are delayed; one who does not, by more with every second.
  ///
  /// @param calls oldest first
  /// @param perSecond requests that each second allows
  /// @return zero if no stretch holds more than its seconds allow
  public static long excess(Stream<Call> calls, int perSecond) {
    SortedMap<Long, Long> bySecond = new TreeMap<>();
    calls.forEach(call -> bySecond.merge(call.at().getEpochSecond(), 1L, Long::sum));
    long most = 0;
    long excess = 0;
    long before = 0;
    for (Map.Entry<Long, Long> second : bySecond.entrySet()) {
      long idle = second.getKey() - before - 1;
      excess = Math.max(0, excess - idle * perSecond);
      excess = Math.max(0, excess + second.getValue() - perSecond);
      before = second.getKey();
      most = Math.max(most, excess);
    }
    return most;
  }
}
