package org.sessionpro.simulator.google.play;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.sessionpro.protocol.OrderId;
import org.sessionpro.simulator.google.catalogue.Price;
import org.sessionpro.simulator.google.notice.Notice;
import org.sessionpro.simulator.google.notice.SubscriptionEvent;
import org.sessionpro.simulator.google.play.Cancellation.ByDeveloper;
import org.sessionpro.simulator.google.play.Cancellation.BySystem;
import org.sessionpro.simulator.google.play.Order.Refund;
import org.sessionpro.simulator.google.play.Voiding.Cause;
import org.sessionpro.simulator.google.play.Voiding.Source;

/// Money that goes back, with access or without.
final class Refunds {
  private final Books books;
  private final boolean plainRefundsAreSilent;

  Refunds(Books books, boolean plainRefundsAreSilent) {
    this.books = books;
    this.plainRefundsAreSilent = plainRefundsAreSilent;
  }

  /// Ends a subscription for good and refunds its latest order.
  void revoke(Subscription subscription, Cause cause, Instant now) {
    Cycle newest = subscription.paid();
    if (subscription.isExpired()) {
      throw PlayRefusal.notPossible("it is over");
    }
    List<Cycle> cut =
        subscription.cycles().stream()
            .map(cycle -> isRunning(cycle, newest, now) ? cycle.revokedAt(now) : cycle)
            .toList();
    Cancellation why = cause.source() == Source.GOOGLE ? new BySystem() : new ByDeveloper();
    Subscription revoked =
        subscription.with(cut).withNewest(cycle -> cycle.firstVoidedAt(now)).expired(now, why);
    books.put(revoked);
    refund(newest.order(), now);
    books.put(
        new Voiding(
            subscription.token(), newest.order(), newest.chargedAt(), now, cause, true, null));
    books.announce(now, SubscriptionEvent.REVOKED, revoked);
    books.announce(now, new Notice.OfVoid(subscription.token(), newest.order(), true, true));
  }

  private static boolean isRunning(Cycle cycle, Cycle newest, Instant now) {
    return cycle.equals(newest) || cycle.paidUntil().isAfter(now);
  }

  private void refund(OrderId id, Instant now) {
    Order order = books.order(id);
    if (!order.isFullyRefunded()) {
      books.put(order.plus(new Refund(now, order.total(), true)));
    }
  }

  /// Refunds one order of a subscription and leaves access as it is.
  void refundOnly(OrderId id, Instant now) {
    List<Subscription> holders = books.paidBy(id);
    if (holders.isEmpty()) {
      throw PlayRefusal.unknown();
    }
    if (books.order(id).isFullyRefunded()) {
      throw PlayRefusal.notPossible("it is refunded already");
    }
    for (Subscription holder : holders) {
      books.put(
          holder.with(
              holder.cycles().stream()
                  .map(cycle -> cycle.order().equals(id) ? cycle.voidedAt(now) : cycle)
                  .toList()));
    }
    refund(id, now);
    if (!plainRefundsAreSilent) {
      books.announce(now, new Notice.OfVoid(holders.getLast().token(), id, true, true));
    }
  }

  /// Takes back something bought once.
  ///
  /// @param quantity how many of the things; null for all that are left
  void takeBack(OneTimePurchase purchase, @Nullable Integer quantity, Cause cause, Instant now) {
    int left = purchase.basket().quantity() - purchase.refunded();
    if (purchase.completedAt() == null || left == 0) {
      throw PlayRefusal.notPossible("there is nothing to take back");
    }
    int taken = quantity == null ? left : quantity;
    if (taken < 1 || taken > left) {
      throw PlayRefusal.notPossible("only " + left + " are left");
    }
    boolean full = taken == left;
    OneTimePurchase reduced = purchase.refunded(taken);
    books.put(full ? reduced.canceled() : reduced);
    refundThings(purchase, taken, full, now);
    books.put(
        new Voiding(
            purchase.token(),
            purchase.order(),
            purchase.completedAt(),
            now,
            cause,
            false,
            full ? null : (Integer) taken));
    books.announce(now, new Notice.OfVoid(purchase.token(), purchase.order(), false, full));
  }

  private void refundThings(OneTimePurchase purchase, int taken, boolean full, Instant now) {
    Order order = books.order(purchase.order());
    Price total = order.total();
    long share = total.micros() * taken / purchase.basket().quantity();
    books.put(order.plus(new Refund(now, new Price(total.currency(), share), full)));
  }
}
