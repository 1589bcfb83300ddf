package org.sessionpro.simulator.apple.store;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.sessionpro.protocol.TransactionId;
import org.sessionpro.simulator.apple.catalogue.Catalogue;
import org.sessionpro.simulator.apple.catalogue.Product;
import org.sessionpro.simulator.apple.notice.News;
import org.sessionpro.simulator.apple.notice.NoticeType;
import org.sessionpro.simulator.apple.store.Books.Entry;

/// The App Store: what customers, support, developers and time can do there. Safe for any number of
/// threads.
///
/// It is a simulation of discrete events. Whatever is asked of it, it first does everything that was
/// due since, in order and each thing at its own instant, so the clock may run or be moved in leaps
/// of months. Every method that changes something answers or throws [StoreRefusal]; all instants are
/// whole milliseconds. A purchase goes by any of its transaction ids.
public final class AppStore {
  private final InstantSource clock;
  private final Books books;
  private final Names names;
  private final Billing billing;
  private final Sales sales;
  private final Changes changes;
  private final Refunds refunds;
  private Instant last = Instant.MIN;

  /// @param clock never goes back
  /// @param board where notices go, called within the turn of what they are about
  /// @param seed of ids
  public AppStore(Catalogue catalogue, InstantSource clock, NoticeBoard board, long seed) {
    this.clock = clock;
    this.books = new Books(catalogue, board);
    this.names = new Names(seed);
    this.billing = new Billing(books, names);
    this.sales = new Sales(books, billing);
    this.changes = new Changes(books, billing, names);
    this.refunds = new Refunds(books);
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
      books.openAt(last);
      perform(due.get(), last);
    }
    last = now;
    books.openAt(now);
    return act.apply(now);
  }

  private void perform(Entry due, Instant at) {
    Subscription subscription = due.subject();
    switch (due.due().what()) {
      case RENEW -> billing.renew(subscription, at);
      case END_GRACE -> billing.endGrace(subscription, at);
      case GIVE_UP -> billing.giveUp(subscription, at);
      case EXPIRE -> billing.expire(subscription, at);
    }
  }

  /// Does something to a subscription, and answers when.
  private Instant change(TransactionId any, Change change) {
    return turn(now -> {
      change.apply(books.subscription(any), now);
      return now;
    });
  }

  private interface Change {
    void apply(Subscription present, Instant now);
  }

  /// Does something to the cycle that a transaction is of, and answers when.
  private Instant changeCycle(TransactionId transaction, CycleChange change) {
    return change(
        transaction,
        (present, now) ->
            change.apply(
                present, present.cycle(transaction).orElseThrow(StoreRefusal::unknown), now));
  }

  private interface CycleChange {
    void apply(Subscription present, Cycle cycle, Instant now);
  }

  /// Somebody subscribes for the first time.
  ///
  /// @param grace how long access goes on when a charge is declined
  public Subscription buy(Customer customer, Wish wish, Duration grace) {
    return turn(now -> sales.buy(customer, wish, grace, now));
  }

  /// Somebody buys what does not renew.
  ///
  /// @param length how long it is stated to last; null if nothing is stated
  public Subscription buyOnce(Customer customer, Wish wish, @Nullable Duration length) {
    return turn(now -> sales.buyOnce(customer, wish, length, now));
  }

  /// Somebody subscribes again after it was over.
  public Instant resubscribe(TransactionId any, Wish wish) {
    return change(any, (present, now) -> sales.resubscribe(present, wish, now));
  }

  /// The customer changes to another product: at once where that ranks higher, else from the next cycle
  /// on; to the present one, which takes back a change that has not come about yet.
  public Instant changeProduct(TransactionId any, Wish wish) {
    return change(
        any,
        (present, now) -> sales.change(present, wish, NoticeType.DID_CHANGE_RENEWAL_PREF, now));
  }

  /// The customer redeems an offer, for the present product or for another one.
  public Instant redeem(TransactionId any, Wish wish) {
    return change(
        any, (present, now) -> sales.change(present, wish, NoticeType.OFFER_REDEEMED, now));
  }

  /// The customer takes back a change that has not come about yet, and pays a new cycle of what runs.
  ///
  /// @param token the app account token of that payment; null if none
  public Instant revertAfresh(TransactionId any, @Nullable UUID token) {
    return change(any, (present, now) -> sales.revertAfresh(present, token, now));
  }

  /// A member of the customer's family gets a share.
  public Subscription share(TransactionId any, Customer member) {
    return turn(now -> sales.share(books.subscription(any), member, now));
  }

  /// The member loses it.
  public Instant unshare(TransactionId any) {
    return change(any, refunds::unshare);
  }

  /// The customer restores a payment on another device, which makes a further transaction of it.
  public Instant restore(TransactionId transaction) {
    return changeCycle(transaction, (present, cycle, _) -> sales.restore(present, cycle, names));
  }

  /// The customer's means of payment will be declined, or accepted again.
  public Instant setCard(TransactionId any, boolean declines) {
    return change(any, (present, now) -> billing.setCard(present, declines, now));
  }

  /// How long access goes on when a charge is declined: 0, 3, 6, 16 or 28 days.
  public Instant setGrace(TransactionId any, Duration grace) {
    return change(any, (present, _) -> changes.setGrace(present, grace));
  }

  /// How long before the end of a cycle the next one is charged; at most a day.
  public Instant chargeAhead(TransactionId any, Duration lead) {
    return change(any, (present, _) -> changes.chargeAhead(present, lead));
  }

  /// The customer switches renewal off.
  public Instant cancel(TransactionId any) {
    return change(any, changes::cancel);
  }

  /// The customer switches renewal on.
  public Instant restart(TransactionId any) {
    return change(any, changes::restart);
  }

  /// The store announces a higher price, to which the customer must agree.
  public Instant raisePrice(TransactionId any) {
    return change(any, changes::raisePrice);
  }

  /// The customer agrees.
  public Instant acceptPrice(TransactionId any) {
    return change(any, changes::acceptPrice);
  }

  /// The developer postpones the end of the running cycle.
  public Instant extend(TransactionId any, Duration by) {
    return change(any, (present, now) -> changes.extend(present, by, now));
  }

  /// The developer postpones the ends of all running cycles.
  public Instant extendAll(Duration by) {
    return turn(now -> {
      changes.extendAll(by, now);
      return now;
    });
  }

  /// Where a product ranks in its group, 1 the highest.
  public void rank(Product product, int level) {
    turn(now -> {
      books.rank(product, level);
      return now;
    });
  }

  /// All products rank as the catalogue has it.
  public synchronized void rankAsUsual() {
    books.rankAsUsual();
  }

  /// The developer attaches the account that a purchase belongs to; later cycles inherit it.
  ///
  /// @throws StoreRefusal also if the id is not the original one
  public Instant setToken(TransactionId original, UUID token) {
    return change(
        original,
        (present, _) -> {
          if (!present.original().equals(original)) {
            throw StoreRefusal.notOriginal();
          }
          changes.setToken(present, token);
        });
  }

  /// A cycle is refunded.
  ///
  /// @param percent of the price, 1 to 100
  /// @param reason 1 for a fault of the app, else 0
  public Instant refund(TransactionId transaction, int percent, int reason) {
    return changeCycle(
        transaction, (present, cycle, now) -> refunds.refund(present, cycle, percent, reason, now));
  }

  /// Support refuses a refund.
  public Instant denyRefund(TransactionId transaction) {
    return changeCycle(transaction, refunds::deny);
  }

  /// A refund is taken back.
  public Instant reverseRefund(TransactionId transaction) {
    return changeCycle(transaction, refunds::reverse);
  }

  /// Support asks how much of a cycle has been used.
  public Instant askConsumption(TransactionId transaction, String reason) {
    return changeCycle(
        transaction, (present, cycle, now) -> refunds.askConsumption(present, cycle, reason, now));
  }

  /// The store says something about a purchase that has not changed.
  public Instant mention(TransactionId any, News news) {
    return change(
        any,
        (present, now) ->
            sales.mention(present, present.cycle(any).orElse(present.newest()), news, now));
  }

  /// The store says something that is about no purchase.
  public Instant announce(News news) {
    return turn(now -> {
      books.announce(now, new Notice.Plain(news));
      return now;
    });
  }

  /// A purchase as it stands.
  public Subscription subscription(TransactionId any) {
    return turn(_ -> books.subscription(any));
  }

  /// A purchase as it stood before its latest change, while that is minutes old.
  public Subscription former(TransactionId any) {
    return turn(_ -> books.former(any));
  }

  /// All that the customer of a transaction has bought, oldest first.
  public List<Subscription> ofCustomer(TransactionId any) {
    return turn(_ -> books.of(books.subscription(any).customer()));
  }

  /// All that was ever bought, oldest first.
  public List<Subscription> subscriptions() {
    return turn(_ -> books.all());
  }
}
