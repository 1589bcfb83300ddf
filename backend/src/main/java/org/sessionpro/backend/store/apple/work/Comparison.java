package org.sessionpro.backend.store.apple.work;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.sessionpro.backend.entitlement.SubscriptionKey;
import org.sessionpro.backend.inbox.Cause;
import org.sessionpro.backend.inbox.Outcome;
import org.sessionpro.backend.inbox.ParkReason;
import org.sessionpro.backend.inbox.WorkHandler;
import org.sessionpro.backend.ledger.KnownSubscription;
import org.sessionpro.backend.ledger.Ruling;
import org.sessionpro.backend.store.Rooms;
import org.sessionpro.backend.store.apple.AppleConverge;
import org.sessionpro.backend.store.apple.Convergence;
import org.sessionpro.backend.store.apple.Convergence.Applied;
import org.sessionpro.backend.store.apple.Convergence.Parked;
import org.sessionpro.backend.store.apple.Products;
import org.sessionpro.backend.store.apple.Snapshot;

/// Carries out what follows from what Apple shows of a subscription, in one transaction that writes
/// nothing if the item is no longer ours (`app-store.md` §6.2).
final class Comparison {
  private final AppleConverge converge;
  private final Rooms rooms;
  private final Alarms alarms;

  Comparison(Products products, Rooms rooms, Alarms alarms) {
    this.converge = new AppleConverge(products);
    this.rooms = rooms;
    this.alarms = alarms;
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
                known ->
                    ruling(
                        converge.converge(known, snapshot, now),
                        known,
                        snapshot.subscription(),
                        reading),
                now);
    return verdict.map(it -> outcome(it, snapshot)).orElseGet(Outcome.Unfinished::new);
  }

  private Ruling<Convergence> ruling(
      Convergence verdict, KnownSubscription known, SubscriptionKey key, Ruling.Reading reading) {
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
                  rooms.subscriptions().remarking(key, it.remarks()),
                  reading,
                  verdict);
      case Parked _ -> Ruling.nothing(verdict);
    };
  }

  private Outcome outcome(Convergence verdict, Snapshot snapshot) {
    return switch (verdict) {
      case Applied it -> {
        it.alarms().forEach(alarm -> alarms.tell(alarm, snapshot.subscription()));
        yield it.again() == null
            ? new Outcome.Done()
            : new Outcome.Waits(it.again(), "the records may be from before a change of plan");
      }
      case Parked(var product) ->
          new Outcome.Parked(
              new Cause(ParkReason.UNKNOWN_PRODUCT, product.value()),
              "its product is not in one_time_products");
    };
  }
}
