package org.sessionpro.protocol.v0;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.sessionpro.protocol.BadRequest;

/// How far the clock of a request may be from the server's: 70 000 ms to either side
/// (`wire-v0.md` §3). Only the bound itself differs between the endpoints.
public enum TimestampTolerance {
  /// `/generate_pro_proof`: exactly 70 000 ms apart is still accepted.
  INCLUSIVE,
  /// `/get_pro_details` and `/set_payment_refund_requested`: exactly 70 000 ms apart is refused.
  EXCLUSIVE;

  /// What is said of a request's time that is not accepted.
  static final String RULE = "is too far from the time of the server";

  /// The distance that the two kinds of endpoint disagree about.
  public static final Duration BOUND = Duration.ofSeconds(70);

  /// Whether nothing is wrong with a request but its time.
  public static boolean isAllThatIsBroken(BadRequest bad) {
    return bad.problems().stream().allMatch(problem -> problem.rule().equals(RULE));
  }

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
