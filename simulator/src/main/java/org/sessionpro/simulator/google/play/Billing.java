package org.sessionpro.simulator.google.play;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.sessionpro.protocol.OrderId;
import org.sessionpro.simulator.google.catalogue.BasePlan;
import org.sessionpro.simulator.google.catalogue.Offer;
import org.sessionpro.simulator.google.catalogue.Price;
import org.sessionpro.simulator.google.catalogue.Sale;
import org.sessionpro.simulator.google.notice.SubscriptionEvent;
import org.sessionpro.simulator.google.play.Cancellation.BySystem;
import org.sessionpro.simulator.google.play.Cancellation.ByUser;
import org.sessionpro.simulator.google.play.Order.Bought.Service;
import org.sessionpro.simulator.google.play.Phase.Abandoned;
import org.sessionpro.simulator.google.play.Phase.Active;
import org.sessionpro.simulator.google.play.Phase.Canceled;
import org.sessionpro.simulator.google.play.Phase.Expired;
import org.sessionpro.simulator.google.play.Phase.InGrace;
import org.sessionpro.simulator.google.play.Phase.OnHold;
import org.sessionpro.simulator.google.play.Phase.Paused;
import org.sessionpro.simulator.google.play.Phase.Pending;
import org.sessionpro.simulator.google.play.Phase.SilentGrace;

/// Charges: renewals, what follows when a card is declined, and what time does at the end of a cycle.
final class Billing {
  private final Books books;
  private final Names names;

  Billing(Books books, Names names) {
    this.books = books;
    this.names = names;
  }

  /// The first cycle of a purchase that begins at `at`; its order is still to be written.
  Subscription begin(Subscription bought, Sale sale, Instant at) {
    PlanTerms terms = books.terms(sale, bought.origin());
    BasePlan plan = terms.plan();
    Offer offer = offer(sale, plan);
    Instant end = terms.firstEnd(at, offer);
    Instant anchor = offer == null ? at : end;
    Cycle first = Cycle.paid(names.firstOrder(), sale, at, end);
    return bought
        .with(bought.origin().startedAt(at))
        .with(new Active())
        .with(plan.isPrepaid() ? Renewal.never(anchor) : Renewal.from(anchor))
        .with(Acknowledgement.owedUntil(at.plus(terms.acknowledgeWithin())))
        .plus(first);
  }

  private static @Nullable Offer offer(Sale sale, BasePlan plan) {
    return sale.offer() == null ? null : plan.offer(sale.offer()).orElseThrow();
  }

  /// Writes the order that paid for a cycle, unless it is written.
  ///
  /// @param from when the cycle begins
  void write(Cycle paid, Subscription buyer, Instant from) {
    if (books.knows(paid.order())) {
      return;
    }
    BasePlan plan = books.catalogue().plan(paid.sale());
    Offer offer = offer(paid.sale(), plan);
    Price price = offer == null ? plan.price() : offer.price();
    books.put(
        new Order(
            paid.order(),
            buyer.token(),
            paid.chargedAt(),
            new Service(paid.sale(), from, paid.paidUntil()),
            price,
            List.of()));
  }

  /// Charges for the next cycle, which the buyer's card may decline.
  void renew(Subscription subscription, Instant at) {
    if (subscription.renewal().declines()) {
      decline(subscription);
    } else {
      Instant start = subscription.paid().paidUntil();
      Sale next = subscription.renewal().next();
      if (next == null) {
        OrderId order = names.renewalOf(subscription.paid().order());
        charge(subscription, order, start, at, SubscriptionEvent.RENEWED);
      } else {
        Subscription changed = subscription.with(subscription.renewal().anchor(start));
        charge(changed, names.firstOrder(), start, at, SubscriptionEvent.RENEWED);
      }
    }
  }

  /// @param start of the new cycle, charged `at`
  private void charge(
      Subscription subscription,
      OrderId order,
      Instant start,
      Instant at,
      SubscriptionEvent event) {
    Sale next = subscription.renewal().next();
    Sale sale = next == null ? subscription.sale().withoutOffer() : next;
    PlanTerms terms = books.terms(sale, subscription.origin());
    Instant end = terms.cycleEnd(subscription.renewal().anchor(), start);
    Cycle paid = Cycle.paid(order, sale, at, end);
    write(paid, subscription, start);
    Subscription renewed =
        subscription.with(new Active()).with(subscription.renewal().next(null)).plus(paid);
    books.put(renewed);
    books.announce(at, event, renewed);
  }

