package org.sessionpro.backend.entitlement;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// What an account is entitled to: the result of the fold, and what the account row stores
/// (`entitlement.md` §1.1).
///
/// @param expiry end of the paid term including credits; without grace and allowance
/// @param grace the store grace of the payment that carries the coverage; null if none applies
/// @param renewing the flag of that payment
public record Entitlement(Instant expiry, @Nullable Duration grace, boolean renewing) {

  /// The last instant of service (`entitlement.md` §6.1).
  public Instant coverageEnd(RenewalAllowance allowance) {
    return allowance.coverageEnd(expiry, grace, renewing);
  }

  /// How far coverage reaches beyond the paid term; zero when not renewing.
  public Duration graceAndAllowance(RenewalAllowance allowance) {
    return Duration.between(expiry, coverageEnd(allowance));
  }
}
