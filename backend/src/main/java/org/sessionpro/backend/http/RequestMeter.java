package org.sessionpro.backend.http;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.sessionpro.backend.telemetry.Distribution;

/// Counts what became of requests, and how long those took that were worked on. Counting is one look
/// into a map for each number, and never waits.
public final class RequestMeter implements AccessListener {
  private final Map<Kind, LongAdder> counts = new ConcurrentHashMap<>();
  private final Map<Way, Distribution> times = new ConcurrentHashMap<>();

  /// How a request came.
  ///
  /// @param route path of the route, or [Access#NO_ROUTE]
  public record Way(String route, Origin origin) {}

  /// Requests that are counted together.
  public record Kind(Way way, Contract contract, Outcome outcome) {}

  @Override
  public void answered(Access access) {
    Way way = new Way(access.route(), access.origin());
    Kind kind = new Kind(way, access.contract(), access.outcome());
    counts.computeIfAbsent(kind, _ -> new LongAdder()).increment();
    if (access.wasHandled()) {
      Duration time = access.duration();
      times.computeIfAbsent(way, _ -> Distribution.ofTimes()).observe(time);
    }
  }

  /// How many there were of each kind that ever came.
  public Map<Kind, LongAdder> counts() {
    return Map.copyOf(counts);
  }

  /// How long those took that came on each way.
  public Map<Way, Distribution> times() {
    return Map.copyOf(times);
  }
}
