package org.sessionpro.backend.takeover;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.sessionpro.backend.takeover.source.V0Payment;

/// What a grace period of March 2026 stands for (`import-python.md` §4.4).
///
/// @param length in milliseconds, at least 0; what the old service added as its own allowance is none
/// @param anomaly null if there is nothing odd about it
record V0Grace(long length, @Nullable Anomaly anomaly) {
  private static final V0Grace NONE = new V0Grace(0, null);

  /// What stands in rows of stores that declared nothing.
  private static final long DEFAULT = 3_600_000;

  /// The same, of Google's tests.
  private static final long DEFAULT_OF_TESTS = 10_000;

  /// 2000-01-01: no length is so long, every instant is later.
  private static final long INSTANTS = 946_684_800_000L;

  private static final long LONG = Duration.ofDays(60).toMillis();

  static V0Grace of(V0Payment row) {
    long stored = row.renewal().grace();
    if (isDefault(row)) {
      return NONE;
    }
    if (row.isOf(V0Payment.APPLE) && stored >= INSTANTS) {
      return new V0Grace(Math.max(stored - row.times().expiry(), 0), Anomaly.APPLE_GRACE_ABSOLUTE);
    }
    if (stored < 0) {
      return new V0Grace(0, Anomaly.GRACE_NEGATIVE);
    }
    return new V0Grace(stored, stored > LONG ? Anomaly.GRACE_LONG : null);
  }

  /// Whether what is stored is nothing, or the old service's own allowance.
  static boolean isDefault(V0Payment row) {
    long stored = row.renewal().grace();
    return stored == 0
        || stored == DEFAULT
        || (stored == DEFAULT_OF_TESTS && row.isOf(V0Payment.GOOGLE));
  }
}
