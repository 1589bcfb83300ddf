package org.sessionpro.simulator.google.play;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.sessionpro.protocol.PurchaseToken;
import org.sessionpro.simulator.google.catalogue.BasePlan;
import org.sessionpro.simulator.google.catalogue.Sale;
import org.sessionpro.simulator.google.notice.SubscriptionEvent;
import org.sessionpro.simulator.google.play.Cancellation.ByReplacement;
import org.sessionpro.simulator.google.play.Origin.Replacement;
import org.sessionpro.simulator.google.play.Phase.Abandoned;
import org.sessionpro.simulator.google.play.Phase.Active;
import org.sessionpro.simulator.google.play.Phase.Pending;

/// Purchases of subscriptions, and purchases that take the place of others.
final class Sales {
  private final Books books;
  private final Names names;
  private final Billing billing;

  Sales(Books books, Names names, Billing billing) {
    this.books = books;
    this.names = names;
    this.billing = billing;
  }

  Subscription buy(Purchase purchase, Instant now) {
    Subscription bought = pending(purchase.origin(), purchase.sale());
    return announced(
        purchase.pending() ? bought : billing.begin(bought, purchase.sale(), now), now);
  }

  private Subscription pending(Origin origin, Sale sale) {
    return new Subscription(
        names.token(),
        origin,
        new Pending(sale),
        List.of(),
        books.catalogue().plan(sale).isPrepaid()
            ? Renewal.never(Instant.EPOCH)
            : Renewal.from(Instant.EPOCH),
        Acknowledgement.NOT_DUE,
        Extras.NONE);
  }

  private Subscription announced(Subscription bought, Instant now) {
    bought.newest().ifPresent(cycle -> billing.write(cycle, bought, now));
    books.put(bought);
    books.announce(now, SubscriptionEvent.PURCHASED, bought);
    return bought;
  }

  /// The payment that a purchase waited for has come.
  Subscription complete(Subscription waiting, Instant now) {
    requirePending(waiting);
    PurchaseToken replaced = waiting.origin().linked();
    if (replaced != null) {
      return replace(books.subscription(replaced), waiting, now);
    }
    return announced(billing.begin(waiting, waiting.sale(), now), now);
  }

  /// The payment that a purchase waited for will not come.
  Subscription abandon(Subscription waiting, Instant now) {
    requirePending(waiting);
    Subscription abandoned = waiting.with(new Abandoned(waiting.sale()));
    books.put(abandoned);
    books.announce(now, SubscriptionEvent.PENDING_PURCHASE_CANCELED, abandoned);
    return abandoned;
  }

  private static void requirePending(Subscription waiting) {
    if (!(waiting.phase() instanceof Pending)) {
      throw PlayRefusal.notPossible("it is not pending");
    }
  }

  /// Buys another plan in place of the present one; also how a cancelled subscription is bought again
  /// in the app before it ends.
  Subscription change(Subscription present, PlanChange change, Instant now) {
    requireAccess(present);
    Replacement how = new Replacement(present.sale(), change.mode());
    Subscription fresh = pending(present.origin().replacing(present.token(), how), change.sale());
    return change.pending() ? announced(fresh, now) : replace(present, fresh, now);
  }

  private Subscription replace(Subscription present, Subscription fresh, Instant now) {
    requireAccess(present);
    Replacement how = fresh.origin().replacement();
    if (how == null) {
      throw new IllegalStateException("a replacement knows how it came about");
    }
    Subscription bought =
        announced(
            how.mode() == ReplacementMode.DEFERRED
                ? deferred(present, fresh, now)
                : begun(present, fresh, how.mode(), now),
            now);
    Subscription replaced = present.expired(now, new ByReplacement());
    books.put(replaced);
    books.announce(now, SubscriptionEvent.EXPIRED, replaced);
    return bought;
  }

  /// The new purchase shows the old plan and order until the new plan is charged.
  private Subscription deferred(Subscription present, Subscription fresh, Instant now) {
    Duration within = books.terms(fresh).acknowledgeWithin();
    return fresh
        .with(fresh.origin().startedAt(now))
        .with(new Active())
        .plus(present.paid())
        .with(Renewal.from(present.renewal().anchor()).next(fresh.sale()))
        .with(Acknowledgement.owedUntil(now.plus(within)));
  }

  private Subscription begun(
      Subscription present, Subscription fresh, ReplacementMode mode, Instant now) {
    Sale sale = fresh.sale();
    Subscription begun = billing.begin(fresh, sale, now);
    Instant end = firstEnd(present, begun, mode, now);
    return begun.withNewest(cycle -> cycle.paidUntil(end)).with(begun.renewal().anchor(end));
  }

  /// Until when the first cycle of the new purchase lasts.
  private Instant firstEnd(
      Subscription present, Subscription begun, ReplacementMode mode, Instant now) {
    return switch (mode) {
      case WITH_TIME_PRORATION -> now.plus(timeFor(present, begun, now));
      case CHARGE_PRORATED_PRICE, WITHOUT_PRORATION -> present.paid().paidUntil();
      case CHARGE_FULL_PRICE -> begun.paid().paidUntil().plus(timeFor(present, begun, now));
      case DEFERRED -> throw new IllegalStateException("a deferred change has no first cycle");
    };
  }

  /// How much time of the new plan the value left of the present cycle buys.
  private Duration timeFor(Subscription present, Subscription begun, Instant now) {
    Cycle cycle = present.paid();
    BasePlan oldPlan = books.catalogue().plan(cycle.sale());
    BasePlan newPlan = books.catalogue().plan(begun.sale());
    Duration left = Duration.between(now, cycle.paidUntil());
    if (left.isNegative()) {
      return Duration.ZERO;
    }
    long term = Duration.between(cycle.chargedAt(), cycle.paidUntil()).toMillis();
    long value = oldPlan.price().micros() * left.toMillis() / term;
    long period = Duration.between(now, begun.paid().paidUntil()).toMillis();
    return Duration.ofMillis(period * value / newPlan.price().micros());
  }

  private static void requireAccess(Subscription present) {
    if (!present.givesAccess()) {
      throw PlayRefusal.notPossible("only a subscription that gives access can be replaced");
    }
  }

  /// Buys more time of a prepaid plan, which comes behind what is left.
  Subscription topUp(Subscription present, Instant now) {
    requireAccess(present);
    PlanTerms terms = books.terms(present);
    if (!terms.plan().isPrepaid()) {
      throw PlayRefusal.notPossible("only a prepaid plan can be topped up");
    }
    Replacement how = new Replacement(present.sale(), ReplacementMode.CHARGE_FULL_PRICE);
    Subscription fresh = pending(present.origin().replacing(present.token(), how), present.sale());
    Instant start = present.paid().paidUntil();
    Subscription bought =
        billing
            .begin(fresh, present.sale(), now)
            .withNewest(cycle -> cycle.paidUntil(terms.cycleEnd(start, start)));
    announced(bought, now);
    Subscription replaced = present.expired(now, new ByReplacement());
    books.put(replaced);
    books.announce(now, SubscriptionEvent.EXPIRED, replaced);
    return bought;
  }

  /// The buyer of a subscription that is over buys it again in Play's subscriptions centre.
  Subscription buyOutOfApp(Subscription over, OutOfApp told, Instant now) {
    if (!over.isExpired()) {
      throw PlayRefusal.notPossible("it is not over");
    }
    Sale sale = over.sale().withoutOffer();
    return announced(billing.begin(pending(over.origin().outside(told), sale), sale, now), now);
  }
}
