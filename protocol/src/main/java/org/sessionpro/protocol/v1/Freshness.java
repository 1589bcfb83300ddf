package org.sessionpro.protocol.v1;

import java.time.Duration;
import java.time.Instant;
import org.sessionpro.protocol.json.DecimalInteger;

/// How far a request's `ts` may lie from the server's clock (`wire-v1.md` §7): 70 s either way, and
/// the endpoints differ by one millisecond at the edge.
public enum Freshness {
  /// generate_pro_proof: exactly 70.000 s are still fresh.
  GENERATE(70_000),
  /// get_pro_status and get_payment_details: exactly 70.000 s are stale.
  READ(69_999);

  /// The tolerance that both are named for, 70 s.
  public static final Duration TOLERANCE = Duration.ofSeconds(70);

  private final long farthestMillis;

  Freshness(long farthestMillis) {
    this.farthestMillis = farthestMillis;
  }

  /// Whether a request of that `ts` must be refused as `stale_request` at `now`, which counts in
  /// whole milliseconds. `ts` may have any magnitude.
  public boolean isStale(DecimalInteger ts, Instant now) {
    long nowSeconds = V1Time.seconds(now);
    long reach = TOLERANCE.toSeconds() + 1;
    if (!ts.isWithin(nowSeconds - reach, nowSeconds + reach)) {
      return true;
    }
    return Math.abs(now.toEpochMilli() - 1_000 * ts.toLong()) > farthestMillis;
  }
}
