package org.sessionpro.backend.entitlement;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.sessionpro.backend.entitlement.Explanation.CreditRun;
import org.sessionpro.backend.entitlement.Explanation.CreditState;

/// When each credit of an account runs: what is consumed by the exact schedule, what is to come by
/// the fold, as the account's expiry states it.
final class CreditRuns {
  private final Settlement settlement;
  private final Collection<RegisteredPayment> bound;

  CreditRuns(Settlement settlement, Collection<RegisteredPayment> bound) {
    this.settlement = settlement;
    this.bound = bound;
  }

  /// The credits as they are at `at`, in the order in which they are consumed.
  ///
  /// @param reckoned what the account's expiry was computed from
  /// @param first where the first live credit begins or goes on
  List<CreditRun> at(Instant at, Reckoning reckoned, Instant first) {
    Map<PaymentId, Duration> remaining = remaining(at);
    Map<PaymentId, Duration> justAfter = remaining(at.plus(1, ChronoUnit.MICROS));
    List<CreditRun> runs = new ArrayList<>();
    Instant next = first;
    for (RegisteredPayment one : oldestFirst(reckoned.payments())) {
      Payment.Credit credit = one.payment().credit();
      if (credit == null) {
        continue;
      }
      Duration left = remaining.getOrDefault(one.id(), credit.remaining());
      boolean runsDown = justAfter.getOrDefault(one.id(), left).compareTo(left) < 0;
      CreditState state = state(one.payment(), left, runsDown);
      Instant ended = ended(one.payment());
      if (ended != null) {
        runs.add(new CreditRun(one.id(), state, credit.granted(), left, null, ended));
        continue;
      }
      boolean began = next.equals(reckoned.at()) && !credit.remaining().equals(credit.granted());
      Instant until = next.plus(credit.remaining());
      Instant from = began ? null : next;
      runs.add(new CreditRun(one.id(), state, credit.granted(), left, from, until));
      next = until;
    }
    return runs;
  }

  private static List<RegisteredPayment> oldestFirst(List<RegisteredPayment> payments) {
    return payments.stream().sorted(EntitlementFold.NEWEST_FIRST.reversed()).toList();
  }

  private Map<PaymentId, Duration> remaining(Instant at) {
    return settlement.reckon(bound, at, at).payments().stream()
        .filter(one -> one.payment().credit() != null)
        .collect(Collectors.toMap(RegisteredPayment::id, CreditRuns::remainingOf));
  }

  private static Duration remainingOf(RegisteredPayment one) {
    Payment.Credit credit = one.payment().credit();
    return credit == null ? Duration.ZERO : credit.remaining();
  }

  private static CreditState state(Payment payment, Duration left, boolean runsDown) {
    if (payment.revocation() != null) {
      return CreditState.REVOKED;
    }
    if (left.isZero()) {
      return CreditState.SPENT;
    }
    return runsDown ? CreditState.RUNNING : CreditState.WAITING;
  }

  /// When a credit was taken back or ran out by the time the account was computed; null if neither.
  private static @Nullable Instant ended(Payment payment) {
    Losses.Revocation revocation = payment.revocation();
    return revocation == null ? payment.terms().expiry() : revocation.at();
  }
}
