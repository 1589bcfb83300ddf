package org.sessionpro.simulator.apple.store;

import java.time.Duration;
import java.time.Instant;
import java.time.Period;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.sessionpro.simulator.apple.catalogue.Product;
import org.sessionpro.simulator.apple.notice.News;
import org.sessionpro.simulator.apple.notice.NoticeType;
import org.sessionpro.simulator.apple.notice.Subtype;
import org.sessionpro.simulator.apple.store.Cycle.Ids;
import org.sessionpro.simulator.apple.store.Cycle.Reason;
import org.sessionpro.simulator.apple.store.Cycle.Standing;
import org.sessionpro.simulator.apple.store.Cycle.Term;
import org.sessionpro.simulator.apple.store.Phase.Active;
import org.sessionpro.simulator.apple.store.Phase.Expired;
import org.sessionpro.simulator.apple.store.Phase.Grace;
import org.sessionpro.simulator.apple.store.Phase.Retry;
import org.sessionpro.simulator.apple.store.Renewal.Price;

/// What time does to subscriptions: charges, and what follows when they are declined.
final class Billing {
  /// How long the store tries to charge for what was declined (`app-store.md` §2.4).
  private static final Duration RETRIES = Duration.ofDays(60);

  private static final int VOLUNTARY = 1;
  private static final int DECLINED = 2;
  private static final int NO_CONSENT = 3;

  private final Books books;
  private final Names names;

  Billing(Books books, Names names) {
    this.books = books;
    this.names = names;
  }

  /// The end of the cycle that begins with term `number` after the anchor, months counted by the
  /// calendar so that the 31st comes back after a short month.
  static Instant end(Instant anchor, int number, Sale sale) {
    Period term = term(sale);
    return anchor.atOffset(ZoneOffset.UTC).plus(term.multipliedBy(number + 1)).toInstant();
  }

  /// What one payment is for.
  static Period term(Sale sale) {
    return sale.monthly() ? Period.ofMonths(1) : sale.product().term();
  }

  /// A cycle that has just been paid.
  Cycle paid(Sale sale, Reason reason, @Nullable UUID token, Term term) {
    boolean renews = sale.product().kind() == Product.Kind.AUTO_RENEWABLE;
    Ids ids = new Ids(names.next(), renews ? names.next() : null, List.of());
    return new Cycle(ids, sale, reason, token, term, Standing.GOOD, 0);
  }

  /// Charges for the next cycle.
  void renew(Subscription subscription, Instant at) {
    if (subscription.renewal().charge().declines()) {
      decline(subscription, at);
      return;
    }
    charge(counted(subscription), subscription.newest().end(), at, null);
  }

  /// With one more charge on its days of payment, which begin anew where another product begins.
  private static Subscription counted(Subscription subscription) {
    Cycle last = subscription.newest();
    Renewal renewal = subscription.renewal();
    boolean changed = !last.sale().product().equals(renewal.next().product());
    Renewal.Charge charge = renewal.charge();
    return subscription.with(
        renewal.with(changed ? charge.anchoredAt(last.end()) : charge.counted()));
  }

  /// Pays for a cycle by the state of renewal.
  private void charge(
      Subscription subscription, Instant from, Instant at, @Nullable Subtype subtype) {
    Renewal renewal = subscription.renewal();
    Sale sale = renewal.next();
    Renewal.Charge charge = renewal.charge();
    Term term = new Term(from, end(charge.anchor(), charge.terms(), sale), null);
    Cycle cycle = paid(sale, Reason.RENEWAL, subscription.newest().token(), term);
    Sale next = sale.offer() == null ? sale : sale.without(sale.offer());
    Subscription renewed =
        books.put(
            subscription
                .plus(cycle)
                .with(new Active())
                .with(renewal.next(next).price(Price.UNCHANGED)));
    books.announce(at, renewed, NoticeType.DID_RENEW, subtype);
  }

  private void decline(Subscription subscription, Instant at) {
    Duration grace = subscription.renewal().charge().grace();
    Cycle last = subscription.newest();
    if (grace.isZero()) {
      Subscription retried = books.put(subscription.with(new Retry(last.end().plus(RETRIES))));
      books.announce(at, retried, NoticeType.DID_FAIL_TO_RENEW, null);
    } else {
      Instant until = last.end().plus(grace);
      Subscription graced =
          books.put(
              subscription.with(new Grace(until)).with(last, cycle -> cycle.graceUntil(until)));
      books.announce(at, graced, NoticeType.DID_FAIL_TO_RENEW, Subtype.GRACE_PERIOD);
    }
  }

  /// Suspends access after the grace.
  void endGrace(Subscription subscription, Instant at) {
    Instant until = subscription.newest().end().plus(RETRIES);
    Subscription retried = books.put(subscription.with(new Retry(until)));
    books.announce(at, retried, NoticeType.GRACE_PERIOD_EXPIRED, null);
  }

  /// Stops trying.
  void giveUp(Subscription subscription, Instant at) {
    end(subscription, DECLINED, Subtype.BILLING_RETRY, at);
  }

  /// Ends what will not renew.
  void expire(Subscription subscription, Instant at) {
    boolean dear = subscription.renewal().on();
    end(
        subscription,
        dear ? NO_CONSENT : VOLUNTARY,
        dear ? Subtype.PRICE_INCREASE : Subtype.VOLUNTARY,
        at);
  }

  void end(Subscription subscription, int intent, Subtype why, Instant at) {
    Subscription ended =
        books.put(subscription.with(new Expired(intent)).with(subscription.renewal().on(false)));
    books.announce(at, ended, ended.counting(), new News(NoticeType.EXPIRED, why));
  }

  /// The customer stops while charges are declined.
  void abandon(Subscription subscription, Instant at) {
    end(subscription, VOLUNTARY, Subtype.VOLUNTARY, at);
  }

  /// The customer's means of payment is declined from now on, or accepted again, which pays at once what
  /// is owed.
  void setCard(Subscription subscription, boolean declines, Instant at) {
    Renewal.Charge charge = subscription.renewal().charge().declines(declines);
    Subscription changed = subscription.with(subscription.renewal().with(charge));
    switch (subscription.phase()) {
      case Grace _ when !declines ->
          // Within the grace the days of payment stay what they were.
          charge(counted(changed), at, at, Subtype.BILLING_RECOVERY);
      case Retry _ when !declines -> {
        Subscription anchored = changed.with(changed.renewal().with(charge.anchoredAt(at)));
        charge(anchored, at, at, Subtype.BILLING_RECOVERY);
      }
      default -> books.put(changed);
    }
  }
}
