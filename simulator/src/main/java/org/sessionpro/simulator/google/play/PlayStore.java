package org.sessionpro.simulator.google.play;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.Period;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.sessionpro.protocol.OrderId;
import org.sessionpro.protocol.PurchaseToken;
import org.sessionpro.simulator.google.catalogue.Catalogue;
import org.sessionpro.simulator.google.catalogue.Sale;
import org.sessionpro.simulator.google.notice.Notice;
import org.sessionpro.simulator.google.notice.NoticeBoard;
import org.sessionpro.simulator.google.notice.SubscriptionEvent;
import org.sessionpro.simulator.google.play.Books.Entry;
import org.sessionpro.simulator.google.play.Cancellation.ByDeveloper;
import org.sessionpro.simulator.google.play.Cancellation.ByUser;
import org.sessionpro.simulator.google.play.Extras.AddOn;
import org.sessionpro.simulator.google.play.Extras.PriceChange;
import org.sessionpro.simulator.google.play.Order.Bought.Things;
import org.sessionpro.simulator.google.play.Voiding.Cause;

/// Google Play: what buyers, developers and time can do there. Safe for any number of threads.
///
/// It is a simulation of discrete events. Whatever is asked of it, it first does everything that was
/// due since, in order and each thing at its own instant, so the clock may run or be moved in leaps
/// of months. Every method that changes something answers or throws [PlayRefusal]; all instants are
/// whole milliseconds, as Play's are.
public final class PlayStore {
  private final InstantSource clock;
  private final Books books;
  private final Names names;
  private final Billing billing;
  private final Sales sales;
  private final Changes changes;
  private final Refunds refunds;
  private final OneTimeSales oneTimeSales;
  private Instant last = Instant.MIN;

  /// @param clock never goes back
  /// @param board where notices go, called within the turn of what they are about
  /// @param seed of tokens and order ids
  public PlayStore(
      Catalogue catalogue, InstantSource clock, NoticeBoard board, Set<Quirk> quirks, long seed) {
    this.clock = clock;
    this.books = new Books(catalogue, board);
    this.names = new Names(seed, quirks);
    this.billing = new Billing(books, names);
    this.sales = new Sales(books, names, billing);
    this.changes = new Changes(books, billing, quirks.contains(Quirk.CANCELED_GRACE_RUNS_ON));
    this.refunds = new Refunds(books, quirks.contains(Quirk.PLAIN_REFUNDS_ARE_SILENT));
    this.oneTimeSales = new OneTimeSales(books, names);
  }

  /// What is sold.
  public Catalogue catalogue() {
    return books.catalogue();
  }

  /// Does everything that is due by now.
  public void catchUp() {
    turn(_ -> books.nextDue());
  }

  /// When time will change something next; empty if it will not.
  public Optional<Instant> nextDue() {
    return turn(_ -> books.nextDue());
  }

  private synchronized <T> T turn(Function<Instant, T> act) {
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    if (now.isBefore(last)) {
      throw new IllegalStateException("the clock of a store never goes back");
    }
    for (Optional<Entry> due = books.takeDue(now); due.isPresent(); due = books.takeDue(now)) {
      Instant at = due.get().due().at();
      last = at.isAfter(last) ? at : last;
      perform(due.get(), last);
    }
    last = now;
    return act.apply(now);
  }

  private void perform(Entry due, Instant at) {
    switch (due.subject()) {
      case Subscription subscription -> {
        switch (due.due().what()) {
          case RENEW -> billing.renew(subscription, at);
          case STOP -> billing.stop(subscription, at);
          case PAUSE -> billing.pause(subscription, at);
          case RESUME -> billing.resume(subscription, at);
          case HOLD -> billing.hold(subscription, at);
          case LAPSE -> billing.lapse(subscription, at);
          case EXPIRE -> billing.expire(subscription, at);
          case TAKE_BACK -> refunds.revoke(subscription, Cause.UNACKNOWLEDGED, at);
        }
      }
      case OneTimePurchase purchase -> refunds.takeBack(purchase, null, Cause.UNACKNOWLEDGED, at);
      default -> throw new IllegalStateException("nothing else is ever due");
    }
  }

  /// Does something to a subscription, and answers when.
  private Instant change(PurchaseToken token, Change change) {
    return turn(now -> {
      change.apply(books.subscription(token), now);
      return now;
    });
  }

