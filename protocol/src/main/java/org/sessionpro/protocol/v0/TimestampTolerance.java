package org.sessionpro.protocol.v0;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/// How far the clock of a request may be from the server's: 70 000 ms to either side
/// (`wire-v0.md` §3). Only the bound itself differs between the endpoints.
public enum TimestampTolerance {
  /// `/generate_pro_proof`: exactly 70 000 ms apart is still accepted.
  INCLUSIVE,
  /// `/get_pro_details` and `/set_payment_refund_requested`: exactly 70 000 ms apart is refused.
  EXCLUSIVE;

  /// The distance that the two kinds of endpoint disagree about.
  public static final Duration BOUND = Duration.ofSeconds(70);

  /// Whether a request that says `timestamp` may be answered at `now`, both taken in whole
  /// milliseconds; defined for all instants.
  public boolean accepts(Instant timestamp, Instant now) {
    Duration apart =
        Duration.between(
                timestamp.truncatedTo(ChronoUnit.MILLIS), now.truncatedTo(ChronoUnit.MILLIS))
            .abs();
    int order = apart.compareTo(BOUND);
    return switch (this) {
      case INCLUSIVE -> order <= 0;
      case EXCLUSIVE -> order < 0;
    };
  }
}
