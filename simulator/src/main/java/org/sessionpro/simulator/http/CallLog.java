package org.sessionpro.simulator.http;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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

  /// How many of `calls` fell into the busiest whole second of the simulated time.
  public static long peakPerSecond(Stream<Call> calls) {
    Map<Long, Long> bySecond = new HashMap<>();
    calls.forEach(call -> bySecond.merge(call.at().getEpochSecond(), 1L, Long::sum));
    return bySecond.values().stream().mapToLong(Long::longValue).max().orElse(0);
  }
}
