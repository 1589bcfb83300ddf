package org.sessionpro.backend.entitlement;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Optional;

/// When a new cycle of a subscription belongs to the owner of the one before, without anybody
/// asking (`entitlement.md` §4.2, `decisions.md` §5).
public final class Continuation {
  /// Grace and account hold together: as long as Google may still collect a renewal.
  private static final Duration HOLD = Duration.ofDays(60);

  private final RenewalAllowance allowance;

  public Continuation(RenewalAllowance allowance) {
    this.allowance = allowance;
  }

  /// The newest purchase of a cycle that still continues `previous`.
  ///
  /// @param previous as it was before its successor became known; it has an expiry
  public Instant deadline(Payment previous) {
    return deadline(previous, previous.isRenewing());
  }

  private Instant deadline(Payment previous, boolean renewing) {
    Payment.Terms terms = previous.terms();
    Instant expiry = terms.expiry();
    if (expiry == null) {
      throw new IllegalArgumentException("only a term is continued");
    }
    if (!renewing) {
      return expiry;
    }
    boolean held = !isApple(previous) || terms.billingRetry();
    return held ? expiry.plus(HOLD) : allowance.coverageEnd(expiry, terms.grace(), true);
  }

  private boolean continues(RegisteredPayment cycle, Payment previous) {
    boolean renewing = previous.isRenewing() || renewedUntil(cycle.purchasedAt(), previous);
    return !cycle.purchasedAt().isAfter(deadline(previous, renewing));
  }

  /// Whether it is the purchase of a successor that took the flag: then `previous` was to renew until
  /// that instant (`decisions.md` §5, older cycles' flag).
  private static boolean renewedUntil(Instant successor, Payment previous) {
    return previous.isStanding()
        && !previous.terms().renewing()
        && previous.terms().stated().renewing().at().equals(successor);
  }

  /// Who owns `cycle` by continuation; empty if nobody does.
  ///
  /// @param subscription the cycles of its subscription, as they were before it became known
  public Optional<AccountId> owner(
      RegisteredPayment cycle, Collection<RegisteredPayment> subscription) {
    if (!cycle.payment().isUnclaimed()) {
      return Optional.empty();
    }
    return subscription.stream()
        .filter(p -> p.payment().owner() != null && p.payment().terms().expiry() != null)
        .filter(p -> EntitlementFold.NEWEST_FIRST.compare(p, cycle) > 0)
        .min(EntitlementFold.NEWEST_FIRST)
        .filter(previous -> continues(cycle, previous.payment()))
        .flatMap(previous -> Optional.ofNullable(previous.payment().owner()))
        .map(Payment.Owner::account);
  }

  private static boolean isApple(Payment payment) {
    return switch (payment.key().provider()) {
      case APP_STORE -> true;
      case GOOGLE_PLAY, STF -> false;
    };
  }
}
