package org.sessionpro.backend.entitlement;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.sessionpro.backend.entitlement.Binding.OwnerIds;
import org.sessionpro.backend.entitlement.PaymentFact.Began;
import org.sessionpro.backend.entitlement.PaymentFact.ClaimedBy;
import org.sessionpro.backend.entitlement.PaymentFact.TermsStated;

/// When a new cycle of a subscription belongs to the owner of the one before, without anybody
/// asking (`entitlement.md` §4.2, `decisions.md` §5).
public final class Continuation {
  /// Grace and account hold together: as long as Google may still collect a renewal.
  private static final Duration HOLD = Duration.ofDays(60);

  private final RenewalAllowance allowance;

  /// What was once said of payments, of which they keep the newest word themselves. Asked only where
  /// the answer decides, because there may be much of it.
  public interface Past {
    /// What was stated of a payment's terms before `instant`, in the order of recording.
    List<TermsStated> termsBefore(PaymentId payment, Instant instant);

    /// Whether an operator gave a payment that had an owner to another one.
    boolean isReattributed(PaymentId payment);
  }

  public Continuation(RenewalAllowance allowance) {
    this.allowance = allowance;
  }

  /// The newest purchase of a cycle that still continues `previous`.
  ///
  /// @param previous as it was before its successor became known; it has an expiry
  public Instant deadline(Payment previous) {
    return deadline(previous, previous.isRenewing(), previous.terms().billingRetry());
  }

  private Instant deadline(Payment previous, boolean renewing, boolean retrying) {
    Instant expiry = expiry(previous);
    if (!renewing) {
      return expiry;
    }
    boolean held = !isApple(previous) || retrying;
    return held
        ? heldUntil(previous)
        : allowance.coverageEnd(expiry, previous.terms().grace(), true);
  }

  private static Instant heldUntil(Payment previous) {
    return expiry(previous).plus(HOLD);
  }

  private static Instant expiry(Payment previous) {
    Instant expiry = previous.terms().expiry();
    if (expiry == null) {
      throw new IllegalArgumentException("only a term is continued");
    }
    return expiry;
  }

  /// Who owns `cycle` by continuation; empty if nobody does. Who owns a dead cycle is not given it,
  /// but is asked after for the cycles that follow.
  ///
  /// Where an operator gave the subscription to somebody else, its later cycles follow without a deadline:
  /// the key that the store names is the one that its owner has lost.
  ///
  /// The cycle before is judged as it was when `cycle` was bought: a successor takes the flag of the
  /// cycle before, and an upgrade ends it. So it does not matter which of them is heard of first.
  ///
  /// What somebody bought by another key than the owner's is no continuation, and nothing continues the
  /// cycle before it while it waits for that key (`decisions-stores.md` §2.2, foreign token).
  ///
  /// @param subscription the cycles of its subscription
  /// @param past what was once said of the payments of its subscription
  /// @param ids what payments of an account may carry
  public Optional<AccountId> owner(
      RegisteredPayment cycle,
      Collection<RegisteredPayment> subscription,
      Past past,
      Function<AccountId, OwnerIds> ids) {
    if (cycle.payment().owner() != null || !cycle.payment().witnessed().claimable()) {
      return Optional.empty();
    }
    return subscription.stream()
        .filter(p -> p.payment().terms().expiry() != null)
        .filter(p -> p.payment().owner() != null || waitsForItsBuyer(p.payment()))
        .filter(p -> EntitlementFold.NEWEST_FIRST.compare(p, cycle) > 0)
        .filter(p -> !EntitlementFold.isReplacedBeforeItBegan(p))
        .min(EntitlementFold.NEWEST_FIRST)
        .filter(previous ->
            continues(cycle, previous, past)
                || followsOperator(cycle, previous, subscription, past))
        .flatMap(previous -> Optional.ofNullable(previous.payment().owner()))
        .map(Payment.Owner::account)
        .filter(owner -> !isForeign(cycle.payment(), () -> ids.apply(owner)));
  }

