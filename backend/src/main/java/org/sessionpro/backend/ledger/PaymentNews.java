package org.sessionpro.backend.ledger;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.sessionpro.backend.entitlement.Losses;
import org.sessionpro.backend.entitlement.Payment;
import org.sessionpro.backend.entitlement.PaymentFact;
import org.sessionpro.backend.entitlement.PaymentFact.Acknowledgement;
import org.sessionpro.backend.entitlement.PaymentFact.Began;
import org.sessionpro.backend.entitlement.PaymentFact.ClaimedBy;
import org.sessionpro.backend.entitlement.PaymentFact.CreditReduced;
import org.sessionpro.backend.entitlement.PaymentFact.Reattributed;
import org.sessionpro.backend.entitlement.PaymentFact.RefundRequested;
import org.sessionpro.backend.entitlement.PaymentFact.Voided;
import org.sessionpro.backend.entitlement.PaymentKey;

/// What one transaction makes of payments, kept until it is durable and told then. How a payment
/// stood before is compared with how it stands in the end: what is between is nobody's business.
final class PaymentNews {
  private static final String GRACE_ENDED = "grace ended";

  private final PaymentLog log;
  private final Map<PaymentKey, Changed> changed = new LinkedHashMap<>();

  /// Cycles whose grace ran out since the store was heard before.
  private final Set<PaymentKey> ranOut = new LinkedHashSet<>();

  /// As of when what was known counts, and what is known in the end.
  private Instant before = Instant.EPOCH;

  private Instant after = Instant.EPOCH;

  PaymentNews(PaymentLog log) {
    this.log = log;
  }

  /// @param before null for one that was unknown
  /// @param succeeded whether it was known that a later cycle of the subscription stands
  private record Changed(
      @Nullable Payment before, Payment after, List<PaymentFact> facts, boolean succeeded) {
    Changed then(Changed later) {
      List<PaymentFact> all = new ArrayList<>(facts);
      all.addAll(later.facts());
      return new Changed(before, later.after(), all, succeeded || later.succeeded());
    }
  }

  /// Begins anew, as the transaction does.
  PaymentNews begin(Instant now) {
    changed.clear();
    ranOut.clear();
    before = now;
    after = now;
    return this;
  }

  /// The store says how a subscription stands. What it says may be nothing new and yet mean that a
  /// grace ran out unpaid, because it was heard before that the last time.
  ///
  /// @param cycles those that were known, by the names that they have in the end
  /// @param former when it was heard before; null for never
  /// @param present when this was said; null if nobody says
  void heard(Map<PaymentKey, Payment> cycles, @Nullable Instant former, @Nullable Instant present) {
    if (present != null) {
      before = former == null ? present : former;
      after = present;
      cycles.forEach((key, cycle) -> {
        if (isInGrace(cycle, before) && !isInGrace(cycle, after)) {
          ranOut.add(key);
        }
      });
    }
  }

  /// Whether the store serves a cycle at that instant though it is not paid for, because it still tries
  /// to collect the renewal.
  private static boolean isInGrace(Payment cycle, Instant at) {
    Instant paidUntil = cycle.terms().expiry();
    Duration grace = cycle.terms().grace();
    return cycle.isRenewing()
        && paidUntil != null
        && grace != null
        && at.isBefore(paidUntil.plus(grace));
  }

  /// @param before null for a payment that was unknown
  /// @param cycles reads all cycles of the subscription, oldest registration first
  void note(
      @Nullable Payment before,
      Payment after,
      List<PaymentFact> facts,
      Supplier<List<Payment>> cycles) {
    if (log.isHeard()) {
      boolean asks = before != null && before.terms().renewing() != after.terms().renewing();
      boolean succeeded = asks && newestOther(after, cycles).filter(isLater(after)).isPresent();
      changed.merge(
          after.key(), new Changed(before, after, facts, succeeded), (one, next) -> one.then(next));
    }
  }

  /// The newest other cycle that stands.
  private static Optional<Payment> newestOther(Payment payment, Supplier<List<Payment>> cycles) {
    return cycles.get().stream()
        .filter(cycle -> cycle.isStanding() && !cycle.key().equals(payment.key()))
        .reduce((one, next) -> isLater(next).test(one) ? one : next);
  }

