package org.sessionpro.backend.telemetry;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.LongStream;

/// How large values of one kind were since the process began: how many fell between which bounds, and
/// their sum. Observing costs some nanoseconds and never waits; safe for any number of threads.
public final class Distribution {
  private static final double NANOS = 1e9;

  /// Of answers: from what memory gives to what clients give up on.
  private static final long[] ANSWER_NANOS =
      LongStream.of(
              500,
              1_000,
              2_500,
              5_000,
              10_000,
              25_000,
              50_000,
              100_000,
              250_000,
              500_000,
              1_000_000,
              2_500_000,
              5_000_000,
              10_000_000)
          .map(micros -> micros * 1_000)
          .toArray();

  private static final long[] POWERS_OF_TWO = {1, 2, 4, 8, 16, 32, 64, 128, 256};

  private final long[] bounds;
  private final double unit;
  private final LongAdder[] counts;
  private final LongAdder sum = new LongAdder();

  /// What was observed so far. Values that are observed while this is read may be in some of the numbers
  /// and not in others.
  ///
  /// @param bounds upper bounds of all but the last class, inclusive, ascending
  /// @param counts how many fell into each class, one more than there are bounds
  /// @param sum of all
  public record Seen(List<Double> bounds, List<Long> counts, double sum) {
    public Seen {
      bounds = List.copyOf(bounds);
      counts = List.copyOf(counts);
    }

    /// How many there were.
    public long count() {
      return counts.stream().mapToLong(Long::longValue).sum();
    }
  }

  private Distribution(long[] bounds, double unit) {
    this.bounds = bounds;
    this.unit = unit;
    this.counts = new LongAdder[bounds.length + 1];
    Arrays.setAll(counts, _ -> new LongAdder());
  }

  /// Of the time that answers take, 0.5 ms…10 s, told in seconds.
  public static Distribution ofTimes() {
    return new Distribution(ANSWER_NANOS, NANOS);
  }

  /// Of how many things are done together, 1…256.
  public static Distribution ofSizes() {
    return new Distribution(POWERS_OF_TWO, 1);
  }

  /// A time was taken.
  public void observe(Duration time) {
    observe(time.toNanos());
  }

  /// So many were done together.
  public void observe(long value) {
    int at = 0;
    while (at < bounds.length && value > bounds[at]) {
      at++;
    }
    counts[at].increment();
    sum.add(value);
  }

  /// What was observed so far.
  public Seen read() {
    return new Seen(
        Arrays.stream(bounds).mapToObj(bound -> bound / unit).toList(),
        Arrays.stream(counts).map(LongAdder::sum).toList(),
        sum.sum() / unit);
  }
}
