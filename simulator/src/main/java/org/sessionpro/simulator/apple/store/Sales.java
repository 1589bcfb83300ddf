package org.sessionpro.simulator.apple.store;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.sessionpro.simulator.apple.catalogue.Product.Kind;
import org.sessionpro.simulator.apple.notice.News;
import org.sessionpro.simulator.apple.notice.NoticeType;
import org.sessionpro.simulator.apple.notice.Subtype;
import org.sessionpro.simulator.apple.store.Cycle.Reason;
import org.sessionpro.simulator.apple.store.Cycle.Term;
import org.sessionpro.simulator.apple.store.Phase.Active;
import org.sessionpro.simulator.apple.store.Phase.Once;
import org.sessionpro.simulator.apple.store.Renewal.Price;
import org.sessionpro.simulator.apple.store.Subscription.Ownership;

/// Purchases and changes of plan (`app-store.md` §5).
final class Sales {
  private final Books books;
  private final Billing billing;

  Sales(Books books, Billing billing) {
    this.books = books;
    this.billing = billing;
  }

  /// Somebody subscribes who has not yet.
  ///
  /// @throws StoreRefusal if the customer has a subscription in the group already
  Subscription buy(Customer customer, Wish wish, Duration grace, Instant now) {
    if (wish.sale().product().kind() != Kind.AUTO_RENEWABLE) {
      throw StoreRefusal.notPossible("it does not renew");
    }
    if (books.of(customer).stream().anyMatch(Subscription::renews)) {
      throw StoreRefusal.notPossible("that customer has a subscription already");
    }
    Cycle cycle = first(wish, now, Reason.PURCHASE);
    Subscription bought = begun(customer, Ownership.PURCHASED, cycle, now, grace);
    books.announce(now, bought, NoticeType.SUBSCRIBED, Subtype.INITIAL_BUY);
    return bought;
  }

  private Cycle first(Wish wish, Instant from, Reason reason) {
    Term term = new Term(from, Billing.end(from, 0, wish.sale()), null);
    return billing.paid(wish.sale(), reason, wish.token(), term);
  }

  private Subscription begun(
      Customer customer, Ownership ownership, Cycle cycle, Instant anchor, Duration grace) {
    return books.put(
        new Subscription(
            cycle.ids().first(),
            customer,
            ownership,
            List.of(cycle),
            Renewal.of(usual(cycle.sale()), anchor, grace),
            new Active()));
  }

  private static Sale usual(Sale sale) {
    return new Sale(sale.product(), sale.monthly(), null);
  }

  /// Somebody buys what does not renew.
  ///
  /// @param length how long it is stated to last; null if nothing is stated
  Subscription buyOnce(Customer customer, Wish wish, @Nullable Duration length, Instant now) {
    if (wish.sale().product().kind() == Kind.AUTO_RENEWABLE) {
      throw StoreRefusal.notPossible("it renews");
    }
    Term term = new Term(now, length == null ? null : now.plus(length), null);
    Cycle cycle = billing.paid(wish.sale(), Reason.PURCHASE, wish.token(), term);
    Renewal never = Renewal.of(wish.sale(), now, Duration.ZERO).on(false);
    Subscription bought =
        books.put(
            new Subscription(
                cycle.ids().first(),
                customer,
                Ownership.PURCHASED,
                List.of(cycle),
                never,
                new Once()));
    books.announce(now, bought, NoticeType.ONE_TIME_CHARGE, null);
    return bought;
  }

  /// Somebody subscribes again after it was over.
  Subscription resubscribe(Subscription over, Wish wish, Instant now) {
    if (over.isLive() || !over.renews()) {
      throw StoreRefusal.notPossible("it is not over");
    }
    Cycle cycle = first(wish, now, Reason.PURCHASE);
    Duration grace = over.renewal().charge().grace();
    Subscription again =
        books.put(
            over.plus(cycle).with(new Active()).with(Renewal.of(usual(wish.sale()), now, grace)));
    books.announce(now, again, NoticeType.SUBSCRIBED, Subtype.RESUBSCRIBE);
    return again;
  }

