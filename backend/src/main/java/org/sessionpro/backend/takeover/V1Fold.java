package org.sessionpro.backend.takeover;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.sessionpro.backend.entitlement.PaymentId;
import org.sessionpro.backend.entitlement.RenewalAllowance;
import org.sessionpro.backend.entitlement.SubscriptionKey;
import org.sessionpro.backend.takeover.source.V1Payment;

/// What payments of summer 2026 come to, by the rules of then (`entitlement.md` §6.2) or by those that
/// have taken their place. Knows nothing of how the ledger does it.
///
/// @param byPurchase whether the newest purchase of a subscription counts, not the highest number
/// @param anchored whether credits begin where coverage ends, not at the checkpoint
record V1Fold(RenewalAllowance allowance, boolean byPurchase, boolean anchored) {
  private static final Comparator<V1Payment> BY_NUMBER =
      Comparator.comparingLong(V1Payment::id).reversed();

  private static final Comparator<V1Payment> BY_PURCHASE =
      Comparator.<V1Payment, Instant>comparing(row -> row.times().purchased())
          .thenComparingLong(V1Payment::id)
          .reversed();

  /// What they come to.
  ///
  /// @param carrier the payment whose term carries the coverage; null if credits or nothing do
  record Folded(Standing standing, @Nullable PaymentId carrier) {}

  /// A candidate: what a payment covers by its own term.
  private record Term(V1Payment row, Instant end, @Nullable Duration grace, boolean renewing) {}

  /// @param owned rows with a name, all of one account
  /// @param checkpoint credits are charged up to here; null if none is left
  /// @param otherwise where it ends if nothing is left at all
  Folded of(List<V1Payment> owned, @Nullable Instant checkpoint, Instant otherwise) {
    Duration credits = Duration.ZERO;
    for (V1Payment row : owned) {
      if (row.isLiveCredit() && !row.isRevoked() && row.terms().credit() != null) {
        credits = credits.plus(row.terms().credit());
      }
    }
    Term best = best(owned);
    if (credits.isZero()) {
      return best == null ? nothing(otherwise) : folded(best, best.end());
    }
    Instant from = checkpoint == null ? Instant.MIN : checkpoint;
    if (anchored && (best == null || coverage(best).isBefore(from))) {
      return credited(from.plus(credits));
    }
    if (best == null) {
      return credited((checkpoint == null ? otherwise : checkpoint).plus(credits));
    }
    Instant end = anchored || best.end().isAfter(from) ? best.end() : from;
    return folded(best, end.plus(credits));
  }

  private static Folded nothing(Instant otherwise) {
    return new Folded(new Standing(otherwise, otherwise, false, null), null);
  }

  private static Folded credited(Instant end) {
    return new Folded(new Standing(end, end, false, null), null);
  }

  private Folded folded(Term best, Instant end) {
    Instant coverage = allowance.coverageEnd(end, best.grace(), best.renewing());
    return new Folded(
        new Standing(end, coverage, best.renewing(), null), new PaymentId(best.row().id()));
  }

  private Instant coverage(Term term) {
    return allowance.coverageEnd(term.end(), term.grace(), term.renewing());
  }

  private @Nullable Term best(List<V1Payment> owned) {
    List<V1Payment> newestFirst =
        owned.stream()
            .filter(row -> !row.isLiveCredit() && row.times().expiry() != null)
            .sorted(byPurchase ? BY_PURCHASE : BY_NUMBER)
            .toList();
    Term best = null;
    for (V1Payment row : newestOfEach(newestFirst)) {
      Term term = term(row);
      if (best == null || coverage(term).isAfter(coverage(best))) {
        best = term;
      }
    }
    return best;
  }

  private List<V1Payment> newestOfEach(List<V1Payment> newestFirst) {
    Map<SubscriptionKey, V1Payment> chosen = new LinkedHashMap<>();
    Map<SubscriptionKey, V1Payment> newest = new LinkedHashMap<>();
    for (V1Payment row : newestFirst) {
      SubscriptionKey key = subscription(row);
      newest.putIfAbsent(key, row);
      Instant revoked = row.times().revoked();
      if (!byPurchase || revoked == null || revoked.isAfter(row.times().purchased())) {
        chosen.putIfAbsent(key, row);
      }
    }
    newest.forEach(chosen::putIfAbsent);
    return chosen.values().stream().sorted(byPurchase ? BY_PURCHASE : BY_NUMBER).toList();
  }

  private static Term term(V1Payment row) {
    return new Term(
        row,
        end(row).orElseThrow(),
        row.terms().grace(),
        row.terms().renewing() && !row.isRevoked());
  }

  /// Where its own term ends: a refund ends it earlier, never later.
  static Optional<Instant> end(V1Payment row) {
    Instant expiry = row.times().expiry();
    Instant revoked = row.times().revoked();
    return Optional.ofNullable(
        expiry != null && revoked != null && revoked.isBefore(expiry) ? revoked : expiry);
  }

  static SubscriptionKey subscription(V1Payment row) {
    return StoreNames.key(row).orElseThrow().subscriptionKey();
  }
}
