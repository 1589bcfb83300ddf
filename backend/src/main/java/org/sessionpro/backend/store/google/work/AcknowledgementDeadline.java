package org.sessionpro.backend.store.google.work;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;
import org.sessionpro.backend.config.StoreSettings;
import org.sessionpro.backend.entitlement.Payment;
import org.sessionpro.backend.entitlement.SubscriptionFact;
import org.sessionpro.backend.entitlement.SubscriptionFact.Linked;
import org.sessionpro.backend.entitlement.SubscriptionFact.LossHeard;

/// Until when Google waits for an acknowledgement before it takes a purchase back (`google-play.md`
/// §7.1).
final class AcknowledgementDeadline {
  private static final Duration USUAL = Duration.ofDays(3);

  /// Of what a licence tester bought, whose time is short in all.
  private static final Duration TEST = Duration.ofMinutes(3);

  /// A shorter plan is prepaid, for no plan that renews is, and gets half of its length.
  private static final Duration WEEK = Duration.ofDays(7);

  private AcknowledgementDeadline() {}

  /// When Google began to wait: with the purchase, or when that took the place of another one whose
  /// money it may still show (`decisions-stores.md` §2.1, deferred plan change).
  ///
  /// @param facts what was heard of the purchase as a whole
  static Instant begin(Instant purchasedAt, Collection<? extends SubscriptionFact> facts) {
    return Stream.concat(
            Stream.of(purchasedAt), facts.stream().flatMap(it -> linkedAt(it).stream()))
        .max(Comparator.naturalOrder())
        .orElseThrow();
  }

  private static Optional<Instant> linkedAt(SubscriptionFact fact) {
    return switch (fact) {
      case Linked it -> Optional.of(it.at());
      case LossHeard _ -> Optional.empty();
    };
  }

  /// When Google takes it back.
  ///
  /// @param facts what was heard of the purchase as a whole
  /// @param test whether a licence tester bought it
  static Instant end(Payment payment, Collection<? extends SubscriptionFact> facts, boolean test) {
    return begin(payment.witnessed().purchasedAt(), facts).plus(wait(payment, test));
  }

  /// From when on somebody must be told that it is still owed: two thirds of the time are over.
  ///
  /// @param facts what was heard of the purchase as a whole
  /// @param test whether a licence tester bought it
  static Instant urgentFrom(
      Payment payment, Collection<? extends SubscriptionFact> facts, boolean test) {
    return begin(payment.witnessed().purchasedAt(), facts)
        .plus(wait(payment, test).multipliedBy(2).dividedBy(3));
  }

  /// The term does not tell: that of a trial is shorter than its plan, that of a top-up longer.
  private static Duration wait(Payment payment, boolean test) {
    if (test) {
      return TEST;
    }
    return Optional.of(payment)
        .filter(PurchaseWork::isOfSubscription)
        .flatMap(one -> StoreSettings.days(one.witnessed().product().plan()))
        .filter(length -> length.compareTo(WEEK) < 0)
        .map(length -> length.dividedBy(2))
        .orElse(USUAL);
  }
}