  /// The customer changes to another product, at once or from the next cycle on, as ranks decide.
  ///
  /// @param type what is told: a change of preference, or an offer that was redeemed
  void change(Subscription present, Wish wish, NoticeType type, Instant now) {
    requireRunning(present);
    Cycle running = present.newest();
    int from = books.level(running.sale().product());
    int to = books.level(wish.sale().product());
    boolean sameTerm = Billing.term(running.sale()).equals(Billing.term(wish.sale()));
    boolean sameProduct = running.sale().product().equals(wish.sale().product());
    if (sameProduct && type == NoticeType.OFFER_REDEEMED) {
      // The offer reduces the next charge.
      Subscription redeemed = books.put(present.with(present.renewal().next(wish.sale())));
      books.announce(now, redeemed, type, null);
    } else if (!sameProduct && (to < from || (to == from && sameTerm))) {
      Subscription replaced = replace(present, wish, now);
      books.announce(now, replaced, type, Subtype.UPGRADE);
    } else if (sameProduct) {
      Subscription reverted = books.put(present.with(present.renewal().next(wish.sale()).on(true)));
      books.announce(now, reverted, type, null);
    } else {
      Subscription queued = books.put(present.with(present.renewal().next(wish.sale()).on(true)));
      books.announce(now, queued, type, Subtype.DOWNGRADE);
    }
  }

  /// The customer takes a change back that has not come about yet, and is charged anew for what runs.
  void revertAfresh(Subscription present, @Nullable UUID token, Instant now) {
    requireRunning(present);
    Wish same = new Wish(usual(present.newest().sale()), token);
    Subscription replaced = replace(present, same, now);
    books.announce(now, replaced, NoticeType.DID_CHANGE_RENEWAL_PREF, null);
  }

  /// Puts a new cycle in the place of the running one, and of the one charged ahead.
  private Subscription replace(Subscription present, Wish wish, Instant now) {
    Cycle cycle = first(wish, now, Reason.PURCHASE);
    Renewal.Charge charge = present.renewal().charge().anchoredAt(now);
    Subscription replaced = present.with(present.newest(), one -> one.upgradedAt(now));
    if (present.newest().start().isAfter(now)) {
      replaced = replaced.with(present.cycleBefore(), one -> one.upgradedAt(now));
    }
    return books.put(
        replaced
            .plus(cycle)
            .with(
                present
                    .renewal()
                    .with(charge)
                    .next(usual(wish.sale()))
                    .on(true)
                    .price(Price.UNCHANGED)));
  }

  /// The next cycle may be charged already.
  private static void requireRunning(Subscription present) {
    boolean running =
        present.phase() instanceof Active && present.newest().equals(present.counting());
    if (!running) {
      throw StoreRefusal.notPossible("no cycle runs that could change");
    }
    if (present.ownership() == Ownership.FAMILY_SHARED) {
      throw StoreRefusal.family();
    }
  }

  /// A member of the family gets a share.
  Subscription share(Subscription shared, Customer member, Instant now) {
    Cycle running = shared.newest();
    Cycle cycle =
        billing.paid(running.sale(), Reason.PURCHASE, null, new Term(now, running.end(), null));
    Renewal renewal = shared.renewal();
    Subscription share =
        books.put(
            new Subscription(
                cycle.ids().first(),
                member,
                Ownership.FAMILY_SHARED,
                List.of(cycle),
                renewal,
                new Active()));
    books.announce(now, share, NoticeType.SUBSCRIBED, Subtype.INITIAL_BUY);
    return share;
  }

  /// The customer installs the app on another device and restores what was paid.
  ///
  /// @param names draws the further transaction's id
  void restore(Subscription present, Cycle cycle, Names names) {
    books.put(present.with(cycle, one -> one.restoredAs(names.next())));
  }

  /// Says something about a purchase that has not changed.
  void mention(Subscription present, Cycle cycle, News news, Instant now) {
    books.announce(now, present, cycle, news);
  }
}
