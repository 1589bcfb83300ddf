package org.sessionpro.backend.takeover;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.sessionpro.backend.entitlement.RenewalAllowance;
import org.sessionpro.backend.takeover.source.V1Payment;

/// Charges the credits of an account exactly the time that nothing else covered
/// (`entitlement.md` §10), from where the old service charged them last.
///
/// @param payments as they are at `until`
/// @param checkpoint `until`; null if no credit is left
record V1Charge(List<V1Payment> payments, @Nullable Instant checkpoint) {
  private static final Comparator<V1Payment> OLDEST_FIRST =
      Comparator.<V1Payment, Instant>comparing(row -> row.times().purchased())
          .thenComparingLong(V1Payment::id);

  private record Span(Instant from, Instant until) {}

  /// @param checkpoint credits are charged up to here; null for none
  static V1Charge of(
      List<V1Payment> owned,
      @Nullable Instant checkpoint,
      Instant until,
      RenewalAllowance allowance) {
    if (checkpoint == null) {
      return new V1Charge(owned, null);
    }
    List<Span> open = uncovered(owned, checkpoint, until, allowance);
    List<V1Payment> charged = new ArrayList<>(owned);
    for (V1Payment credit : owned.stream().sorted(OLDEST_FIRST).toList()) {
      if (credit.isLiveCredit() && !credit.isRevoked()) {
        charged.set(charged.indexOf(credit), consume(credit, open));
      }
    }
    boolean live = charged.stream().anyMatch(row -> row.isLiveCredit() && !row.isRevoked());
    return new V1Charge(charged, live ? until : null);
  }

  /// The credit without what it loses, which is taken from `open`.
  private static V1Payment consume(V1Payment credit, List<Span> open) {
    Duration left = credit.terms().credit();
    Instant end = null;
    while (left != null && left.isPositive() && !open.isEmpty()) {
      Span span = open.removeFirst();
      Duration length = Duration.between(span.from(), span.until());
      if (length.compareTo(left) > 0) {
        end = span.from().plus(left);
        open.addFirst(new Span(end, span.until()));
        left = Duration.ZERO;
      } else {
        end = span.until();
        left = left.minus(length);
      }
    }
    boolean spent = left != null && left.isZero();
    V1Payment.Times times = credit.times();
    V1Payment.Terms terms = credit.terms();
    return credit
        .with(
            new V1Payment.Times(
                times.purchased(),
                times.redeemed(),
                spent ? end : times.expiry(),
                times.refundDeadline(),
                times.revoked()))
        .with(new V1Payment.Terms(terms.renewing(), terms.grace(), left));
  }

  private static List<Span> uncovered(
      List<V1Payment> owned, Instant from, Instant until, RenewalAllowance allowance) {
    List<V1Payment> cycles =
        owned.stream().filter(row -> row.terms().credit() == null).sorted(OLDEST_FIRST).toList();
    List<Span> open = new ArrayList<>();
    Instant reached = from;
    for (int i = 0; i < cycles.size(); i++) {
      V1Payment cycle = cycles.get(i);
      Instant begins = cycle.times().purchased();
      Instant ends = covered(cycle, cycles.subList(i + 1, cycles.size()), allowance);
      if (ends.isAfter(begins) && ends.isAfter(reached)) {
        Instant before = begins.isBefore(until) ? begins : until;
        if (before.isAfter(reached)) {
          open.add(new Span(reached, before));
        }
        reached = ends;
      }
    }
    if (until.isAfter(reached)) {
      open.add(new Span(reached, until));
    }
    return open;
  }

  /// A cycle that was followed by another one covered the grace in between, whatever it says now.
  private static Instant covered(
      V1Payment cycle, List<V1Payment> later, RenewalAllowance allowance) {
    Instant end = V1Fold.end(cycle).orElseThrow();
    V1Payment.Terms terms = cycle.terms();
    Instant next =
        later.stream()
            .filter(row -> V1Fold.subscription(row).equals(V1Fold.subscription(cycle)))
            .map(row -> row.times().purchased())
            .findFirst()
            .orElse(null);
    if (next == null || cycle.isRevoked()) {
      return allowance.coverageEnd(end, terms.grace(), terms.renewing() && !cycle.isRevoked());
    }
    Instant served = allowance.coverageEnd(end, terms.grace(), true);
    Instant bounded = next.isBefore(served) ? next : served;
    return bounded.isAfter(end) ? bounded : end;
  }
}
