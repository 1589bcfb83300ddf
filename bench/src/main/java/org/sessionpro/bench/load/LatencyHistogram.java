package org.sessionpro.bench.load;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLongArray;

/// Counts spans of time in classes that are at most 1/64 (1.6 %) wide, from 1 ns to 292 years. Safe
/// for any number of threads.
///
/// | span in ns | class |
/// |---|---|
/// | below 64 | one each |
/// | 2ⁿ … 2ⁿ⁺¹ − 1, n ≥ 6 | 64 of equal width |
final class LatencyHistogram {
  private static final int SHARES = 64;
  private static final int SHARE_BITS = Integer.numberOfTrailingZeros(SHARES);

  private final AtomicLongArray counts = new AtomicLongArray((Long.SIZE - SHARE_BITS) * SHARES);

  /// @param nanos negative counts as zero
  void record(long nanos) {
    counts.incrementAndGet(indexOf(Math.max(0, nanos)));
  }

  long count() {
    long sum = 0;
    for (int i = 0; i < counts.length(); i++) {
      sum += counts.get(i);
    }
    return sum;
  }

  /// The least span that at least `share` of all recorded ones do not exceed, rounded up to the end
  /// of its class; zero if none was recorded.
  ///
  /// @param share above 0, up to 1, which gives the longest
  Duration percentile(double share) {
    if (!(share > 0 && share <= 1)) {
      throw new IllegalArgumentException("a share lies between 0 and 1");
    }
    long rank = (long) Math.ceil(share * count());
    long seen = 0;
    for (int i = 0; i < counts.length(); i++) {
      seen += counts.get(i);
      if (seen >= rank && seen > 0) {
        return Duration.ofNanos(lastOf(i));
      }
    }
    return Duration.ZERO;
  }

  private static int indexOf(long nanos) {
    if (nanos < SHARES) {
      return (int) nanos;
    }
    int shift = Long.SIZE - 1 - Long.numberOfLeadingZeros(nanos) - SHARE_BITS;
    return (shift + 1) * SHARES + (int) (nanos >>> shift) - SHARES;
  }

  private static long lastOf(int index) {
    if (index < SHARES) {
      return index;
    }
    int shift = index / SHARES - 1;
    return ((long) (index % SHARES + SHARES + 1) << shift) - 1;
  }
}
