package org.sessionpro.backend.entitlement;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.sessionpro.backend.entitlement.PaymentFact.TermsStated;

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

  /// Who owns `cycle` by continuation; empty if nobody does. Who owns a dead cycle is not given it,
  /// but is asked after for the cycles that follow.
  ///
  /// The cycle before is judged as it was when `cycle` was bought: a successor takes the flag of the
  /// cycle before, and an upgrade ends it. So it does not matter which of them is heard of first.
  ///
  /// @param subscription the cycles of its subscription
  /// @param facts all facts of a payment, in the order of recording
  public Optional<AccountId> owner(
      RegisteredPayment cycle,
      Collection<RegisteredPayment> subscription,
      Function<PaymentId, List<PaymentFact>> facts) {
    if (cycle.payment().owner() != null || !cycle.payment().witnessed().claimable()) {
      return Optional.empty();
    }
    return subscription.stream()
        .filter(p -> p.payment().owner() != null && p.payment().terms().expiry() != null)
        .filter(p -> EntitlementFold.NEWEST_FIRST.compare(p, cycle) > 0)
        .min(EntitlementFold.NEWEST_FIRST)
        .filter(previous -> continues(cycle.purchasedAt(), previous, facts.apply(previous.id())))
        .flatMap(previous -> Optional.ofNullable(previous.payment().owner()))
        .map(Payment.Owner::account);
  }

  private boolean continues(
      Instant purchasedAt, RegisteredPayment previous, List<PaymentFact> facts) {
    Payment payment = previous.payment();
    boolean stood =
        payment.losses().standing().stream().noneMatch(loss -> loss.at().isBefore(purchasedAt));
    boolean renewing = stood && wasRenewing(purchasedAt, facts).orElse(payment.terms().renewing());
    return !purchasedAt.isAfter(deadline(payment, renewing));
  }

  /// The last word about the flag before an instant; empty if there was none.
  private static Optional<Boolean> wasRenewing(Instant before, List<PaymentFact> facts) {
    return facts.stream()
        .filter(TermsStated.class::isInstance)
        .map(TermsStated.class::cast)
        .filter(stated -> stated.renewing() != null && stated.statedAt().isBefore(before))
        .max(Comparator.comparing(TermsStated::statedAt).thenComparing(TermsStated::complete))
        .map(TermsStated::renewing);
  }

  private static boolean isApple(Payment payment) {
    return switch (payment.key().provider()) {
      case APP_STORE -> true;
      case GOOGLE_PLAY, STF -> false;
    };
  }
}