  private interface Change {
    void apply(Subscription subscription, Instant now);
  }

  /// A purchase. Unless it is pending, its first cycle is paid.
  public Subscription buy(Purchase purchase) {
    return turn(now -> sales.buy(purchase, now));
  }

  /// The payment of a pending purchase comes.
  public Subscription complete(PurchaseToken token) {
    return turn(now -> sales.complete(books.subscription(token), now));
  }

  /// The payment of a pending purchase does not come.
  public Subscription abandon(PurchaseToken token) {
    return turn(now -> sales.abandon(books.subscription(token), now));
  }

  /// The buyer changes to another plan.
  ///
  /// @return the new purchase
  public Subscription changePlan(PurchaseToken token, PlanChange change) {
    return turn(now -> sales.change(books.subscription(token), change, now));
  }

  /// The buyer adds a period to a prepaid plan.
  ///
  /// @return the new purchase
  public Subscription topUp(PurchaseToken token) {
    return turn(now -> sales.topUp(books.subscription(token), now));
  }

  /// The buyer of what is over buys it again outside the app.
  ///
  /// @param told what Play tells about the expired one
  /// @return the new purchase
  public Subscription buyOutOfApp(PurchaseToken token, OutOfApp told) {
    return turn(now -> sales.buyOutOfApp(books.subscription(token), told, now));
  }

  /// The buyer's card will be declined, or accepted again.
  public Instant setCard(PurchaseToken token, boolean declines) {
    return change(token, (present, now) -> billing.setCard(present, declines, now));
  }

  /// Who ends a subscription without taking it back.
  public enum Canceler {
    USER,
    DEVELOPER
  }

  /// It will not renew; access goes on until the end of what is paid.
  public Instant cancel(PurchaseToken token, Canceler who) {
    return change(
        token,
        (present, now) ->
            changes.cancel(
                present, who == Canceler.USER ? new ByUser(now) : new ByDeveloper(), now));
  }

  /// The buyer takes a cancellation back.
  public Instant restart(PurchaseToken token) {
    return change(token, changes::restart);
  }

  /// The buyer schedules a pause.
  ///
  /// @param length null takes the schedule back
  public Instant schedulePause(PurchaseToken token, @Nullable Period length) {
    return change(token, (present, now) -> changes.schedulePause(present, length, now));
  }

  /// The buyer ends a pause.
  public Instant resume(PurchaseToken token) {
    return change(token, changes::resume);
  }

  /// The developer postpones the next charge.
  public Instant defer(PurchaseToken token, Duration by) {
    return change(token, (present, now) -> changes.defer(present, by, now));
  }

  /// Play charges renewals of it before the cycle ends.
  public Instant chargeAhead(PurchaseToken token, Duration lead) {
    return change(token, (present, _) -> changes.chargeAhead(present, lead));
  }

  /// The developer, or the app, confirms a purchase.
  ///
  /// @param attached ids to attach; null if none
  public Instant acknowledge(PurchaseToken token, @Nullable ExternalIds attached) {
    return turn(now -> {
      changes.acknowledge(books.readable(token, now), attached, now);
      return now;
    });
  }

  /// A subscription ends at once and the latest order is refunded.
  public Instant revoke(PurchaseToken token, Cause cause) {
    return change(token, (present, now) -> refunds.revoke(present, cause, now));
  }

  /// An order is refunded.
  ///
  /// @param revoke whether access ends too, where the order is the latest of a subscription
  public Instant refund(OrderId order, boolean revoke) {
    return turn(now -> {
      Order refunded = books.order(order);
      if (refunded.bought() instanceof Things) {
        refunds.takeBack(books.oneTimePurchase(refunded.token()), null, Cause.DEVELOPER, now);
      } else {
        refundService(order, revoke, now);
      }
      return now;
    });
  }

  private void refundService(OrderId order, boolean revoke, Instant now) {
    List<Subscription> holders = books.paidBy(order);
    boolean latest = !holders.isEmpty() && holders.getLast().paid().order().equals(order);
    if (revoke && latest) {
      refunds.revoke(holders.getLast(), Cause.DEVELOPER, now);
    } else {
      refunds.refundOnly(order, now);
    }
  }

