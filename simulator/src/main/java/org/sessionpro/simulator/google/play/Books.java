package org.sessionpro.simulator.google.play;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;
import org.sessionpro.protocol.OrderId;
import org.sessionpro.protocol.PurchaseToken;
import org.sessionpro.simulator.google.catalogue.Catalogue;
import org.sessionpro.simulator.google.catalogue.Sale;
import org.sessionpro.simulator.google.notice.Notice;
import org.sessionpro.simulator.google.notice.NoticeBoard;
import org.sessionpro.simulator.google.notice.SubscriptionEvent;
import org.sessionpro.simulator.google.play.Due.What;

/// The store's books: every purchase, every order, and when time will change which purchase next.
/// Not safe for several threads; [PlayStore] lets in one at a time.
final class Books {
  /// How long a purchase can be read after it ended (`google-play.md` §8, 410).
  private static final Duration READABLE = Duration.ofDays(60);

  private final Catalogue catalogue;
  private final NoticeBoard board;
  private final Map<PurchaseToken, Subscription> subscriptions = new LinkedHashMap<>();
  private final Map<PurchaseToken, Subscription> former = new HashMap<>();
  private final Map<PurchaseToken, OneTimePurchase> oneTimePurchases = new LinkedHashMap<>();
  private final Map<OrderId, Order> orders = new LinkedHashMap<>();
  private final List<Voiding> voidings = new ArrayList<>();
  private final PriorityQueue<Entry> agenda =
      new PriorityQueue<>(
          Comparator.comparing((Entry entry) -> entry.due().at()).thenComparingLong(Entry::number));
  private long entries;

  /// Something due, unless the purchase has changed since.
  ///
  /// @param number of entries made before, so that what was due first happens first
  /// @param subject the [Subscription] or [OneTimePurchase] it was noted for
  record Entry(Due due, long number, Object subject) {}

  Books(Catalogue catalogue, NoticeBoard board) {
    this.catalogue = catalogue;
    this.board = board;
  }

  Catalogue catalogue() {
    return catalogue;
  }

  PlanTerms terms(Subscription subscription) {
    return terms(subscription.sale(), subscription.origin());
  }

  PlanTerms terms(Sale sale, Origin origin) {
    return new PlanTerms(catalogue.plan(sale), origin.test());
  }

  void put(Subscription changed) {
    Subscription before = subscriptions.put(changed.token(), changed);
    if (before != null) {
      former.put(changed.token(), before);
    }
    Timetable.next(changed, terms(changed)).ifPresent(due -> note(due, changed));
  }

  void put(OneTimePurchase changed) {
    oneTimePurchases.put(changed.token(), changed);
    Instant deadline = changed.acknowledgement().deadline();
    if (deadline != null) {
      note(new Due(deadline, What.TAKE_BACK), changed);
    }
  }

  void put(Order order) {
    orders.put(order.id(), order);
  }

  void put(Voiding voiding) {
    voidings.add(voiding);
  }

  private void note(Due due, Object subject) {
    agenda.add(new Entry(due, entries++, subject));
  }

  /// Takes the earliest thing that is due by `now` off the agenda; empty if nothing is.
  Optional<Entry> takeDue(Instant now) {
    while (!agenda.isEmpty() && !agenda.peek().due().at().isAfter(now)) {
      Entry entry = agenda.remove();
      if (isCurrent(entry.subject())) {
        return Optional.of(entry);
      }
    }
    return Optional.empty();
  }

  /// When the next thing is due; empty if nothing is.
  Optional<Instant> nextDue() {
    while (!agenda.isEmpty() && !isCurrent(agenda.peek().subject())) {
      agenda.remove();
    }
    return agenda.isEmpty() ? Optional.empty() : Optional.of(agenda.peek().due().at());
  }

  private boolean isCurrent(Object subject) {
    return switch (subject) {
      case Subscription subscription ->
          subscription.equals(subscriptions.get(subscription.token()));
      case OneTimePurchase purchase -> purchase.equals(oneTimePurchases.get(purchase.token()));
      default -> throw new IllegalStateException("nothing else is ever due");
    };
  }

  /// The subscription as it stands.
  ///
  /// @throws PlayRefusal if there is none
  Subscription subscription(PurchaseToken token) {
    Subscription found = subscriptions.get(token);
    if (found == null) {
      throw PlayRefusal.unknown();
    }
    return found;
  }

  /// The subscription as it stands.
  ///
  /// @throws PlayRefusal if there is none, or it ended too long ago
  Subscription readable(PurchaseToken token, Instant now) {
    Subscription found = subscription(token);
    Instant ended = found.isExpired() ? found.statedExpiry() : null;
    if (ended != null && now.isAfter(ended.plus(READABLE))) {
      throw PlayRefusal.gone();
    }
    return found;
  }

  /// The subscription as it stood before its latest change; as it stands if it never changed.
  Subscription former(PurchaseToken token) {
    @Nullable Subscription before = former.get(token);
    return before == null ? subscription(token) : before;
  }

  /// @throws PlayRefusal if there is none
  OneTimePurchase oneTimePurchase(PurchaseToken token) {
    OneTimePurchase found = oneTimePurchases.get(token);
    if (found == null) {
      throw PlayRefusal.unknown();
    }
    return found;
  }

  /// @throws PlayRefusal if there is none
  Order order(OrderId id) {
    Order found = orders.get(id);
    if (found == null) {
      throw PlayRefusal.unknown();
    }
    return found;
  }

  boolean knows(OrderId id) {
    return orders.containsKey(id);
  }

  /// The purchases that show a cycle which `order` paid for, oldest first; a deferred plan change
  /// makes them two.
  List<Subscription> paidBy(OrderId order) {
    return subscriptions.values().stream()
        .filter(subscription ->
            subscription.cycles().stream().anyMatch(cycle -> cycle.order().equals(order)))
        .toList();
  }

  List<Subscription> subscriptions() {
    return List.copyOf(subscriptions.values());
  }

  List<OneTimePurchase> oneTimePurchases() {
    return List.copyOf(oneTimePurchases.values());
  }

  List<Voiding> voidings() {
    return List.copyOf(voidings);
  }

  void announce(Instant at, SubscriptionEvent event, Subscription subscription) {
    board.publish(
        at, new Notice.OfSubscription(event, subscription.token(), subscription.sale().product()));
  }

  void announce(Instant at, Notice notice) {
    board.publish(at, notice);
  }
}
