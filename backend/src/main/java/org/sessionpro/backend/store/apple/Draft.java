package org.sessionpro.backend.store.apple;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.sessionpro.backend.entitlement.PaymentFact.AliasSeen;
import org.sessionpro.backend.entitlement.PaymentFact.Began;
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

  /// The cycles that run for a term, as they follow upon each other: oldest purchase first, ties by
  /// registration. A renewal whose place was taken before it began comes before what took it.
  List<Cycle> terms() {
    Map<Cycle, Instant> places = new HashMap<>();
    cycles.stream().filter(Cycle::isTerm).forEach(cycle -> places.put(cycle, place(cycle)));
    return cycles.stream()
        .filter(Cycle::isTerm)
        .sorted(
            Comparator.comparing((Cycle cycle) -> places.getOrDefault(cycle, cycle.purchasedAt()))
                .thenComparing(Comparator.comparing(Cycle::purchasedAt).reversed()))
        .toList();
  }

  /// Unless Apple said since that it stands.
  private Instant place(Cycle cycle) {
    return replacement(cycle)
        .map(Cycle::purchasedAt)
        .filter(at -> !cycle.isSaidToStandAfter(at))
        .orElseGet(cycle::purchasedAt);
  }

  /// What took the place of a renewal before it began: Apple charges up to a day ahead (`app-store.md`
  /// §2.3), and what it was to follow upon may be exchanged in the meantime (§3 rule 3). Dates tell it;
  /// whether both count is another matter.
  Optional<Cycle> replacement(Cycle renewal) {
    return cycles.stream()
        .filter(it -> isInsteadOf(renewal, it))
        .filter(it -> cycles.stream().anyMatch(former -> isExchanged(former, it, renewal)))
        .min(Comparator.comparing(Cycle::purchasedAt));
  }

  /// Whether that may be so, as long as it is not known what the renewal was to follow upon.
  boolean mayReplace(Cycle cycle, Cycle renewal) {
    return isInsteadOf(renewal, cycle)
        && cycles.stream().noneMatch(former -> isFollowed(former, renewal));
  }

  /// Whether a renewal begins within what somebody bought before, so that it does not renew that.
  private static boolean isInsteadOf(Cycle renewal, Cycle bought) {
    Instant begins = renewal.purchasedAt();
    return renewal.isTerm()
        && bought.isTerm()
        && renewal.began() == Began.RENEWAL
        && bought.began() == Began.PURCHASE
        && bought.purchasedAt().isBefore(begins)
        && bought.end().isAfter(begins);
  }

  private static boolean isExchanged(Cycle former, Cycle bought, Cycle renewal) {
    return isFollowed(former, renewal) && former.purchasedAt().isBefore(bought.purchasedAt());
  }

  private static boolean isFollowed(Cycle former, Cycle renewal) {
    return former.isTerm() && former.end().equals(renewal.purchasedAt());
  }

  /// Whether a cycle comes after another one.
  boolean follows(Cycle cycle, Cycle other) {
    List<Cycle> terms = terms();
    return terms.indexOf(cycle) > terms.indexOf(other);
  }

  /// The last of the cycles that run for a term; null if there is none.
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
