package org.sessionpro.protocol.v1;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Until when one payment pays (`wire-v1.md` §10.1).
///
/// @param expiry paid-through instant; null for a credit whose length has not run out
/// @param gracePeriod the grace that the store declared, without allowance; zero if none
/// @param autoRenewing whether the store will renew this payment
public record PaymentTerm(@Nullable Instant expiry, Duration gracePeriod, boolean autoRenewing) {
  public PaymentTerm {
    if (gracePeriod.isNegative()) {
      throw new IllegalArgumentException("a grace period is never negative");
    }
  }
}