  private void decline(Subscription subscription) {
    Instant end = subscription.paid().paidUntil();
    Duration grace = books.terms(subscription).grace();
    if (grace.isPositive()) {
      OrderId declined = names.renewalOf(subscription.paid().order());
      Subscription inGrace =
          subscription
              .with(new InGrace(end.plus(grace), declined))
              .withNewest(cycle -> cycle.grace(grace));
      books.put(inGrace);
      books.announce(end, SubscriptionEvent.IN_GRACE_PERIOD, inGrace);
    } else {
      Instant until = end.plus(PlanTerms.SILENT_GRACE);
      books.put(
          subscription.with(new SilentGrace(until)).withNewest(cycle -> cycle.paidUntil(until)));
    }
  }

  /// The buyer's card will be declined from now on, or accepted; a charge that waits for that is
  /// made at once.
  void setCard(Subscription subscription, boolean declines, Instant now) {
    Subscription changed = subscription.with(subscription.renewal().declines(declines));
    if (declines) {
      books.put(changed);
      return;
    }
    switch (changed.phase()) {
      case InGrace grace ->
          charge(
              changed,
              grace.declined(),
              changed.paid().paidUntil(),
              now,
              SubscriptionEvent.RENEWED);
      case SilentGrace _ -> renew(changed, now);
      case OnHold hold ->
          charge(
              changed.with(changed.renewal().anchor(now)),
              hold.declined(),
              now,
              now,
              SubscriptionEvent.RECOVERED);
      case Pending _, Abandoned _, Active _, Paused _, Canceled _, Expired _ -> books.put(changed);
    }
  }

  /// Suspends access at the end of a grace period, or gives up where the plan has no hold.
  void hold(Subscription subscription, Instant at) {
    OrderId declined =
        subscription.phase() instanceof InGrace grace
            ? grace.declined()
            : names.renewalOf(subscription.paid().order());
    Instant since = subscription.phase() instanceof Paused ? subscription.paid().paidUntil() : at;
    Duration length = books.terms(subscription).hold();
    if (length.isZero()) {
      lapse(subscription, at);
      return;
    }
    Subscription onHold = subscription.with(new OnHold(since, at.plus(length), declined));
    books.put(onHold);
    books.announce(at, SubscriptionEvent.ON_HOLD, onHold);
  }

  /// Gives up charging.
  void lapse(Subscription subscription, Instant at) {
    end(subscription, at, at, new BySystem());
  }

  /// Stops what renewed often enough.
  void stop(Subscription subscription, Instant at) {
    Cancellation why =
        subscription.renewal().endsWithCommitment() ? new ByUser(at) : new BySystem();
    end(subscription, subscription.paid().paidUntil(), at, why);
  }

  /// Cancels and expires in one go.
  ///
  /// @param stated the expiry that Play will state
  void end(Subscription subscription, Instant stated, Instant at, Cancellation why) {
    Subscription ended = subscription.expired(stated, why);
    books.put(ended);
    books.announce(at, SubscriptionEvent.CANCELED, ended);
    books.announce(at, SubscriptionEvent.EXPIRED, ended);
  }

  /// Ends what was cancelled, or was paid for once.
  void expire(Subscription subscription, Instant at) {
    Cancellation why = subscription.phase() instanceof Canceled canceled ? canceled.why() : null;
    Subscription expired = subscription.expired(at, why);
    books.put(expired);
    books.announce(at, SubscriptionEvent.EXPIRED, expired);
  }

  /// Begins the pause that is scheduled.
  void pause(Subscription subscription, Instant at) {
    Renewal renewal = subscription.renewal();
    if (renewal.pause() == null) {
      throw new IllegalStateException("no pause is scheduled");
    }
    Instant resumesAt = books.terms(subscription).pauseEnd(at, renewal.pause());
    Subscription paused = subscription.with(new Paused(resumesAt)).with(renewal.pause(null));
    books.put(paused);
    books.announce(at, SubscriptionEvent.PAUSED, paused);
  }

  /// Ends a pause: a new cycle begins now, if the card is accepted.
  void resume(Subscription subscription, Instant at) {
    if (subscription.renewal().declines()) {
      hold(subscription, at);
    } else {
      charge(
          subscription.with(subscription.renewal().anchor(at)),
          names.renewalOf(subscription.paid().order()),
          at,
          at,
          SubscriptionEvent.RECOVERED);
    }
  }
}
