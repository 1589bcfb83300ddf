package org.sessionpro.backend.entitlement;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.sessionpro.backend.entitlement.PaymentFact.RevokedFor;

/// Folds the payments bound to an account into its entitlement (`entitlement.md` §6.2). No clock
/// enters: the same payments and checkpoint always give the same answer.
public final class EntitlementFold {
  /// Newest first: by store purchase instant, ties by registration.
  static final Comparator<RegisteredPayment> NEWEST_FIRST =
      Comparator.comparing(RegisteredPayment::purchasedAt)
          .thenComparing(RegisteredPayment::id)
          .reversed();

  private EntitlementFold() {}

  /// What the fold found.
  ///
  /// @param best over all payments; null if the account has none
  /// @param usable over the unrevoked ones only; null if none stands. Decides whether a generation
  ///     may be issued
  /// @param carrier the payment whose term carries the coverage; null if credits or nothing do
  public record Folded(
      @Nullable Entitlement best, @Nullable Entitlement usable, @Nullable PaymentId carrier) {}

  /// The fold.
  ///
  /// @param payments those bound to one account
  /// @param checkpoint credits are charged up to here; null if there is no live credit
  public static Folded fold(
      Collection<RegisteredPayment> payments,
      @Nullable Instant checkpoint,
      RenewalAllowance allowance) {
    List<RegisteredPayment> terms = newestCycles(payments);
    Duration credits = liveCredits(payments);
    Instant anchor = checkpoint == null ? null : anchor(payments, checkpoint);
    RegisteredPayment best = furthest(terms, allowance);
    RegisteredPayment usable =
        furthest(terms.stream().filter(p -> p.payment().isStanding()).toList(), allowance);
    return new Folded(
        withCredits(best, credits, anchor, allowance),
        withCredits(usable, credits, anchor, allowance),
        best == null || creditsCarry(best, credits, anchor, allowance) ? null : best.id());
  }

  /// From when on the credits run if nothing else covers: they are charged up to the checkpoint, but
  /// the first of them may have been bound by a clock ahead of ours.
  private static Instant anchor(Collection<RegisteredPayment> payments, Instant checkpoint) {
    return payments.stream()
        .map(RegisteredPayment::payment)
        .filter(p -> p.isLiveCredit() && p.isStanding())
        .flatMap(p -> Stream.ofNullable(CreditSchedule.start(p)))
        .min(Instant::compareTo)
        .filter(first -> first.isAfter(checkpoint))
        .orElse(checkpoint);
  }

  static Duration liveCredits(Collection<RegisteredPayment> payments) {
    Duration sum = Duration.ZERO;
    for (RegisteredPayment one : payments) {
      Payment.Credit credit = one.payment().credit();
      if (credit != null && one.payment().isStanding()) {
        sum = sum.plus(credit.remaining());
      }
    }
    return sum;
  }

  /// One cycle a subscription: the newest that was not superseded; one revoked at or before its own
  /// start gives way to the next (`decisions.md` §5).
  static List<RegisteredPayment> newestCycles(Collection<RegisteredPayment> payments) {
    Map<List<Object>, List<RegisteredPayment>> bySubscription = new LinkedHashMap<>();
    payments.stream()
        .filter(p -> p.payment().terms().expiry() != null && !p.payment().isLiveCredit())
        .filter(p -> !isSuperseded(p.payment()))
        .sorted(NEWEST_FIRST)
        .forEach(p -> {
          PaymentKey key = p.payment().key();
          bySubscription
              .computeIfAbsent(List.of(key.provider(), key.subscription()), _ -> new ArrayList<>())
              .add(p);
        });
    return bySubscription.values().stream()
        .map(EntitlementFold::newestThatRan)
        .sorted(NEWEST_FIRST)
        .toList();
  }

  static boolean isSuperseded(Payment payment) {
    Losses.Revocation revocation = payment.revocation();
    return revocation != null && revocation.reason() == RevokedFor.SUPERSEDED;
  }

  /// Whether it is a renewal that was charged ahead, and gave way to another cycle before it began. That
  /// one goes on instead (`app-store.md` §3 rule 3).
  static boolean isReplacedBeforeItBegan(RegisteredPayment one) {
    Losses.Revocation revocation = one.payment().revocation();
    return revocation != null
        && isSuperseded(one.payment())
        && !revocation.at().isAfter(one.purchasedAt());
  }

  private static RegisteredPayment newestThatRan(List<RegisteredPayment> cycles) {
    for (RegisteredPayment cycle : cycles) {
      Losses.Revocation revocation = cycle.payment().revocation();
      if (revocation == null || revocation.at().isAfter(cycle.purchasedAt())) {
        return cycle;
      }
    }
    return cycles.getFirst();
  }

  /// The one that covers longest; of equals the newer, which comes first.
  static @Nullable RegisteredPayment furthest(
      List<RegisteredPayment> newestFirst, RenewalAllowance allowance) {
    RegisteredPayment best = null;
    for (RegisteredPayment candidate : newestFirst) {
      if (best == null || coverage(candidate, allowance).isAfter(coverage(best, allowance))) {
        best = candidate;
      }
    }
    return best;
  }

  /// Where the own term of a payment stops covering; it has one.
  static Instant coverage(RegisteredPayment candidate, RenewalAllowance allowance) {
    return ownEntitlement(candidate).orElseThrow().coverageEnd(allowance);
  }

  private static Optional<Entitlement> ownEntitlement(RegisteredPayment one) {
    Instant end = one.payment().termEnd();
    Payment.Terms terms = one.payment().terms();
    return end == null
        ? Optional.empty()
        : Optional.of(new Entitlement(end, terms.grace(), one.payment().isRenewing()));
  }

  /// Step 6 by its better rule: credits start where the subscription's coverage ends, or at the
  /// anchor if that is later; then the credit, not the lapsed subscription, carries coverage.
  private static @Nullable Entitlement withCredits(
      @Nullable RegisteredPayment winner,
      Duration credits,
      @Nullable Instant anchor,
      RenewalAllowance allowance) {
    if (winner == null || creditsCarry(winner, credits, anchor, allowance)) {
      return credits.isZero() ? null : new Entitlement(required(anchor).plus(credits), null, false);
    }
    Entitlement own = ownEntitlement(winner).orElseThrow();
    return new Entitlement(own.expiry().plus(credits), own.grace(), own.renewing());
  }

  private static boolean creditsCarry(
      RegisteredPayment winner,
      Duration credits,
      @Nullable Instant anchor,
      RenewalAllowance allowance) {
    return !credits.isZero() && coverage(winner, allowance).isBefore(required(anchor));
  }

  private static Instant required(@Nullable Instant anchor) {
    if (anchor == null) {
      throw new IllegalStateException("a live credit has a checkpoint");
    }
    return anchor;
  }
}
