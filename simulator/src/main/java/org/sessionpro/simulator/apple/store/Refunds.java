package org.sessionpro.simulator.apple.store;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.sessionpro.simulator.apple.notice.News;
import org.sessionpro.simulator.apple.notice.NoticeType;
import org.sessionpro.simulator.apple.notice.Subtype;
import org.sessionpro.simulator.apple.store.Cycle.Revocation;
import org.sessionpro.simulator.apple.store.Phase.Active;
import org.sessionpro.simulator.apple.store.Phase.Expired;
import org.sessionpro.simulator.apple.store.Phase.Revoked;
import org.sessionpro.simulator.apple.store.Subscription.Ownership;

/// Money that goes back, and comes back again.
final class Refunds {
  private final Books books;

  Refunds(Books books) {
    this.books = books;
  }

  /// A cycle is refunded. Where it is the running one the subscription ends with it.
  ///
  /// @param percent of the price, 1 to 100
  /// @param reason 1 for a fault of the app, else 0
  void refund(Subscription present, Cycle cycle, int percent, int reason, Instant now) {
    if (cycle.revocation() != null) {
      throw StoreRefusal.notPossible("it is refunded already");
    }
    if (present.ownership() == Ownership.FAMILY_SHARED) {
      throw StoreRefusal.family();
    }
    take(present, cycle, Revocation.refund(now, percent, reason), NoticeType.REFUND, now);
  }

  /// A member of the family loses the share.
  void unshare(Subscription present, Instant now) {
    if (present.ownership() != Ownership.FAMILY_SHARED || !present.isLive()) {
      throw StoreRefusal.notPossible("nothing is shared");
    }
    take(present, present.newest(), Revocation.family(now), NoticeType.REVOKE, now);
  }

  private void take(
      Subscription present, Cycle cycle, Revocation how, NoticeType told, Instant now) {
    boolean newest = cycle.equals(present.newest());
    Subscription stopped = present;
    if (newest && present.renewal().on()) {
      stopped = books.put(present.with(present.renewal().on(false)));
      books.announce(
          now, stopped, NoticeType.DID_CHANGE_RENEWAL_STATUS, Subtype.AUTO_RENEW_DISABLED);
    }
    boolean begun = !cycle.start().isAfter(now);
    Subscription taken =
        stopped.with(stopped.cycle(cycle.ids().first()).orElse(cycle), one -> one.revoked(how));
    boolean ends = newest && begun && present.isLive();
    Subscription kept = books.put(ends ? taken.with(new Revoked()) : taken);
    books.announce(now, kept, cycle, News.of(told));
  }

  /// Support refuses a refund.
  void deny(Subscription present, Cycle cycle, Instant now) {
    books.announce(now, present, cycle, News.of(NoticeType.REFUND_DECLINED));
  }

  /// A refund is taken back.
  void reverse(Subscription present, Cycle cycle, Instant now) {
    Revocation revocation = cycle.revocation();
    if (revocation == null || revocation.type().equals(Revocation.FAMILY)) {
      throw StoreRefusal.notPossible("it is not refunded");
    }
    Subscription restored = present.with(cycle, one -> one.revoked(null));
    boolean newest = cycle.equals(present.newest());
    Phase phase = newest ? after(present.phase(), cycle.term().until(), now) : present.phase();
    Subscription kept = books.put(restored.with(phase));
    books.announce(now, kept, cycle, News.of(NoticeType.REFUND_REVERSED));
  }

  private static Phase after(Phase present, @Nullable Instant end, Instant now) {
    if (present instanceof Revoked || present instanceof Expired) {
      return end != null && end.isAfter(now) ? new Active() : new Expired(1);
    }
    return present;
  }

  /// Support asks the developer how much of a cycle has been used.
  void askConsumption(Subscription present, Cycle cycle, String reason, Instant now) {
    Cycle asked = present.cycle(cycle.ids().first()).orElse(cycle);
    books.announce(
        now,
        new Notice.OfPurchase(News.of(NoticeType.CONSUMPTION_REQUEST), present, asked, reason));
  }
}
