package org.sessionpro.backend.ledger;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.sessionpro.backend.entitlement.AccountId;
import org.sessionpro.backend.entitlement.PaymentId;
import org.sessionpro.backend.entitlement.RegisteredPayment;
import org.sessionpro.backend.entitlement.SubscriptionFact;
import org.sessionpro.backend.entitlement.SubscriptionKey;
import org.sessionpro.protocol.MasterKey;
import org.sessionpro.protocol.TransactionId;

/// What is known of a subscription and of those it is related to, as one transaction reads it.
///
/// @param payments of all of them, in the order of registration
/// @param facts what was heard of each as a whole, in the order of recording
/// @param successors subscriptions that took the place of this one
/// @param owners the keys of all accounts that own one of the payments
/// @param state what the store last said of this one
/// @param reconciledAt when it was last compared with the store's record, by our clock; null if never
/// @param heldSince since when that record is set aside, because it may be behind what was heard, by
///     our clock; null if it is not
/// @param names the App Store's transactions that stand for a payment of one of them
/// @param sightings what statements about each payment have come to
public record KnownSubscription(
    List<RegisteredPayment> payments,
    Map<SubscriptionKey, List<SubscriptionFact>> facts,
    Set<SubscriptionKey> successors,
    Map<AccountId, MasterKey> owners,
    SubscriptionState state,
    @Nullable Instant reconciledAt,
    @Nullable Instant heldSince,
    Map<TransactionId, PaymentId> names,
    Map<PaymentId, CycleSighting> sightings) {
  public KnownSubscription {
    payments = List.copyOf(payments);
    facts = Map.copyOf(facts);
    successors = Set.copyOf(successors);
    owners = Map.copyOf(owners);
    names = Map.copyOf(names);
    sightings = Map.copyOf(sightings);
  }
}
