package org.sessionpro.backend.entitlement;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// When an account's credits are consumed, computed exactly from its payments
/// (`entitlement.md` §10, `decisions.md` §5).
///
/// A credit runs from the moment it is bound, oldest purchase first, one at a time, and only while
/// no subscription of the account covers. Nothing is sampled, so it does not matter when or how
/// often it is asked.
public final class CreditSchedule {
  private static final Comparator<RegisteredPayment> OLDEST_FIRST =
      EntitlementFold.NEWEST_FIRST.reversed();

  private CreditSchedule() {}

  /// How much of a credit is consumed.
  ///
  /// @param amount between zero and what was granted
  /// @param spentAt the instant at which its length ran out; null while some is left
  public record Consumed(Duration amount, @Nullable Instant spentAt) {}

  private record Interval(Instant from, Instant until) {}

  /// What each credit has lost by `now`, in the order in which they are charged.
  ///
  /// @param payments those bound to one account
  public static Map<PaymentId, Consumed> consumedBy(
      Instant now, Collection<RegisteredPayment> payments, RenewalAllowance allowance) {
    List<Running> credits =
        payments.stream()
            .filter(p -> p.payment().credit() != null && p.payment().owner() != null)
            .sorted(OLDEST_FIRST)
            .map(Running::new)
            .toList();
    for (Interval open : uncovered(payments, allowance, now)) {
      consume(credits, open);
    }
    Map<PaymentId, Consumed> result = new LinkedHashMap<>();
    credits.forEach(c -> result.put(c.id, new Consumed(c.granted.minus(c.left), c.spentAt)));
    return result;
  }

  /// Where each live credit ends if nothing is bought in between: the last one where the paid term
  /// ends, each earlier one by what the later ones still have.
  ///
  /// @param expiry of the account
  /// @param liveCredits in the order in which they are charged
  public static Map<PaymentId, Instant> projectedEnds(
      Instant expiry, List<RegisteredPayment> liveCredits) {
    Map<PaymentId, Instant> ends = new LinkedHashMap<>();
    Instant end = expiry;
    for (RegisteredPayment credit : liveCredits.reversed()) {
      ends.put(credit.id(), end);
      Payment.Credit rest = credit.payment().credit();
      end = rest == null ? end : end.minus(rest.remaining());
    }
    return ends;
  }

  private static void consume(List<Running> credits, Interval open) {
    Instant at = open.from();
    while (at.isBefore(open.until())) {
      Optional<Running> running = firstRunning(credits, at);
      Instant next = nextStart(credits, at, open.until());
      if (running.isPresent()) {
        at = running.get().runUntil(next, at);
      } else {
        at = next;
      }
    }
  }

  private static Optional<Running> firstRunning(List<Running> credits, Instant at) {
    return credits.stream().filter(c -> c.runsAt(at)).findFirst();
  }

  /// The next instant after `at` at which another credit may take over.
  private static Instant nextStart(List<Running> credits, Instant at, Instant limit) {
    Instant next = limit;
    for (Running credit : credits) {
      if (credit.start.isAfter(at) && credit.start.isBefore(next)) {
        next = credit.start;
      }
    }
    return next;
  }

  /// The time up to `now` that no subscription covers, in order.
  private static List<Interval> uncovered(
      Collection<RegisteredPayment> payments, RenewalAllowance allowance, Instant now) {
    List<Interval> open = new ArrayList<>();
    Instant from = Instant.MIN;
    for (Interval covered : covered(payments, allowance)) {
      if (covered.from().isAfter(from)) {
        open.add(new Interval(from, covered.from().isBefore(now) ? covered.from() : now));
      }
      from = covered.until().isAfter(from) ? covered.until() : from;
    }
    open.add(new Interval(from, now));
    return open;
  }

