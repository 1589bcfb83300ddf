package org.sessionpro.backend.ledger;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.jdbi.v3.core.Handle;
import org.sessionpro.backend.entitlement.AccountId;
import org.sessionpro.backend.entitlement.Binding;
import org.sessionpro.backend.entitlement.Binding.OwnerIds;
import org.sessionpro.backend.entitlement.Continuation;
import org.sessionpro.backend.entitlement.Payment;
import org.sessionpro.backend.entitlement.PaymentFact.Began;
import org.sessionpro.backend.entitlement.PaymentFact.Claimed;
import org.sessionpro.backend.entitlement.PaymentFact.ClaimedBy;
import org.sessionpro.backend.entitlement.PaymentKey;
import org.sessionpro.backend.entitlement.RegisteredPayment;

/// Gives ownerless payments their owner within one transaction (`entitlement.md` §4). The owner is
/// an account that the transaction holds, and is settled afterwards.
final class Bindings {
  static final Comparator<PaymentKey> BY_KEY =
      Comparator.comparing(PaymentKey::provider)
          .thenComparing(PaymentKey::subscription)
          .thenComparing(PaymentKey::cycle);

  private final Handle handle;
  private final PaymentTable payments;
  private final PaymentWriter writer;
  private final Continuation continuation;
  private final TransactionAccounts accounts;
  private final Instant now;

  Bindings(
      Handle handle,
      PaymentTable payments,
      PaymentWriter writer,
      Continuation continuation,
      TransactionAccounts accounts,
      Instant now) {
    this.handle = handle;
    this.payments = payments;
    this.writer = writer;
    this.continuation = continuation;
    this.accounts = accounts;
    this.now = now;
  }

  /// Binds the payment that its claimant named, and the cycles that continue it.
  void claim(PaymentRow row, AccountId claimant) {
    writer.store(row, List.of(new Claimed(claimant, now, ClaimedBy.ADD)));
    continueFor(claimant, List.of(row.payment().key()));
  }

  /// Binds everything that waits for this owner, and the cycles that continue it
  /// (`entitlement.md` §4.1).
  ///
  /// @param at the instant of redemption
  /// @return whether anything waited
  boolean claimAll(AccountId owner, OwnerIds ids, Instant at) {
    List<PaymentRow> pending = payments.pendingLocked(handle, ids);
    pending.forEach(row -> writer.store(row, List.of(new Claimed(owner, at, ClaimedBy.TOUCH))));
    continueFor(owner, pending.stream().map(row -> row.payment().key()).toList());
    return !pending.isEmpty();
  }

  private void continueFor(AccountId owner, List<PaymentKey> cycles) {
    subscriptions(cycles).forEach(one -> continueOne(one, owner::equals));
  }

  /// Gives every ownerless cycle of some subscriptions to the owner of the cycle before, oldest
  /// first (`entitlement.md` §4.2).
  ///
  /// @param cycles any of each subscription
  void continueAll(Collection<PaymentKey> cycles) {
    subscriptions(cycles).forEach(one -> continueOne(one, accounts::holds));
  }

  private void continueOne(PaymentKey subscription, Predicate<AccountId> mayOwn) {
    List<PaymentRow> rows =
        payments.subscriptionLocked(handle, subscription.subscriptionKey()).stream()
            .sorted(Comparator.comparing(row -> row.registered().purchasedAt()))
            .toList();
    List<RegisteredPayment> cycles = new ArrayList<>();
    for (PaymentRow row : rows) {
      RegisteredPayment cycle = row.registered();
      cycles.add(
          claimed(cycle)
              .or(() -> continued(cycle, cycles))
              .filter(claim -> mayOwn.test(claim.owner()))
              .map(claim -> bind(row, cycle, claim))
              .orElse(cycle));
    }
    for (int at = rows.size() - 2; at >= 0; at--) {
      PaymentRow row = rows.get(at);
      RegisteredPayment cycle = cycles.get(at);
      Optional<AccountId> owner =
          continuation.ownerBySuccessor(cycle, cycles.get(at + 1)).filter(mayOwn);
      if (owner.isPresent()) {
        cycles.set(at, bind(row, cycle, new Claimed(owner.get(), now, ClaimedBy.CONTINUATION)));
      }
    }
  }

  /// That the account which the App Store names bought it (`decisions-stores.md` §2.2, foreign token).
  private Optional<Claimed> claimed(RegisteredPayment cycle) {
    Binding token = cycle.payment().witnessed().binding();
    return token == null || !isWaitingPurchase(cycle.payment())
        ? Optional.empty()
        : accounts.ofAppleToken(token).map(owner -> new Claimed(owner, now, ClaimedBy.TOKEN));
  }

  private Optional<Claimed> continued(RegisteredPayment cycle, List<RegisteredPayment> earlier) {
    return continuation
        .owner(cycle, earlier, new RecordedPast(handle), accounts::idsOf)
        .map(owner -> new Claimed(owner, now, ClaimedBy.CONTINUATION));
  }

  /// Who owns a dead cycle is not given it, but is asked after for the cycles that follow.
  private RegisteredPayment bind(PaymentRow row, RegisteredPayment cycle, Claimed claim) {
    if (cycle.payment().isUnclaimed()) {
      writer.store(row, List.of(claim));
    }
    return cycle.apply(claim);
  }

  /// Whether the App Store says that somebody bought it, and nobody has it yet.
  static boolean isWaitingPurchase(Payment payment) {
    return payment.witnessed().began() == Began.PURCHASE && payment.isUnclaimed();
  }

  /// One key for each subscription, in order.
  static List<PaymentKey> subscriptions(Collection<PaymentKey> cycles) {
    Map<List<Object>, PaymentKey> first = new LinkedHashMap<>();
    cycles.stream()
        .sorted(BY_KEY)
        .forEach(key -> first.putIfAbsent(List.of(key.provider(), key.subscription()), key));
    return List.copyOf(first.values());
  }
}
