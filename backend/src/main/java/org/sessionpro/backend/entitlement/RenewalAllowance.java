package org.sessionpro.backend.entitlement;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Service past the end of a term that the store is about to renew; ours, read whenever coverage is
/// computed and never stored (`entitlement.md` §6.1).
///
/// @param length 0 s to 604 800 s, default 3 600 s; not shorter than the clients' renewal timer of
///     one hour on a real service
public record RenewalAllowance(Duration length) {
  /// The longest that may be configured, 604 800 s.
  public static final Duration MAX = Duration.ofDays(7);

  /// One hour.
  public static final RenewalAllowance DEFAULT = new RenewalAllowance(Duration.ofHours(1));

  public RenewalAllowance {
    if (length.isNegative() || length.compareTo(MAX) > 0) {
      throw new IllegalArgumentException("the renewal allowance is between 0 and 604800 seconds");
    }
  }

  /// The end of coverage of a term: `expiry`, and while it renews also grace and this allowance.
  public Instant coverageEnd(Instant expiry, @Nullable Duration grace, boolean renewing) {
    if (!renewing) {
      return expiry;
    }
    return expiry.plus(grace == null ? Duration.ZERO : grace).plus(length);
  }
}
