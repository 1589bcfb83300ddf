package org.sessionpro.backend.store.google.work;

import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.sessionpro.backend.entitlement.Payment;
import org.sessionpro.backend.entitlement.RegisteredPayment;
import org.sessionpro.backend.entitlement.SubscriptionFact;
import org.sessionpro.backend.inbox.Owed;
import org.sessionpro.backend.inbox.WorkItem;
import org.sessionpro.backend.ledger.KnownSubscription;
import org.sessionpro.protocol.PurchaseToken;

/// The acknowledgement that Google waits for, since when and until when (`google-play.md` §7.1).
public final class OwedAcknowledgement {
  private OwedAcknowledgement() {}

  /// What is owed for a purchase; empty if nothing is.
  public static Optional<Owed> of(PurchaseToken token, KnownSubscription known) {
    return of(
        token,
        PurchaseWork.of(known.payments(), token).stream().map(RegisteredPayment::payment).toList(),
        PurchaseWork.facts(known, token),
        known.state().test());
  }

  /// What is owed for a purchase; empty if nothing is.
  ///
  /// @param payments of the purchase
  /// @param facts what was heard of it as a whole
  /// @param test whether a licence tester bought it
  static Optional<Owed> of(
      PurchaseToken token,
      Collection<Payment> payments,
      Collection<? extends SubscriptionFact> facts,
      boolean test) {
    List<Payment> owing = payments.stream().filter(PurchaseWork::owes).toList();
    return owing.stream()
        .map(payment -> AcknowledgementDeadline.end(payment, facts, test))
        .min(Comparator.naturalOrder())
        .map(end -> Owed.awaited(WorkItem.acknowledge(token), begin(owing, facts), end));
  }

  private static Instant begin(
      Collection<Payment> owing, Collection<? extends SubscriptionFact> facts) {
    return owing.stream()
        .map(payment -> AcknowledgementDeadline.begin(payment.witnessed().purchasedAt(), facts))
        .min(Comparator.naturalOrder())
        .orElseThrow();
  }
}
