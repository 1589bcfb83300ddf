package org.sessionpro.backend.entitlement;

import java.time.Duration;
import java.time.Instant;

/// Until when a proof is valid (`entitlement.md` §9.1).
///
/// Expiries lie on a private daily grid of the account, so that they are the same for every
/// rotating key and request of a day and do not show when the subscription ends.
public final class ProofGrid {
  /// Rolling cap on a proof, 29 days.
  public static final Duration CLAMP = Duration.ofDays(29);

  /// Added before rounding, 1 h 1 min; tied to the clients' one-hour renewal timer.
  public static final Duration LEAD = Duration.ofMinutes(61);

  /// Period of the grid, one day.
  public static final Duration PERIOD = Duration.ofDays(1);

  /// No proof lives this long: clamp + lead + period, 2 595 660 s.
  public static final Duration MAX_LIFETIME = CLAMP.plus(LEAD).plus(PERIOD);

  private static final long MICROS_PER_SECOND = 1_000_000;

  private ProofGrid() {}

  /// The first grid point at or after `min(ts + clamp, coverageEnd) + lead`, in whole seconds. A
  /// proof is refused if `ts` lies behind it.
  ///
  /// @param ts the request's time
  /// @param offset the account's phase of the grid
  public static Instant expiry(Instant ts, Instant coverageEnd, ProofOffset offset) {
    Instant capped = ts.plus(CLAMP);
    Instant target = (capped.isBefore(coverageEnd) ? capped : coverageEnd).plus(LEAD);
    long micros =
        Math.addExact(
            Math.multiplyExact(target.getEpochSecond(), MICROS_PER_SECOND),
            target.getNano() / 1_000);
    long phase = Math.multiplyExact((long) offset.seconds(), MICROS_PER_SECOND);
    long period = PERIOD.toSeconds() * MICROS_PER_SECOND;
    long steps = Math.ceilDiv(micros - phase, period);
    return Instant.ofEpochSecond(offset.seconds() + steps * PERIOD.toSeconds());
  }
}
