package org.sessionpro.backend.ledger;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.sessionpro.backend.entitlement.Losses;
import org.sessionpro.backend.entitlement.Payment;
import org.sessionpro.backend.entitlement.PaymentFact;
import org.sessionpro.backend.entitlement.PaymentFact.Acknowledged;
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
  private final PaymentLog log;
  private final Map<PaymentKey, Changed> changed = new LinkedHashMap<>();

  PaymentNews(PaymentLog log) {
    this.log = log;
  }

  /// @param before null for one that was unknown
  private record Changed(@Nullable Payment before, Payment after, List<PaymentFact> facts) {
    Changed then(Payment later, List<PaymentFact> more) {
      List<PaymentFact> all = new ArrayList<>(facts);
      all.addAll(more);
      return new Changed(before, later, all);
    }
  }

  /// Begins anew, as the transaction does.
  PaymentNews begin() {
    changed.clear();
    return this;
  }

  /// @param before null for a payment that was unknown
  void note(@Nullable Payment before, Payment after, List<PaymentFact> facts) {
    if (log.isHeard()) {
      changed.compute(
          after.key(),
          (_, known) ->
              known == null ? new Changed(before, after, facts) : known.then(after, facts));
    }
  }

  /// The transaction is durable.
  void tell() {
    changed.forEach((key, one) -> events(one).forEach(event -> log.tell(event, key)));
    changed.clear();
  }

  private static List<String> events(Changed one) {
    List<String> events = new ArrayList<>();
    Payment before = one.before();
    if (before == null) {
      events.add(registration(one.after()));
    } else {
      compare(before, one.after(), events);
    }
    Payment.Terms old = before == null ? null : before.terms();
    boolean wasInGrace = old != null && old.grace() != null;
    boolean isInGrace = one.after().terms().grace() != null;
    if (wasInGrace != isInGrace) {
      events.add(isInGrace ? "grace entered" : "grace ended");
    }
    Losses.Revocation loss = one.after().revocation();
    if (loss != null && (before == null || before.isStanding())) {
      events.add("taken back (" + loss.reason().name().toLowerCase(Locale.ROOT) + ")");
    }
    one.facts().forEach(fact -> addWord(fact, events));
    return events;
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
    if (before.terms().renewing() != after.terms().renewing() && after.isStanding()) {
      events.add(after.terms().renewing() ? "to be renewed" : "cancelled");
    }
    if (before.isLiveCredit() && !after.isLiveCredit() && after.isStanding()) {
      events.add("credit ran out");
    }
  }

  /// What no comparison shows.
  private static void addWord(PaymentFact fact, List<String> events) {
    switch (fact) {
      case Acknowledged(_, Acknowledgement state) -> {
        if (state == Acknowledgement.DONE) {
          events.add("acknowledged");
        }
      }
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
          PaymentFact.Reinstated _,
          PaymentFact.Hidden _,
          PaymentFact.CreditOpened _,
          PaymentFact.CreditInherited _,
          PaymentFact.CreditCharged _ -> {}
    }
  }
}
