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
import org.sessionpro.backend.entitlement.Binding.OwnerIds;
import org.sessionpro.backend.entitlement.Continuation;
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
    List<RegisteredPayment> earlier = new ArrayList<>();
    payments.subscriptionLocked(handle, subscription.subscriptionKey()).stream()
        .sorted(Comparator.comparing(row -> row.registered().purchasedAt()))
        .forEachOrdered(row -> {
          RegisteredPayment cycle = row.registered();
          Optional<AccountId> owner =
              continuation.owner(cycle, earlier, id -> FactTable.of(handle, id)).filter(mayOwn);
          if (owner.isPresent()) {
            Claimed claimed = new Claimed(owner.get(), now, ClaimedBy.CONTINUATION);
            if (cycle.payment().isUnclaimed()) {
              writer.store(row, List.of(claimed));
            }
            cycle = cycle.apply(claimed);
          }
          earlier.add(cycle);
        });
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
