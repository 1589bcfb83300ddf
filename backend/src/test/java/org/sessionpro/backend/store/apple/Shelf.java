package org.sessionpro.backend.store.apple;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.sessionpro.backend.entitlement.AccountId;
import org.sessionpro.backend.entitlement.Payment;
import org.sessionpro.backend.entitlement.PaymentFact;
import org.sessionpro.backend.entitlement.PaymentFact.AliasSeen;
import org.sessionpro.backend.entitlement.PaymentFact.Claimed;
import org.sessionpro.backend.entitlement.PaymentFact.ClaimedBy;
import org.sessionpro.backend.entitlement.PaymentId;
import org.sessionpro.backend.entitlement.PaymentKey;
import org.sessionpro.backend.entitlement.RegisteredPayment;
import org.sessionpro.backend.ledger.CycleSighting;
import org.sessionpro.backend.ledger.KnownSubscription;
import org.sessionpro.backend.ledger.Statement;
import org.sessionpro.backend.ledger.SubscriptionState;
import org.sessionpro.backend.store.apple.AppStoreApi.Revision;
import org.sessionpro.backend.store.apple.Convergence.Applied;
import org.sessionpro.backend.store.apple.Convergence.Matter;
import org.sessionpro.backend.store.apple.Snapshot.Notice;
import org.sessionpro.backend.store.apple.Snapshot.Reading;
import org.sessionpro.protocol.MasterKey;
import org.sessionpro.protocol.TransactionId;

/// What a ledger holds of one subscription, kept by the same reducer: each snapshot converges, and what
/// follows is applied.
final class Shelf {
  static final AccountId ALICE = new AccountId(1);

  /// Our clock.
  static final Instant NOW = Said.day(1_000);

  private final AppleConverge converge;
  private final Map<PaymentId, Payment> payments = new HashMap<>();
  private final Map<TransactionId, PaymentId> names = new HashMap<>();
  private final Map<PaymentId, CycleSighting> sightings = new HashMap<>();
  private SubscriptionState state = SubscriptionState.NOTHING;

  Shelf() {
    this(Said.PRODUCTS);
  }

  Shelf(Products products) {
    converge = new AppleConverge(products);
  }

  /// The same with another catalogue, as after a start.
  Shelf restarted(Products products) {
    Shelf next = new Shelf(products);
    next.payments.putAll(payments);
    next.names.putAll(names);
    next.sightings.putAll(sightings);
    next.state = state;
    return next;
  }

  /// A notification comes in.
  Applied told(
      String type, @Nullable String subtype, @Nullable Said said, @Nullable RenewalInfo renewal) {
    return (Applied) look(notice(type, subtype, said, renewal, null));
  }

  Applied told(String type, Said said, RenewalInfo renewal) {
    return told(type, null, said, renewal);
  }

  static Snapshot notice(
      String type,
      @Nullable String subtype,
      @Nullable Said said,
      @Nullable RenewalInfo renewal,
      @Nullable Integer status) {
    Instant at = said == null ? Said.T : said.tx().signedAt();
    return new Snapshot(
        Said.SUBSCRIPTION,
        said == null ? null : said.tx(),
        List.of(),
        renewal,
        status,
        null,
        new Notice(type, subtype, renewal == null ? at : renewal.signedAt()));
  }

  /// The records are read to their end.
  Applied read(@Nullable RenewalInfo renewal, Said present, Said... others) {
    return (Applied) look(records(renewal, present, others));
  }

  static Snapshot records(@Nullable RenewalInfo renewal, Said present, Said... others) {
    List<TransactionInfo> history = new ArrayList<>(List.of(present.tx()));
    for (Said other : others) {
      history.add(other.tx());
    }
    return new Snapshot(
        Said.SUBSCRIPTION,
        present.tx(),
        history,
        renewal,
        1,
        new Reading(true, new Revision("end")),
        null);
  }

  Convergence look(Snapshot snapshot) {
    Convergence verdict = converge.converge(known(), snapshot, NOW);
    if (verdict instanceof Applied applied) {
      carryOut(applied);
    }
    return verdict;
  }

  KnownSubscription known() {
    Map<AccountId, MasterKey> owners = new HashMap<>();
    payments
        .values()
        .forEach(payment -> {
          if (payment.owner() != null) {
            owners.put(payment.owner().account(), Said.ALICE);
          }
        });
    return new KnownSubscription(
        payments.entrySet().stream()
            .sorted(Map.Entry.comparingByKey())
            .map(one -> new RegisteredPayment(one.getKey(), one.getValue()))
            .toList(),
        Map.of(),
        Set.of(),
        owners,
        state,
        null,
        null,
        names,
        sightings);
  }

  private void carryOut(Applied applied) {
    applied
        .notes()
        .renamed()
        .forEach((from, to) -> {
          PaymentId id = id(from);
          payments.put(id, renamed(Objects.requireNonNull(payments.get(id)), to));
        });
    applied.statements().forEach(this::record);
    applied.notes().sightings().forEach((key, sighting) -> sightings.put(id(key), sighting));
    state = applied.state();
  }

  private static Payment renamed(Payment it, PaymentKey to) {
    return new Payment(
        to,
        it.witnessed(),
        it.terms(),
        it.owner(),
        it.losses(),
        it.credit(),
        it.requests(),
        it.hidden());
  }

  private void record(Statement statement) {
    List<PaymentFact> facts = statement.facts();
    PaymentId id = find(statement.key());
    Payment payment;
    if (id == null) {
      id = new PaymentId(payments.size() + 1L);
      payment = Payment.replay(statement.key(), facts);
      TransactionId first = payment.witnessed().transaction();
      if (first != null) {
        names.putIfAbsent(first, id);
      }
    } else {
      payment = Objects.requireNonNull(payments.get(id)).apply(facts);
    }
    payments.put(id, payment);
    for (PaymentFact fact : facts) {
      if (fact instanceof AliasSeen seen) {
        names.putIfAbsent(seen.transaction(), id);
      }
    }
  }

  private @Nullable PaymentId find(PaymentKey key) {
    return payments.entrySet().stream()
        .filter(one -> one.getValue().key().equals(key))
        .map(Map.Entry::getKey)
        .findFirst()
        .orElse(null);
  }

  private PaymentId id(PaymentKey key) {
    PaymentId id = find(key);
    if (id == null) {
      throw new IllegalStateException("nothing of that name is known");
    }
    return id;
  }

  /// Alice has the cycle from now on.
  void claim(Said said) {
    payments.computeIfPresent(
        id(said.tx().cycle()),
        (_, payment) -> payment.apply(new Claimed(ALICE, Said.T, ClaimedBy.TOUCH)));
  }

  Payment payment(Said said) {
    return Objects.requireNonNull(payments.get(id(said.tx().cycle())));
  }

  List<Payment> payments() {
    return known().payments().stream().map(RegisteredPayment::payment).toList();
  }

  Map<TransactionId, PaymentId> names() {
    return names;
  }

  SubscriptionState state() {
    return state;
  }

  static List<Matter> matters(Applied applied) {
    return applied.alarms().stream().map(Convergence.Alarm::matter).toList();
  }
}
