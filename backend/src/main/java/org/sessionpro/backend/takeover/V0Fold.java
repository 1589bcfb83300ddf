package org.sessionpro.backend.takeover;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.sessionpro.backend.takeover.source.V0Payment;

/// What payments of March 2026 come to, by the rules of then (`wire-v0.md` §6.4) or by those that have
/// taken their place, one after the other. Knows nothing of how the ledger does it.
///
/// @param last of the rules in force; null for those of then alone
/// @param allowance in milliseconds
record V0Fold(@Nullable Rule last, long allowance) {
  /// By the rules of then.
  static final V0Fold OF_THEN = new V0Fold(null, 0);

  /// Payments beyond which the old service did not look.
  private static final int NEWEST = 20;

  private static final Comparator<V0Payment> BY_NUMBER =
      Comparator.comparingLong(V0Payment::id).reversed();

  private static final Comparator<V0Payment> BY_PURCHASE =
      Comparator.<V0Payment>comparingLong(row -> row.times().unredeemed())
          .thenComparingLong(V0Payment::id)
          .reversed();

  /// The rules of now, in the order in which they take the place of those of then: each counts together
  /// with those before it.
  enum Rule {
    /// More than the newest 20 payments count.
    EVERY_PAYMENT(Category.FOLD_20),
    /// Orders of Google belong together by their token.
    CHAINS_BY_TOKEN(Category.FOLD_CHAIN_PREFIX),
    /// A refund after the end leaves the end as it is.
    REFUND_AT_MOST_THE_END(Category.REVOKED_AFTER_EXPIRY),
    /// The newest purchase of a subscription counts.
    NEWEST_PURCHASE(Category.FOLD_LATE_CYCLE),
    /// Grace periods of Apple are lengths.
    GRACE_IS_A_LENGTH(Category.APPLE_GRACE_ABSOLUTE),
    /// The allowance takes the place of the old default.
    OUR_ALLOWANCE(Category.ALLOWANCE),
    /// The payment that covers longest counts.
    LONGEST_COVERAGE(Category.FOLD_COVERAGE);

    private final Category category;

    Rule(Category category) {
      this.category = category;
    }

    /// What a difference is called that it makes.
    Category category() {
      return category;
    }
  }

  private boolean has(Rule rule) {
    return last != null && rule.compareTo(last) <= 0;
  }

  /// The payment that counts; null if none does.
  @Nullable V0Payment winner(List<V0Payment> owned) {
    List<V0Payment> newestFirst = new ArrayList<>(owned.size());
    for (V0Payment row : owned) {
      long status = row.codes().status();
      if (status >= V0Payment.REDEEMED && status <= V0Payment.REVOKED) {
        newestFirst.add(row);
      }
    }
    newestFirst.sort(has(Rule.NEWEST_PURCHASE) ? BY_PURCHASE : BY_NUMBER);
    if (!has(Rule.EVERY_PAYMENT) && newestFirst.size() > NEWEST) {
      newestFirst = newestFirst.subList(0, NEWEST);
    }
    V0Payment best = null;
    for (V0Payment row :
        has(Rule.NEWEST_PURCHASE) ? newestThatRan(newestFirst) : heads(newestFirst)) {
      if (best == null || rank(row) > rank(best)) {
        best = row;
      }
    }
    return best;
  }

  /// What the payments come to.
  Standing of(List<V0Payment> owned) {
    V0Payment best = winner(owned);
    return best == null
        ? Standing.NOTHING
        : new Standing(
            Instant.ofEpochMilli(base(best)),
            Instant.ofEpochMilli(coverage(best)),
            best.renewal().renewing(),
            V0Forecast.instant(best.times().refundRequested()));
  }

  private long rank(V0Payment row) {
    return has(Rule.LONGEST_COVERAGE) ? coverage(row) : base(row);
  }

  private long base(V0Payment row) {
    long expiry = row.times().expiry();
    if (!row.isRevoked()) {
      return expiry;
    }
    return has(Rule.REFUND_AT_MOST_THE_END)
        ? Math.min(row.times().revoked(), expiry)
        : row.times().revoked();
  }

  private long coverage(V0Payment row) {
    boolean renews = row.renewal().renewing() && !row.isRevoked();
    return renews ? base(row) + grace(row) : base(row);
  }

  private long grace(V0Payment row) {
    if (has(Rule.OUR_ALLOWANCE)) {
      return V0Grace.of(row).length() + allowance;
    }
    return has(Rule.GRACE_IS_A_LENGTH) && !V0Grace.isDefault(row)
        ? V0Grace.of(row).length()
        : row.renewal().grace();
  }

  /// The first of each chain, as the old service told chains.
  private List<V0Payment> heads(List<V0Payment> newestFirst) {
    List<V0Payment> kept = new ArrayList<>();
    for (V0Payment row : newestFirst) {
      if (kept.stream().noneMatch(newer -> hides(newer, row))) {
        kept.add(row);
      }
    }
    return kept;
  }

  private boolean hides(V0Payment newer, V0Payment row) {
    if (newer.codes().provider() != row.codes().provider()) {
      return false;
    }
    if (row.isOf(V0Payment.GOOGLE) && !has(Rule.CHAINS_BY_TOKEN)) {
      return newer.ids().googleOrder().startsWith(chain(row.ids().googleOrder()));
    }
    return subscription(newer).equals(subscription(row));
  }

  /// What orders of Google that renew each other begin with.
  private static String chain(String order) {
    int renewal = order.indexOf("..");
    return renewal < 0 ? order : order.substring(0, renewal);
  }

  /// The subscription that a row is a cycle of.
  private record Cycles(long provider, String name) {}

  /// The newest purchase of each subscription; one that was revoked before it began gives way.
  private static List<V0Payment> newestThatRan(List<V0Payment> newestFirst) {
    if (newestFirst.size() < 2) {
      return newestFirst;
    }
    Map<Cycles, V0Payment> chosen = new LinkedHashMap<>();
    Map<Cycles, V0Payment> newest = new LinkedHashMap<>();
    for (V0Payment row : newestFirst) {
      Cycles key = new Cycles(row.codes().provider(), subscription(row));
      newest.putIfAbsent(key, row);
      if (!row.isRevoked() || row.times().revoked() > row.times().unredeemed()) {
        chosen.putIfAbsent(key, row);
      }
    }
    newest.forEach(chosen::putIfAbsent);
    return chosen.values().stream().sorted(BY_PURCHASE).toList();
  }

  /// What all cycles of a subscription share.
  static String subscription(V0Payment row) {
    return switch ((int) row.codes().provider()) {
      case V0Payment.GOOGLE -> row.ids().googleToken();
      case V0Payment.APPLE -> row.ids().appleOriginal();
      default -> row.ids().voucherOrder();
    };
  }
}
