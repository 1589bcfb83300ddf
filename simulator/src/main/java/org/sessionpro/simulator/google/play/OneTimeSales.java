package org.sessionpro.simulator.google.play;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.sessionpro.simulator.google.catalogue.Price;
import org.sessionpro.simulator.google.notice.Notice;
import org.sessionpro.simulator.google.notice.ProductEvent;
import org.sessionpro.simulator.google.play.OneTimePurchase.Basket;
import org.sessionpro.simulator.google.play.OneTimePurchase.State;
import org.sessionpro.simulator.google.play.Order.Bought.Things;

/// Purchases of what is bought once.
final class OneTimeSales {
  private static final Duration ACKNOWLEDGE_WITHIN = Duration.ofDays(3);
  private static final Duration TEST_ACKNOWLEDGE_WITHIN = Duration.ofMinutes(3);

  private final Books books;
  private final Names names;

  OneTimeSales(Books books, Names names) {
    this.books = books;
    this.names = names;
  }

  OneTimePurchase buy(OneTimeOrder wish, Instant now) {
    Basket basket = wish.basket();
    Price each = books.catalogue().oneTimeProduct(basket.product()).price();
    OneTimePurchase bought =
        new OneTimePurchase(
            names.token(),
            Origin.inApp(wish.buyer(), wish.ids(), wish.test()),
            basket,
            names.firstOrder(),
            State.PENDING,
            0,
            Acknowledgement.NOT_DUE);
    books.put(
        new Order(
            bought.order(),
            bought.token(),
            now,
            new Things(basket.product(), basket.quantity()),
            new Price(each.currency(), each.micros() * basket.quantity()),
            List.of()));
    books.put(bought);
    return wish.pending() ? bought : complete(bought, now);
  }

  OneTimePurchase complete(OneTimePurchase waiting, Instant now) {
    requirePending(waiting);
    Duration within = waiting.origin().test() ? TEST_ACKNOWLEDGE_WITHIN : ACKNOWLEDGE_WITHIN;
    OneTimePurchase completed = waiting.completed(now, Acknowledgement.owedUntil(now.plus(within)));
    books.put(completed);
    announce(now, ProductEvent.PURCHASED, completed);
    return completed;
  }

  OneTimePurchase abandon(OneTimePurchase waiting, Instant now) {
    requirePending(waiting);
    OneTimePurchase abandoned = waiting.canceled();
    books.put(abandoned);
    announce(now, ProductEvent.CANCELED, abandoned);
    return abandoned;
  }

  private static void requirePending(OneTimePurchase waiting) {
    if (waiting.state() != State.PENDING) {
      throw PlayRefusal.notPossible("it is not pending");
    }
  }

  void acknowledge(OneTimePurchase purchase, Instant now) {
    if (purchase.state() != State.PURCHASED) {
      throw PlayRefusal.notPossible("there is nothing to acknowledge");
    }
    if (!purchase.acknowledgement().isGiven()) {
      books.put(purchase.acknowledged(now));
    }
  }

  private void announce(Instant now, ProductEvent event, OneTimePurchase purchase) {
    books.announce(now, new Notice.OfProduct(event, purchase.token(), purchase.basket().product()));
  }
}
