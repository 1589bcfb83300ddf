package org.sessionpro.backend.store.apple.work;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.sessionpro.backend.db.InTransaction;
import org.sessionpro.backend.entitlement.Payment;
import org.sessionpro.backend.entitlement.PaymentFact.Witnessed;
import org.sessionpro.backend.entitlement.PaymentKey;
import org.sessionpro.backend.entitlement.RegisteredPayment;
import org.sessionpro.backend.entitlement.SubscriptionKey;
import org.sessionpro.backend.inbox.Cause;
import org.sessionpro.backend.inbox.Outcome;
import org.sessionpro.backend.inbox.Owed;
import org.sessionpro.backend.inbox.ParkReason;
import org.sessionpro.backend.inbox.WorkHandler;
import org.sessionpro.backend.inbox.WorkItem;
import org.sessionpro.backend.ledger.KnownSubscription;
import org.sessionpro.backend.ledger.Ruling;
import org.sessionpro.backend.ledger.Statement;
import org.sessionpro.backend.store.Rooms;
import org.sessionpro.backend.store.apple.AppleConverge;
import org.sessionpro.backend.store.apple.Convergence;
import org.sessionpro.backend.store.apple.Convergence.Alarm;
import org.sessionpro.backend.store.apple.Convergence.Applied;
import org.sessionpro.backend.store.apple.Convergence.Matter;
import org.sessionpro.backend.store.apple.Convergence.Parked;
import org.sessionpro.backend.store.apple.Products;
import org.sessionpro.backend.store.apple.Snapshot;
import org.sessionpro.protocol.TransactionId;

/// Carries out what follows from what Apple shows of a subscription, in one transaction that writes
/// nothing if the item is no longer ours (`app-store.md` §6.2).
final class Comparison {
  private static final Alarm UNATTRIBUTED = Alarm.of(Matter.UNATTRIBUTED);

  private final AppleConverge converge;
  private final Rooms rooms;
  private final Alarms alarms;
  private final boolean asks;

  /// @param asks whether Apple can be asked about subscriptions
  Comparison(Products products, Rooms rooms, Alarms alarms, boolean asks) {
    this.converge = new AppleConverge(products);
    this.rooms = rooms;
    this.alarms = alarms;
    this.asks = asks;
  }

  /// Compares and records.
  ///
  /// @param reading whether the subscription counts as compared with Apple's record then
  Outcome compare(WorkHandler.Turn turn, Snapshot snapshot, Ruling.Reading reading) {
    Instant now = rooms.clock().instant();
    Optional<Convergence> verdict =
        rooms
            .subscriptions()
            .converge(
                snapshot.subscription(),
                List.of(),
                rooms.inbox().fence(turn.claim()),
                known -> ruling(converge.converge(known, snapshot, now), known, snapshot, reading),
                now);
    return verdict.map(it -> outcome(it, snapshot)).orElseGet(Outcome.Unfinished::new);
  }

  private Ruling<Convergence> ruling(
      Convergence verdict, KnownSubscription known, Snapshot snapshot, Ruling.Reading reading) {
    return switch (verdict) {
      case Applied it ->
          // Of what nobody knows anything nothing is kept.
          it.statements().isEmpty() && known.payments().isEmpty()
              ? Ruling.nothing(verdict)
              : new Ruling<>(
                  it.statements(),
                  it.notes(),
                  List.of(),
                  it.state(),
                  also(it, snapshot),
                  reading,
                  verdict);
      case Parked _ -> Ruling.nothing(verdict);
    };
  }

  /// The item of a look comes back by itself; what a notification asks for is an item of its own.
  private InTransaction also(Applied it, Snapshot snapshot) {
    SubscriptionKey key = snapshot.subscription();
    InTransaction remarking = rooms.subscriptions().remarking(key, it.remarks());
    if (snapshot.notice() == null || it.again() == null || !asks) {
      return remarking;
    }
    WorkItem look = WorkItem.reconcile(new TransactionId(key.value()));
    return InTransaction.all(
        List.of(remarking, rooms.inbox().enqueueing(List.of(Owed.unannounced(look)), it.again())));
  }

  /// What became known, names nobody, and was not given to the owner of what it continues either
  /// (`app-store.md` §2.4).
  private List<PaymentKey> ownerless(Applied verdict, SubscriptionKey subscription) {
    Set<PaymentKey> nameless =
        verdict.statements().stream()
            .filter(it ->
                it.facts().getFirst() instanceof Witnessed witnessed && witnessed.binding() == null)
            .map(Statement::key)
            .collect(Collectors.toSet());
    if (nameless.isEmpty()) {
      return List.of();
    }
    return rooms.subscriptions().known(subscription, List.of()).payments().stream()
        .map(RegisteredPayment::payment)
        .filter(it -> it.isUnclaimed() && it.witnessed().binding() == null)
        .map(Payment::key)
        .filter(nameless::contains)
        .toList();
  }

  private Outcome outcome(Convergence verdict, Snapshot snapshot) {
    return switch (verdict) {
      case Applied it -> {
        it.alarms().forEach(alarm -> alarms.tell(alarm, snapshot.subscription()));
        ownerless(it, snapshot.subscription())
            .forEach(_ -> alarms.tell(UNATTRIBUTED, snapshot.subscription()));
        yield it.again() == null || snapshot.notice() != null
            ? new Outcome.Done()
            : new Outcome.Again(it.again(), "the records may be from before a change");
      }
      case Parked(var product) ->
          new Outcome.Parked(
              new Cause(ParkReason.UNKNOWN_PRODUCT, product.value()),
              "its product is not in one_time_products");
    };
  }
}
