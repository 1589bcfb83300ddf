package org.sessionpro.backend.store.google.work;

import java.util.Collection;
import java.util.List;
import java.util.function.Predicate;
import org.sessionpro.backend.entitlement.Payment;
import org.sessionpro.backend.entitlement.PaymentFact.Acknowledgement;
import org.sessionpro.backend.entitlement.RegisteredPayment;
import org.sessionpro.backend.entitlement.SubscriptionFact;
import org.sessionpro.backend.entitlement.SubscriptionKey;
import org.sessionpro.backend.inbox.Lane;
import org.sessionpro.backend.inbox.Outcome;
import org.sessionpro.backend.inbox.WorkHandler;
import org.sessionpro.backend.ledger.KnownSubscription;
import org.sessionpro.backend.store.Rooms;
import org.sessionpro.protocol.PurchaseToken;

/// What the payments that are known of a purchase decide about work on it.
final class PurchaseWork {
  private PurchaseWork() {}

  /// Those of one purchase among others.
  static List<RegisteredPayment> of(Collection<RegisteredPayment> payments, PurchaseToken token) {
    SubscriptionKey key = SubscriptionKey.google(token);
    return payments.stream()
        .filter(it -> it.payment().key().subscriptionKey().equals(key))
        .toList();
  }

  /// What was heard of a purchase as a whole.
  static List<SubscriptionFact> facts(KnownSubscription known, PurchaseToken token) {
    return known.facts().getOrDefault(SubscriptionKey.google(token), List.of());
  }

  /// Lets go of what nobody announced and nothing is known of after a look that came to nothing: it is
  /// no purchase of ours, or none of that kind.
  ///
  /// @param kind tells payments of that kind from others
  static Outcome unlessForeign(
      Outcome outcome, WorkHandler.Turn turn, Rooms rooms, Predicate<Payment> kind) {
    PurchaseToken token = new PurchaseToken(turn.claim().item().key());
    return isForNothing(outcome)
            && turn.claim().seen().lane() == Lane.SWEPT
            && rooms
                .subscriptions()
                .known(SubscriptionKey.google(token), List.of())
                .payments()
                .stream()
                .map(RegisteredPayment::payment)
                .noneMatch(kind)
        ? new Outcome.Done()
        : outcome;
  }

  private static boolean isForNothing(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Parked _ -> true;
      case Outcome.Failed failed ->
          switch (failed.kind()) {
            case NOT_FOUND, REJECTED -> true;
            case TRANSIENT, LOGIC -> false;
          };
      case Outcome.Done _, Outcome.Again _, Outcome.Waits _, Outcome.Held _, Outcome.Unfinished _ ->
          false;
    };
  }

  /// Whether it is a payment of something that was bought once.
  static boolean isOnce(Payment payment) {
    return payment.credit() != null;
  }

  static boolean isOfSubscription(Payment payment) {
    return !isOnce(payment);
  }

  /// Whether Google is to be told that the purchase was granted.
  static boolean owes(RegisteredPayment payment) {
    return owes(payment.payment());
  }

  static boolean owes(Payment payment) {
    return payment.requests().acknowledgement() == Acknowledgement.OWED;
  }
}
