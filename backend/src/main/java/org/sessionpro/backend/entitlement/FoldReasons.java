package org.sessionpro.backend.entitlement;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.sessionpro.backend.entitlement.EntitlementFold.Folded;
import org.sessionpro.backend.entitlement.Explanation.Role;
import org.sessionpro.backend.entitlement.Explanation.Rule;

/// What the fold did with each payment. Asks the fold itself which cycles count and which of them
/// wins, so that the reasons cannot disagree with the result.
final class FoldReasons {
  private final RenewalAllowance allowance;
  private final Folded folded;
  private final Duration credits;
  private final List<RegisteredPayment> counting;
  private final @Nullable RegisteredPayment furthest;

  /// @param payments as they were when the account was computed
  /// @param checkpoint credits are charged up to here; null if there is no live credit
  FoldReasons(
      Collection<RegisteredPayment> payments,
      @Nullable Instant checkpoint,
      RenewalAllowance allowance) {
    this.allowance = allowance;
    this.folded = EntitlementFold.fold(payments, checkpoint, allowance);
    this.credits = EntitlementFold.liveCredits(payments);
    this.counting = EntitlementFold.newestCycles(payments);
    this.furthest = EntitlementFold.furthest(counting, allowance);
  }

  /// The cycles that count, one for each subscription.
  List<RegisteredPayment> counting() {
    return counting;
  }

  Rule rule() {
    PaymentId carrier = folded.carrier();
    if (carrier != null) {
      return credits.isZero()
          ? new Rule.TermCarries(carrier)
          : new Rule.CreditsFollow(carrier, credits);
    }
    return credits.isZero() ? new Rule.NothingCounts() : new Rule.CreditsCarry(credits);
  }

  /// Where the first live credit begins or goes on: behind the term that carries, else at the
  /// checkpoint.
  Instant creditsFrom(Instant checkpoint) {
    return furthest == null || folded.carrier() == null
        ? checkpoint
        : EntitlementFold.coverage(furthest, allowance);
  }

  Role roleOf(RegisteredPayment one) {
    Payment payment = one.payment();
    if (counting.stream().anyMatch(counted -> counted.id().equals(one.id()))) {
      return roleOfCounting(one);
    }
    if (payment.isLiveCredit()) {
      return payment.revocation() == null ? new Role.LiveCredit() : new Role.RevokedCredit();
    }
    if (payment.terms().expiry() == null) {
      return new Role.Termless();
    }
    return EntitlementFold.isSuperseded(payment) ? new Role.Superseded() : roleOfPassedOver(one);
  }

  private Role roleOfCounting(RegisteredPayment one) {
    RegisteredPayment longest = furthest == null ? one : furthest;
    if (!longest.id().equals(one.id())) {
      return new Role.Outlasted(longest.id());
    }
    return folded.carrier() == null ? new Role.EndedBeforeCredits() : new Role.Carries();
  }

  private Role roleOfPassedOver(RegisteredPayment one) {
    RegisteredPayment counted =
        counting.stream()
            .filter(other -> other.payment().key().sameSubscription(one.payment().key()))
            .findFirst()
            .orElseThrow();
    return EntitlementFold.NEWEST_FIRST.compare(one, counted) < 0
        ? new Role.RevokedBeforeStart(counted.id())
        : new Role.OlderCycle(counted.id());
  }

  /// Where the own term of a payment stops covering; null for what has no term.
  @Nullable Instant coverageEnd(RegisteredPayment one) {
    boolean hasTerm = one.payment().termEnd() != null && !one.payment().isLiveCredit();
    return hasTerm ? EntitlementFold.coverage(one, allowance) : null;
  }
}