  private static List<Interval> covered(
      Collection<RegisteredPayment> payments, RenewalAllowance allowance) {
    List<RegisteredPayment> cycles =
        payments.stream()
            .filter(p -> p.payment().credit() == null && p.payment().owner() != null)
            .sorted(OLDEST_FIRST)
            .toList();
    List<Interval> covered = new ArrayList<>();
    for (int i = 0; i < cycles.size(); i++) {
      RegisteredPayment cycle = cycles.get(i);
      Instant end = cycle.payment().termEnd();
      if (end != null) {
        Optional<RegisteredPayment> successor =
            successor(cycle, cycles.subList(i + 1, cycles.size()));
        Instant until = coveredUntil(cycle.payment(), end, successor, allowance);
        if (until.isAfter(cycle.purchasedAt())) {
          covered.add(new Interval(cycle.purchasedAt(), until));
        }
      }
    }
    return covered;
  }

  private static Optional<RegisteredPayment> successor(
      RegisteredPayment cycle, List<RegisteredPayment> later) {
    return later.stream()
        .filter(p -> p.payment().key().sameSubscription(cycle.payment().key()))
        .filter(p -> !EntitlementFold.isReplacedBeforeItBegan(p))
        .findFirst();
  }

  /// A cycle with a successor keeps the grace that was served before the successor began, whatever
  /// its flag says now (`decisions-stores.md` §2.1).
  private static Instant coveredUntil(
      Payment cycle,
      Instant end,
      Optional<RegisteredPayment> successor,
      RenewalAllowance allowance) {
    Payment.Terms terms = cycle.terms();
    if (successor.isEmpty() || !cycle.isStanding()) {
      return allowance.coverageEnd(end, terms.grace(), cycle.isRenewing());
    }
    Instant served = allowance.coverageEnd(end, terms.grace(), true);
    Instant began = successor.get().purchasedAt();
    Instant bounded = began.isBefore(served) ? began : served;
    return bounded.isAfter(end) ? bounded : end;
  }

  /// From when on a credit runs; null if it is none, or nobody's.
  static @Nullable Instant start(Payment payment) {
    Payment.Owner owner = payment.owner();
    Payment.Credit credit = payment.credit();
    if (owner == null || credit == null) {
      return null;
    }
    return credit.since() == null ? owner.redeemedAt() : credit.since();
  }

  /// A credit while the schedule is being computed.
  private static final class Running {
    private final PaymentId id;
    private final Duration granted;
    private final Instant start;
    private final @Nullable Instant revokedAt;
    private Duration left;
    private @Nullable Instant spentAt;

    Running(RegisteredPayment one) {
      Payment payment = one.payment();
      Instant start = CreditSchedule.start(payment);
      Payment.Credit credit = payment.credit();
      Losses.Revocation revocation = payment.revocation();
      if (start == null || credit == null) {
        throw new IllegalArgumentException("only a bound credit runs");
      }
      this.id = one.id();
      this.granted = credit.granted();
      this.start = start;
      this.revokedAt = revocation == null ? null : revocation.at();
      // What had run out when it was taken over stays so.
      boolean hadRunOut = start.equals(credit.since()) && start.equals(payment.terms().expiry());
      this.left = hadRunOut ? Duration.ZERO : credit.granted();
      this.spentAt = hadRunOut ? start : null;
    }

    boolean runsAt(Instant at) {
      return left.isPositive()
          && !start.isAfter(at)
          && (revokedAt == null || at.isBefore(revokedAt));
    }

    /// Consumes from `at` to `limit`, or less if the length or the credit ends first; returns the
    /// instant reached.
    Instant runUntil(Instant limit, Instant at) {
      Instant end = limit;
      if (revokedAt != null && revokedAt.isBefore(end)) {
        end = revokedAt;
      }
      if (left.compareTo(Duration.between(at, end)) <= 0) {
        end = at.plus(left);
        spentAt = end;
      }
      left = left.minus(Duration.between(at, end));
      return end;
    }
  }
}
