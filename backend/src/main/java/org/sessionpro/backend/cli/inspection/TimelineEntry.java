package org.sessionpro.backend.cli.inspection;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.sessionpro.backend.cli.Report;
import org.sessionpro.backend.entitlement.AccountFact;
import org.sessionpro.backend.entitlement.AccountHistory;
import org.sessionpro.backend.entitlement.Learned;
import org.sessionpro.backend.entitlement.PaymentFact;
import org.sessionpro.backend.entitlement.PaymentHistory;
import org.sessionpro.backend.entitlement.SubscriptionFact;
import org.sessionpro.backend.entitlement.SubscriptionHistory;

/// A fact on both clocks.
///
/// @param of what it is about
/// @param number its place among the facts of that
record TimelineEntry(Instant learned, Instant happened, String of, int number, FactWords words) {

  /// Everything that was learned by `instant`, in the order in which it was learned.
  static List<TimelineEntry> of(Inspected found, ShownIds ids, Instant instant) {
    List<TimelineEntry> entries = new ArrayList<>();
    AccountHistory account = found.account();
    if (account != null) {
      account.payments().forEach(payment -> add(payment, entries));
    }
    found.unclaimed().forEach(payment -> add(payment, entries));
    found.subscriptions().forEach(subscription -> add(subscription, ids, entries));
    if (account != null) {
      account.facts().forEach(fact -> entries.add(of(fact)));
    }
    // Stable: what was learned at once stays in the order of its subject.
    return entries.stream()
        .filter(entry -> !entry.learned().isAfter(instant))
        .sorted(Comparator.comparing(TimelineEntry::learned))
        .toList();
  }

  private static TimelineEntry of(Learned<AccountFact> one) {
    return new TimelineEntry(
        one.at(), one.fact().happenedAt(), "account", one.number(), FactWords.of(one.fact()));
  }

  private static void add(PaymentHistory payment, List<TimelineEntry> entries) {
    String of = "payment " + payment.id().value();
    for (Learned<PaymentFact> one : payment.facts()) {
      Instant happened = one.fact().happenedAt();
      FactWords words = FactWords.of(one.fact());
      entries.add(new TimelineEntry(one.at(), happened, of, one.number(), words));
    }
  }

  private static void add(
      SubscriptionHistory subscription, ShownIds ids, List<TimelineEntry> entries) {
    String of = "subscription " + ids.of(subscription.key());
    for (Learned<SubscriptionFact> one : subscription.facts()) {
      Instant happened = one.fact().happenedAt();
      FactWords words = FactWords.of(one.fact());
      entries.add(new TimelineEntry(one.at(), happened, of, one.number(), words));
    }
  }

  Report row() {
    return Report.empty()
        .moment("learned_ts", learned)
        .moment("happened_ts", happened)
        .text("of", of)
        .number("number", number)
        .text("fact", words.kind())
        .text("detail", words.detail());
  }
}
