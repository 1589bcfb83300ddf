package org.sessionpro.backend.store.google.work;

import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.sessionpro.backend.entitlement.PaymentFact.Acknowledgement;
import org.sessionpro.backend.entitlement.RegisteredPayment;
import org.sessionpro.backend.entitlement.SubscriptionKey;
import org.sessionpro.backend.inbox.ErrorClass;
import org.sessionpro.backend.inbox.Lane;
import org.sessionpro.backend.inbox.Outcome;
import org.sessionpro.backend.inbox.WorkHandler;
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

  /// Lets go of what nobody announced and nothing is known of after a look that came to nothing: it is
  /// no purchase of ours.
  static Outcome unlessForeign(Outcome outcome, WorkHandler.Turn turn, Rooms rooms) {
    boolean cameToNothing =
        outcome instanceof Outcome.Parked
            || (outcome instanceof Outcome.Failed failed && failed.kind() == ErrorClass.NOT_FOUND);
    PurchaseToken token = new PurchaseToken(turn.claim().item().key());
    return cameToNothing
            && turn.claim().seen().lane() == Lane.SWEPT
            && rooms
                .subscriptions()
                .known(SubscriptionKey.google(token), List.of())
                .payments()
                .isEmpty()
        ? new Outcome.Done()
        : outcome;
  }

  /// Whether Google is to be told that the purchase was granted.
  static boolean owes(Collection<RegisteredPayment> payments, PurchaseToken token) {
    return of(payments, token).stream().anyMatch(PurchaseWork::owes);
  }

  /// When the earliest payment that Google is to be told of was bought; empty if there is none.
  static Optional<Instant> owesSince(Collection<RegisteredPayment> payments, PurchaseToken token) {
    return of(payments, token).stream()
        .filter(PurchaseWork::owes)
        .map(RegisteredPayment::purchasedAt)
        .min(Comparator.naturalOrder());
  }

  static boolean owes(RegisteredPayment payment) {
    return payment.payment().requests().acknowledgement() == Acknowledgement.OWED;
  }
}