  /// Who owns `cycle` because its renewal has an owner: it names nobody and became known late
  /// (`decisions-stores.md` §2.2). Empty if nobody does.
  ///
  /// @param successor the next cycle of its subscription, which has an owner
  public Optional<AccountId> ownerBySuccessor(
      RegisteredPayment cycle, RegisteredPayment successor) {
    Payment payment = cycle.payment();
    boolean continued =
        payment.owner() == null
            && payment.witnessed().claimable()
            && payment.witnessed().binding() == null
            && payment.terms().expiry() != null
            && isRenewal(successor.payment())
            && !successor.purchasedAt().isAfter(heldUntil(payment));
    return continued
        ? Optional.ofNullable(successor.payment().owner()).map(Payment.Owner::account)
        : Optional.empty();
  }

  private static boolean isRenewal(Payment payment) {
    return payment.witnessed().began() == Began.RENEWAL;
  }

  /// Whether somebody bought it, the store says who, and that one has not come yet.
  private static boolean waitsForItsBuyer(Payment payment) {
    return payment.isUnclaimed() && namesItsBuyer(payment);
  }

  private static boolean namesItsBuyer(Payment payment) {
    return payment.witnessed().began() == Began.PURCHASE && payment.witnessed().binding() != null;
  }

  private static boolean isForeign(Payment payment, Supplier<OwnerIds> owner) {
    return namesItsBuyer(payment) && !owner.get().all().contains(payment.witnessed().binding());
  }

  private static boolean followsOperator(
      RegisteredPayment cycle,
      RegisteredPayment previous,
      Collection<RegisteredPayment> subscription,
      Past past) {
    Payment.Owner owner = previous.payment().owner();
    return owner != null
        && !namesItsBuyer(cycle.payment())
        && subscription.stream()
            .filter(p -> isOwnedBy(owner.account(), p.payment()))
            .anyMatch(p -> isGivenByOperator(p, past));
  }

  private static boolean isOwnedBy(AccountId account, Payment payment) {
    Payment.Owner owner = payment.owner();
    return owner != null && owner.account().equals(account);
  }

  private static boolean isGivenByOperator(RegisteredPayment cycle, Past past) {
    Payment.Owner owner = cycle.payment().owner();
    return (owner != null && owner.how() == ClaimedBy.OPERATOR) || past.isReattributed(cycle.id());
  }

  private boolean continues(RegisteredPayment cycle, RegisteredPayment previous, Past past) {
    Payment payment = previous.payment();
    Instant purchasedAt = cycle.purchasedAt();
    if (isRenewal(cycle.payment())) {
      // The store says itself that it went on trying (`decisions-stores.md` §2.2).
      return !purchasedAt.isAfter(heldUntil(payment));
    }
    List<TermsStated> stated = past.termsBefore(previous.id(), purchasedAt);
    boolean stood =
        payment.losses().standing().stream().noneMatch(loss -> loss.at().isBefore(purchasedAt));
    boolean renewing =
        stood && lastWord(stated, TermsStated::renewing).orElse(payment.terms().renewing());
    boolean retrying =
        lastWord(stated, TermsStated::billingRetry).orElse(payment.terms().billingRetry());
    return !purchasedAt.isAfter(deadline(payment, renewing, retrying));
  }

  /// The last of some words about one part of the terms; empty if there was none.
  private static Optional<Boolean> lastWord(
      List<TermsStated> words, Function<TermsStated, @Nullable Boolean> part) {
    return words.stream()
        .filter(stated -> part.apply(stated) != null)
        .max(Comparator.comparing(TermsStated::statedAt).thenComparing(TermsStated::complete))
        .flatMap(stated -> Optional.ofNullable(part.apply(stated)));
  }

  private static boolean isApple(Payment payment) {
    return switch (payment.key().provider()) {
      case APP_STORE -> true;
      case GOOGLE_PLAY, STF -> false;
    };
  }
}
