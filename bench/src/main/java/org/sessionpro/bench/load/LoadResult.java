package org.sessionpro.bench.load;

import java.time.Duration;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// What a load found.
///
/// @param requests that were due in the measured time and answered rightly in it
/// @param elapsed the measured time
/// @param latencies of all that were due in it and answered rightly, whenever that was
/// @param errors wrong and missing answers by what was wrong, those of the warm-up included
/// @param server what the server used; null if its process was not looked at
/// @param generatorCpu processor time that the load itself used
public record LoadResult(
    long requests,
    Duration elapsed,
    Latencies latencies,
    Map<String, Long> errors,
    @Nullable Cost server,
    Duration generatorCpu) {

  /// From the instant that a request was due to the last byte of its answer; rounded up, by 1.6 %
  /// at most. Zero if there was none.
  public record Latencies(Duration p50, Duration p90, Duration p99, Duration max) {
    static Latencies of(LatencyHistogram spans) {
      return new Latencies(
          spans.percentile(0.5),
          spans.percentile(0.9),
          spans.percentile(0.99),
          spans.percentile(1));
    }
  }

  /// What the server used in the measured time.
  ///
  /// @param cpu processor time of all its threads
  /// @param residentBytes its memory at the end; 0 if that could not be measured
  /// @param othersCpu processor time of everything on the machine but server and load: of a database
  ///     server, and of whatever disturbed the measurement
  public record Cost(Duration cpu, long residentBytes, Duration othersCpu) {
    public Cost {
      // Each of the clocks goes in steps of its own.
      othersCpu = othersCpu.isNegative() ? Duration.ZERO : othersCpu;
    }
  }

  public LoadResult {
    errors = Collections.unmodifiableMap(new TreeMap<>(errors));
  }

  public double requestsPerSecond() {
    return requests * (double) TimeUnit.SECONDS.toNanos(1) / elapsed.toNanos();
  }

  /// The share of one request in `cpu`, in µs; not a number if there was no request, or too little
  /// processor time to be seen.
  public double microsPerRequest(Duration cpu) {
    return requests > 0 && cpu.isPositive()
        ? (double) cpu.toNanos() / TimeUnit.MICROSECONDS.toNanos(requests)
        : Double.NaN;
  }

  /// How many processors everything but server and load kept busy; zero if the server was not looked
  /// at.
  public double otherCores() {
    return server == null ? 0 : (double) server.othersCpu().toNanos() / elapsed.toNanos();
  }

  public long errorCount() {
    return errors.values().stream().mapToLong(Long::longValue).sum();
  }
}