  /// Play announces another price.
  public Instant changePrice(PurchaseToken token, PriceChange change) {
    return change(
        token,
        (present, now) -> {
          Subscription changed = present.with(present.extras().withPriceChange(change));
          books.put(changed);
          books.announce(now, SubscriptionEvent.PRICE_CHANGE_UPDATED, changed);
        });
  }

  /// Play announces a higher price that the buyer must agree to.
  public Instant stepUpPrice(PurchaseToken token, PriceChange change) {
    return change(
        token,
        (present, now) -> {
          Subscription changed = present.with(present.extras().withStepUp(change));
          books.put(changed);
          books.announce(now, SubscriptionEvent.PRICE_STEP_UP_CONSENT_UPDATED, changed);
        });
  }

  /// The buyer takes another subscription into the same purchase.
  public Instant addOn(PurchaseToken token, Sale sale) {
    return change(
        token,
        (present, now) -> {
          AddOn addOn = new AddOn(sale, names.firstOrder());
          Subscription changed = present.with(present.extras().withAddOn(addOn));
          books.put(changed);
          books.announce(now, SubscriptionEvent.ITEMS_CHANGED, changed);
        });
  }

  /// The resource shows the profile of a person, as after "Subscribe with Google".
  public Instant showGoogleProfile(PurchaseToken token) {
    return change(
        token, (present, _) -> books.put(present.with(present.extras().showingGoogleProfile())));
  }

  /// Play says again what it may have said before, or says it without cause.
  public Instant notifyAgain(PurchaseToken token, SubscriptionEvent event) {
    return change(token, (present, now) -> books.announce(now, event, present));
  }

  /// Play says something that is about no change.
  public Instant announce(Notice notice) {
    return turn(now -> {
      books.announce(now, notice);
      return now;
    });
  }

  /// A purchase of what is bought once.
  public OneTimePurchase buyOnce(OneTimeOrder order) {
    return turn(now -> oneTimeSales.buy(order, now));
  }

  /// The payment of a pending one-time purchase comes.
  public OneTimePurchase completeOnce(PurchaseToken token) {
    return turn(now -> oneTimeSales.complete(books.oneTimePurchase(token), now));
  }

  /// The payment of a pending one-time purchase does not come.
  public OneTimePurchase abandonOnce(PurchaseToken token) {
    return turn(now -> oneTimeSales.abandon(books.oneTimePurchase(token), now));
  }

  /// The developer, or the app, confirms a one-time purchase.
  public Instant acknowledgeOnce(PurchaseToken token) {
    return turn(now -> {
      oneTimeSales.acknowledge(books.oneTimePurchase(token), now);
      return now;
    });
  }

  /// Things go back.
  ///
  /// @param quantity how many; null for all that are left
  public Instant takeBack(PurchaseToken token, @Nullable Integer quantity, Cause cause) {
    return turn(now -> {
      refunds.takeBack(books.oneTimePurchase(token), quantity, cause, now);
      return now;
    });
  }

  /// A subscription as it stands, whatever Play's API would say about it.
  public Subscription subscription(PurchaseToken token) {
    return turn(_ -> books.subscription(token));
  }

  /// A subscription as Play's API shows it.
  ///
  /// @throws PlayRefusal also of one that ended more than 60 days ago
  public Subscription readable(PurchaseToken token) {
    return turn(now -> books.readable(token, now));
  }

  /// A subscription as it stood before its latest change.
  ///
  /// @throws PlayRefusal as [#readable]
  public Subscription former(PurchaseToken token) {
    return turn(now -> {
      books.readable(token, now);
      return books.former(token);
    });
  }

  public OneTimePurchase oneTimePurchase(PurchaseToken token) {
    return turn(_ -> books.oneTimePurchase(token));
  }

  public Order order(OrderId id) {
    return turn(_ -> books.order(id));
  }

  /// All subscriptions ever bought, oldest first.
  public List<Subscription> subscriptions() {
    return turn(_ -> books.subscriptions());
  }

  /// All one-time purchases ever made, oldest first.
  public List<OneTimePurchase> oneTimePurchases() {
    return turn(_ -> books.oneTimePurchases());
  }

  /// All that was taken back with access, oldest first.
  public List<Voiding> voidings() {
    return turn(_ -> books.voidings());
  }
}
