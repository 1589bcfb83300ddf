package org.sessionpro.backend.store.google.work;

import java.time.Duration;
import java.time.Instant;
import org.sessionpro.backend.entitlement.Payment;

/// Until when Google waits for an acknowledgement before it takes a purchase back (`google-play.md`
/// §7.1).
final class AcknowledgementDeadline {
  private static final Duration USUAL = Duration.ofDays(3);

  /// Of what a licence tester bought, whose time is short in all.
  private static final Duration TEST = Duration.ofMinutes(3);

  /// What does not renew and is shorter gets half of its term.
  private static final Duration SHORT_TERM = Duration.ofDays(7);

  private AcknowledgementDeadline() {}

  /// From when on somebody must be told that it is still owed: two thirds of the time are over.
  ///
  /// @param test whether a licence tester bought it
  static Instant urgentFrom(Payment payment, boolean test) {
    return payment.witnessed().purchasedAt().plus(wait(payment, test).multipliedBy(2).dividedBy(3));
  }

  private static Duration wait(Payment payment, boolean test) {
    if (test) {
      return TEST;
    }
    Instant expiry = payment.terms().expiry();
    if (expiry == null || payment.isRenewing()) {
      return USUAL;
    }
    Duration term = Duration.between(payment.witnessed().purchasedAt(), expiry);
    return term.compareTo(SHORT_TERM) < 0 ? term.dividedBy(2) : USUAL;
  }
}
