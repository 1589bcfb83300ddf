package org.sessionpro.backend.ledger;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import org.sessionpro.backend.entitlement.AccountId;
import org.sessionpro.backend.entitlement.Learned;
import org.sessionpro.backend.entitlement.Payment;
import org.sessionpro.backend.entitlement.PaymentId;
import org.sessionpro.backend.entitlement.RegisteredPayment;
import org.sessionpro.backend.entitlement.SubscriptionFact;
import org.sessionpro.backend.entitlement.SubscriptionKey;
import org.sessionpro.protocol.MasterKey;
import org.sessionpro.protocol.PaymentProvider;
import org.sessionpro.protocol.TransactionId;

/// Reads what is known of a subscription.
final class Knowing {
  private static final Comparator<SubscriptionKey> ORDER =
      Comparator.comparing(SubscriptionKey::provider).thenComparing(SubscriptionKey::value);

  private Knowing() {}

  /// The subscription and those related to it, each once, in the order in which they are locked.
  static Set<SubscriptionKey> all(SubscriptionKey key, Collection<SubscriptionKey> related) {
    Set<SubscriptionKey> all = new TreeSet<>(ORDER);
    all.add(key);
    all.addAll(related);
    return all;
  }

  /// What is known. Payments and rows stay as they are only if somebody has locked them.
  static KnownSubscription of(
      Handle handle, Tables tables, SubscriptionKey key, Collection<SubscriptionKey> related) {
    List<RegisteredPayment> payments = new ArrayList<>();
    Map<SubscriptionKey, List<SubscriptionFact>> facts = new HashMap<>();
    Map<TransactionId, PaymentId> names = new HashMap<>();
    Map<PaymentId, CycleSighting> sightings = new HashMap<>();
    @Nullable SubscriptionRow own = null;
    for (SubscriptionKey one : all(key, related)) {
      tables.payments().ofSubscription(handle, one).forEach(row -> payments.add(row.registered()));
      Optional<SubscriptionRow> row = tables.subscriptions().find(handle, one);
      row.ifPresent(it -> facts.put(one, facts(handle, it)));
      own = one.equals(key) ? row.orElse(null) : own;
      if (one.provider() == PaymentProvider.APP_STORE) {
        names.putAll(PaymentNames.of(handle, one));
        sightings.putAll(SightingTable.of(handle, one));
      }
    }
    payments.sort(Comparator.comparingLong(payment -> payment.id().value()));
    return new KnownSubscription(
        payments,
        facts,
        SubscriptionTable.successors(handle, key),
        owners(handle, tables, payments),
        own == null ? SubscriptionState.NOTHING : own.state(),
        own == null ? null : own.reconciledAt(),
        own == null ? null : own.heldSince(),
        names,
        sightings);
  }

  private static List<SubscriptionFact> facts(Handle handle, SubscriptionRow row) {
    return FactTable.ofSubscription(handle, row.id()).stream().map(Learned::fact).toList();
  }

  private static Map<AccountId, MasterKey> owners(
      Handle handle, Tables tables, List<RegisteredPayment> payments) {
    Map<AccountId, MasterKey> owners = new HashMap<>();
    for (RegisteredPayment payment : payments) {
      Payment.Owner owner = payment.payment().owner();
      if (owner != null) {
        owners.computeIfAbsent(
            owner.account(), account -> tables.accounts().masterKey(handle, account));
      }
    }
    return owners;
  }
}
