package org.sessionpro.backend.store.apple;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.sessionpro.backend.entitlement.PaymentFact.AliasSeen;
import org.sessionpro.backend.entitlement.PaymentFact.Witnessed;
import org.sessionpro.backend.entitlement.PaymentId;
import org.sessionpro.backend.entitlement.PaymentKey;
import org.sessionpro.backend.entitlement.RegisteredPayment;
import org.sessionpro.backend.entitlement.SubscriptionKey;
import org.sessionpro.backend.ledger.CycleNotes;
import org.sessionpro.backend.ledger.CycleSighting;
import org.sessionpro.backend.ledger.KnownSubscription;
import org.sessionpro.backend.ledger.Statement;
import org.sessionpro.protocol.TransactionId;

/// The cycles of one subscription as they will be, and how Apple names them (`decisions-stores.md` §1,
/// cycle identity).
final class Draft {
  private final List<Cycle> cycles = new ArrayList<>();
  private final Map<TransactionId, Cycle> names = new HashMap<>();
  private final Map<PaymentKey, PaymentKey> renamed = new HashMap<>();

  Draft(SubscriptionKey subscription, KnownSubscription known) {
    Map<PaymentId, Cycle> byId = new HashMap<>();
    for (RegisteredPayment one : known.payments()) {
      if (one.payment().key().subscriptionKey().equals(subscription)) {
        Cycle cycle = new Cycle(one.payment(), known.sightings().get(one.id()));
        cycles.add(cycle);
        byId.put(one.id(), cycle);
      }
    }
    known
        .names()
        .forEach((name, id) -> {
          Cycle cycle = byId.get(id);
          if (cycle != null) {
            names.put(name, cycle);
          }
        });
  }

  /// The cycle that a transaction shows: by the name of the cycle, then by any that it was shown by.
  Optional<Cycle> find(TransactionInfo transaction) {
    PaymentKey key = transaction.cycle();
    return cycles.stream()
        .filter(cycle -> cycle.payment().key().equals(key))
        .findFirst()
        .or(() -> Optional.ofNullable(names.get(transaction.names().transaction())));
  }

  Cycle witness(PaymentKey key, Witnessed witnessed) {
    Cycle cycle = Cycle.of(key, witnessed);
    cycles.add(cycle);
    if (witnessed.transaction() != null) {
      names.putIfAbsent(witnessed.transaction(), cycle);
    }
    return cycle;
  }

  /// Takes note of how a transaction names its cycle.
  void name(Cycle cycle, TransactionInfo transaction) {
    TransactionId name = transaction.names().transaction();
    if (names.putIfAbsent(name, cycle) == null) {
      cycle.note(new AliasSeen(name, transaction.signedAt()));
    }
    PaymentKey known = cycle.payment().key();
    if (transaction.names().lineItem() != null && known.appleLineItem().value().isEmpty()) {
      if (!cycle.isNew()) {
        renamed.put(known, transaction.cycle());
      }
      cycle.rename(transaction.cycle());
    }
  }

  boolean isEmpty() {
    return cycles.isEmpty();
  }

  List<Cycle> all() {
    return List.copyOf(cycles);
  }

  /// The cycles that run for a term, oldest purchase first, ties by registration.
  List<Cycle> terms() {
    return cycles.stream()
        .filter(Cycle::isTerm)
        .sorted(Comparator.comparing(Cycle::purchasedAt))
        .toList();
  }

  /// The newest cycle that runs for a term; null if there is none.
  @Nullable Cycle newest() {
    List<Cycle> terms = terms();
    return terms.isEmpty() ? null : terms.getLast();
  }

  List<Statement> statements() {
    return cycles.stream().filter(Cycle::isStated).map(Cycle::statement).toList();
  }

  CycleNotes notes() {
    Map<PaymentKey, CycleSighting> sightings = new HashMap<>();
    for (Cycle cycle : cycles) {
      CycleSighting sighting = cycle.sighting();
      if (sighting != null && cycle.isSightedAnew()) {
        sightings.put(cycle.payment().key(), sighting);
      }
    }
    return new CycleNotes(renamed, sightings);
  }
}