  private static Predicate<Payment> isLater(Payment than) {
    return payment -> payment.witnessed().purchasedAt().isAfter(than.witnessed().purchasedAt());
  }

  /// The transaction is durable.
  void tell() {
    ranOut.stream()
        .filter(key -> !changed.containsKey(key))
        .forEach(key -> log.tell(GRACE_ENDED, key));
    changed.forEach((key, one) -> events(one).forEach(event -> log.tell(event, key)));
    changed.clear();
    ranOut.clear();
  }

  private List<String> events(Changed one) {
    List<String> events = new ArrayList<>();
    Payment known = one.before();
    if (known == null) {
      events.add(registration(one.after()));
    } else {
      compare(known, one.after(), events);
      addRenewal(known, one, events);
    }
    boolean wasInGrace = known != null && isInGrace(known, before);
    boolean isInGrace = isInGrace(one.after(), after);
    if (wasInGrace != isInGrace) {
      events.add(isInGrace ? "grace entered" : GRACE_ENDED);
    }
    if (isAcknowledged(one.after()) && (known == null || !isAcknowledged(known))) {
      events.add("acknowledged");
    }
    Losses.Revocation loss = one.after().revocation();
    if (loss != null && (known == null || known.isStanding())) {
      events.add("taken back (" + loss.reason().name().toLowerCase(Locale.ROOT) + ")");
    }
    one.facts().forEach(fact -> addWord(fact, events));
    return events;
  }

  private static boolean isAcknowledged(Payment payment) {
    return payment.requests().acknowledgement() == Acknowledgement.DONE;
  }

  private static String registration(Payment payment) {
    Payment.Owner owner = payment.owner();
    if (owner != null
        && (owner.how() == ClaimedBy.CONTINUATION
            || payment.witnessed().began() == Began.RENEWAL)) {
      return "renewed";
    }
    if (owner != null) {
      return "registered and bound at once";
    }
    return payment.isUnclaimed() ? "registered and left to claim" : "registered";
  }

  private static void compare(Payment before, Payment after, List<String> events) {
    if (before.owner() == null && after.owner() != null) {
      events.add("bound");
    }
    if (!before.isStanding() && after.isStanding()) {
      events.add("reinstated");
    }
    if (before.isLiveCredit() && !after.isLiveCredit() && after.isStanding()) {
      events.add("credit ran out");
    }
  }

  /// Only the newest cycle is cancelled: that an earlier one is not renewed again says nothing.
  private void addRenewal(Payment before, Changed one, List<String> events) {
    boolean renews = one.after().terms().renewing();
    if (before.terms().renewing() != renews
        && one.after().isStanding()
        && !one.succeeded()
        && changed.values().stream().noneMatch(other -> succeeds(other, one.after()))) {
      events.add(renews ? "to be renewed" : "cancelled");
    }
  }

  private static boolean succeeds(Changed other, Payment payment) {
    return other.before() == null
        && other.after().key().subscriptionKey().equals(payment.key().subscriptionKey())
        && isLater(payment).test(other.after());
  }

  /// What no comparison shows.
  private static void addWord(PaymentFact fact, List<String> events) {
    switch (fact) {
      case RefundRequested(_, var requested) ->
          events.add(requested == null ? "refund request withdrawn" : "refund requested");
      case CreditReduced _ -> events.add("refunded in part");
      case Voided _ -> events.add("refunded, and nothing is lost by that");
      case Reattributed _ -> events.add("given to another key");
      case PaymentFact.Witnessed _,
          PaymentFact.AliasSeen _,
          PaymentFact.BindingStated _,
          PaymentFact.TermsStated _,
          PaymentFact.TermsInherited _,
          PaymentFact.Claimed _,
          PaymentFact.Revoked _,
          PaymentFact.Acknowledged _,
          PaymentFact.Reinstated _,
          PaymentFact.Hidden _,
          PaymentFact.CreditOpened _,
          PaymentFact.CreditInherited _,
          PaymentFact.CreditCharged _ -> {}
    }
  }
}
