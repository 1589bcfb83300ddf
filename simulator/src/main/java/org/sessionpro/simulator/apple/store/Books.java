package org.sessionpro.simulator.apple.store;

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
import org.sessionpro.protocol.TransactionId;
import org.sessionpro.simulator.apple.catalogue.Catalogue;
import org.sessionpro.simulator.apple.catalogue.Product;
import org.sessionpro.simulator.apple.notice.News;
import org.sessionpro.simulator.apple.notice.NoticeType;
import org.sessionpro.simulator.apple.notice.Subtype;

/// The store's books: every purchase, and when time will change which one next. Not safe for several
/// threads; [AppStore] lets in one at a time.
final class Books {
  /// Longest time until a change can be read everywhere.
  private static final Duration LAG = Duration.ofMinutes(5);

  private final Catalogue catalogue;
  private final NoticeBoard board;
  private final Map<TransactionId, Subscription> subscriptions = new LinkedHashMap<>();
  private final Map<TransactionId, Former> former = new HashMap<>();
  private final Map<TransactionId, TransactionId> originals = new HashMap<>();
  private final Map<Product, Integer> levels = new HashMap<>();
  private final PriorityQueue<Entry> agenda =
      new PriorityQueue<>(
          Comparator.comparing((Entry entry) -> entry.due().at()).thenComparingLong(Entry::number));
  private long entries;
  private long revisions;
  private Instant instant = Instant.EPOCH;

  /// Something due, unless the subscription has changed since.
  ///
  /// @param number of entries made before, so that what was due first happens first
  /// @param subject as it stood when this was noted
  record Entry(Due due, long number, Subscription subject) {}

  /// How a purchase stood before its latest change.
  ///
  /// @param until when that may still be read
  private record Former(Subscription subscription, Instant until) {}

  Books(Catalogue catalogue, NoticeBoard board) {
    this.catalogue = catalogue;
    this.board = board;
  }

  /// What happens from now on happens then.
  void openAt(Instant now) {
    instant = now;
  }

  Catalogue catalogue() {
    return catalogue;
  }

  int level(Product product) {
    return levels.getOrDefault(product, product.level());
  }

  void rank(Product product, int level) {
    levels.put(product, level);
  }

  void rankAsUsual() {
    levels.clear();
  }

  /// Keeps it, and numbers those of its cycles that have changed.
  Subscription put(Subscription changed) {
    @Nullable Subscription before = subscriptions.get(changed.original());
    Subscription numbered = changed;
    for (Cycle cycle : changed.cycles()) {
      boolean same = before != null && before.cycles().contains(cycle);
      if (!same) {
        long number = ++revisions;
        numbered = numbered.with(cycle, one -> one.revision(number));
      }
      cycle.ids().all().forEach(id -> originals.put(id, changed.original()));
    }
    if (before != null) {
      former.put(changed.original(), new Former(before, instant.plus(LAG)));
    }
    subscriptions.put(changed.original(), numbered);
    Subscription kept = numbered;
    Due.of(kept).ifPresent(due -> agenda.add(new Entry(due, entries++, kept)));
    return kept;
  }

  /// Takes the earliest thing that is due by `now` off the agenda; empty if nothing is.
  Optional<Entry> takeDue(Instant now) {
    while (!agenda.isEmpty() && !agenda.peek().due().at().isAfter(now)) {
      Entry entry = agenda.remove();
      if (isCurrent(entry)) {
        return Optional.of(entry);
      }
    }
    return Optional.empty();
  }

  /// When the next thing is due; empty if nothing is.
  Optional<Instant> nextDue() {
    while (!agenda.isEmpty() && !isCurrent(agenda.peek())) {
      agenda.remove();
    }
    return agenda.isEmpty() ? Optional.empty() : Optional.of(agenda.peek().due().at());
  }

  private boolean isCurrent(Entry entry) {
    return entry.subject().equals(subscriptions.get(entry.subject().original()));
  }

  /// The subscription that a transaction belongs to.
  ///
  /// @throws StoreRefusal if there is none
  Subscription subscription(TransactionId any) {
    TransactionId original = originals.get(any);
    Subscription found = original == null ? null : subscriptions.get(original);
    if (found == null) {
      throw StoreRefusal.unknown();
    }
    return found;
  }

  /// It as it stood before its latest change; as it stands if that was long ago, or it never changed.
  Subscription former(TransactionId any) {
    Subscription present = subscription(any);
    @Nullable Former before = former.get(present.original());
    return before == null || before.until().isBefore(instant) ? present : before.subscription();
  }

  /// What a customer has bought, oldest first.
  List<Subscription> of(Customer customer) {
    return subscriptions.values().stream().filter(one -> one.customer().equals(customer)).toList();
  }

  List<Subscription> all() {
    return new ArrayList<>(subscriptions.values());
  }

  void announce(Instant at, Subscription purchase, NoticeType type, @Nullable Subtype subtype) {
    announce(at, purchase, purchase.newest(), new News(type, subtype));
  }

  void announce(Instant at, Subscription purchase, Cycle cycle, News news) {
    board.publish(at, new Notice.OfPurchase(news, purchase, present(cycle, purchase), null));
  }

  void announce(Instant at, Notice notice) {
    board.publish(at, notice);
  }

  /// The cycle as it stands now.
  private static Cycle present(Cycle cycle, Subscription purchase) {
    return purchase.cycle(cycle.ids().first()).orElse(cycle);
  }
}
