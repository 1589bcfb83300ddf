package org.sessionpro.simulator.apple.store;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.sessionpro.simulator.apple.notice.News;
import org.sessionpro.simulator.apple.notice.NoticeType;
import org.sessionpro.simulator.apple.notice.Subtype;
import org.sessionpro.simulator.apple.store.Phase.Active;
import org.sessionpro.simulator.apple.store.Phase.Expired;
import org.sessionpro.simulator.apple.store.Phase.Grace;
import org.sessionpro.simulator.apple.store.Phase.Once;
import org.sessionpro.simulator.apple.store.Phase.Retry;
import org.sessionpro.simulator.apple.store.Phase.Revoked;
import org.sessionpro.simulator.apple.store.Renewal.Price;
import org.sessionpro.simulator.apple.store.Subscription.Ownership;

/// What changes about a subscription without a payment.
final class Changes {
  /// The grace periods that can be chosen (`app-store.md` §9.2), in days.
  private static final List<Long> GRACES = List.of(0L, 3L, 6L, 16L, 28L);

  private final Books books;
  private final Billing billing;
  private final Names names;

  Changes(Books books, Billing billing, Names names) {
    this.books = books;
    this.billing = billing;
    this.names = names;
  }

  /// The customer switches renewal off.
  void cancel(Subscription present, Instant now) {
    if (!present.renewal().on()) {
      throw StoreRefusal.notPossible("renewal is off");
    }
    switch (present.phase()) {
      case Active _ -> disable(present, now);
      case Grace _, Retry _ -> {
        // Nothing is tried any more, so nothing is left of the grace.
        Subscription stopped = present.with(new Expired(1)).with(present.renewal().on(false));
        books.announce(
            now, stopped, NoticeType.DID_CHANGE_RENEWAL_STATUS, Subtype.AUTO_RENEW_DISABLED);
        billing.abandon(present, now);
      }
      case Expired _, Revoked _, Once _ -> throw StoreRefusal.notPossible("it does not renew");
    }
  }

  private void disable(Subscription present, Instant now) {
    Subscription off = books.put(present.with(present.renewal().on(false)));
    books.announce(now, off, NoticeType.DID_CHANGE_RENEWAL_STATUS, Subtype.AUTO_RENEW_DISABLED);
  }

  /// The customer switches renewal on.
  void restart(Subscription present, Instant now) {
    boolean possible =
        present.phase() instanceof Active
            && !present.renewal().on()
            && present.newest().revocation() == null;
    if (!possible) {
      throw StoreRefusal.notPossible("renewal cannot be switched on");
    }
    Subscription on = books.put(present.with(present.renewal().on(true)));
    books.announce(now, on, NoticeType.DID_CHANGE_RENEWAL_STATUS, Subtype.AUTO_RENEW_ENABLED);
  }

  /// How long access is to go on when a charge is declined.
  void setGrace(Subscription present, Duration grace) {
    if (!GRACES.contains(grace.toDays()) || !Duration.ofDays(grace.toDays()).equals(grace)) {
      throw StoreRefusal.notPossible("a grace is one of " + GRACES + " days");
    }
    books.put(present.with(present.renewal().with(present.renewal().charge().grace(grace))));
  }

  /// How long before the end of a cycle the next one is charged.
  void chargeAhead(Subscription present, Duration lead) {
    if (lead.isNegative() || lead.compareTo(Duration.ofDays(1)) > 0) {
      throw StoreRefusal.notPossible("it charges at most 24 hours ahead");
    }
    books.put(present.with(present.renewal().with(present.renewal().charge().lead(lead))));
  }

  /// The store announces a higher price.
  void raisePrice(Subscription present, Instant now) {
    Subscription dearer = books.put(present.with(present.renewal().price(Price.PENDING)));
    books.announce(now, dearer, NoticeType.PRICE_INCREASE, Subtype.PENDING);
  }

  /// The customer agrees to it.
  void acceptPrice(Subscription present, Instant now) {
    if (present.renewal().price() != Price.PENDING) {
      throw StoreRefusal.notPossible("no other price is announced");
    }
    Subscription agreed = books.put(present.with(present.renewal().price(Price.ACCEPTED)));
    books.announce(now, agreed, NoticeType.PRICE_INCREASE, Subtype.ACCEPTED);
  }

  /// The developer makes up for an outage.
  void extend(Subscription present, Duration by, Instant now) {
    if (!(present.phase() instanceof Active)) {
      throw StoreRefusal.notPossible("it does not run");
    }
    Renewal renewal = present.renewal().with(present.renewal().charge().later(by));
    Subscription longer =
        books.put(
            present
                .with(present.newest(), cycle -> cycle.until(cycle.end().plus(by)))
                .with(renewal));
    books.announce(now, longer, NoticeType.RENEWAL_EXTENDED, null);
  }

  /// The developer makes up for an outage to everybody, and hears how many could be helped.
  void extendAll(Duration by, Instant now) {
    List<Subscription> running =
        books.all().stream().filter(one -> one.phase() instanceof Active).toList();
    running.forEach(one -> extend(one, by, now));
    books.announce(
        now,
        new Notice.OfExtension(
            new News(NoticeType.RENEWAL_EXTENSION, Subtype.SUMMARY),
            names.uuid().toString(),
            running.size(),
            0));
  }

  /// The developer attaches the account that a purchase belongs to.
  void setToken(Subscription present, UUID token) {
    if (present.ownership() == Ownership.FAMILY_SHARED) {
      throw StoreRefusal.family();
    }
    books.put(present.with(present.newest(), cycle -> cycle.with(token)));
  }
}
