package org.sessionpro.backend.store.google;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.sessionpro.backend.entitlement.AccountId;
import org.sessionpro.backend.entitlement.Payment;
import org.sessionpro.backend.entitlement.RegisteredPayment;
import org.sessionpro.backend.entitlement.SubscriptionFact;
import org.sessionpro.backend.entitlement.SubscriptionKey;
import org.sessionpro.protocol.MasterKey;
import org.sessionpro.protocol.PurchaseToken;

/// What is known already of a purchase and of those it is connected with, as one transaction reads it.
///
/// @param payments of this purchase and of the related ones ([SubscriptionResource#related()])
/// @param facts what was heard of each of them as a whole
/// @param successors the purchases that are known to have taken the place of this one
/// @param owners the keys of all accounts that own one of the payments
/// @param statedAt when the newest record that was understood was asked for; null if there was none
/// @param heldSince since when records are set aside, because they may be behind what was heard; null if
///     none is
public record Known(
    List<RegisteredPayment> payments,
    Map<SubscriptionKey, List<SubscriptionFact>> facts,
    Set<PurchaseToken> successors,
    Map<AccountId, MasterKey> owners,
    @Nullable Instant statedAt,
    @Nullable Instant heldSince) {
  private static final Comparator<RegisteredPayment> OLDEST_FIRST =
      Comparator.comparing(RegisteredPayment::purchasedAt).thenComparing(RegisteredPayment::id);

  public Known {
    payments = payments.stream().sorted(OLDEST_FIRST).toList();
    facts = Map.copyOf(facts);
    successors = Set.copyOf(successors);
    owners = Map.copyOf(owners);
  }

  /// The payments of one purchase, oldest first.
  List<RegisteredPayment> of(@Nullable PurchaseToken token) {
    return token == null
        ? List.of()
        : payments.stream()
            .filter(
                one -> one.payment().key().subscriptionKey().equals(SubscriptionKey.google(token)))
            .toList();
  }

  List<SubscriptionFact> factsOf(PurchaseToken token) {
    return facts.getOrDefault(SubscriptionKey.google(token), List.of());
  }

  Stream<SubscriptionFact.LossHeard> lossesOf(PurchaseToken token) {
    return factsOf(token).stream()
        .filter(SubscriptionFact.LossHeard.class::isInstance)
        .map(SubscriptionFact.LossHeard.class::cast);
  }

  /// The purchase whose place that one is known to have taken; null if none is known.
  @Nullable PurchaseToken before(PurchaseToken token) {
    return factsOf(token).stream()
        .filter(SubscriptionFact.Linked.class::isInstance)
        .map(fact -> new PurchaseToken(((SubscriptionFact.Linked) fact).to().value()))
        .findFirst()
        .orElse(null);
  }

  /// The newest payment of one purchase that has an owner.
  Optional<RegisteredPayment> newestOwned(@Nullable PurchaseToken token) {
    return of(token).stream()
        .filter(one -> one.payment().owner() != null)
        .reduce((_, last) -> last);
  }

  /// The key of whoever owns that payment; null if nobody does.
  @Nullable MasterKey owner(RegisteredPayment one) {
    Payment.Owner owner = one.payment().owner();
    return owner == null ? null : owners.get(owner.account());
  }
}
