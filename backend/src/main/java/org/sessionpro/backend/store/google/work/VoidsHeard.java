package org.sessionpro.backend.store.google.work;

import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.sessionpro.backend.db.Premise;
import org.sessionpro.backend.entitlement.RegisteredPayment;
import org.sessionpro.backend.entitlement.SubscriptionKey;
import org.sessionpro.backend.inbox.Owed;
import org.sessionpro.backend.inbox.WorkItem;
import org.sessionpro.backend.ledger.KnownSubscription;
import org.sessionpro.backend.store.Rooms;
import org.sessionpro.backend.store.google.PlayApi.VoidEntry;
import org.sessionpro.backend.telemetry.LoggerName;
import org.sessionpro.backend.telemetry.Severity;
import org.sessionpro.protocol.PurchaseToken;
import org.slf4j.Logger;

/// Takes note of purchases that were voided, and has them looked at: at once what is known here, without
/// hurry what is not (`google-play.md` §6.3).
public final class VoidsHeard {
  private static final Logger LOG = LoggerName.GOOGLE_PLAY.logger();

  private final Rooms rooms;

  public VoidsHeard(Rooms rooms) {
    this.rooms = rooms;
  }

  /// Takes note of one.
  ///
  /// @return whether that was news
  public boolean hear(VoidEntry entry) {
    SubscriptionKey key = SubscriptionKey.google(entry.token());
    KnownSubscription known = rooms.subscriptions().known(key, List.of());
    if (entry.loss().addsNothingTo(PurchaseWork.facts(known, entry.token()))) {
      return false;
    }
    if (entry.loss().isForWantOfAcknowledgement()
        && !PurchaseWork.of(known.payments(), entry.token()).isEmpty()) {
      LOG.error(
          Severity.CRITICAL,
          "{} was taken back by Google as unacknowledged",
          rooms.mask().of(entry.token()));
    }
    Instant now = rooms.clock().instant();
    try {
      List<Owed> owed = looks(entry.token(), known).toList();
      return rooms
          .subscriptions()
          .hear(
              key, List.of(entry.loss()), Premise.none(), rooms.inbox().enqueueing(owed, now), now);
    } catch (IllegalArgumentException impossible) {
      LOG.error("a voided purchase has a name that no store gives; it is left aside");
      return false;
    }
  }

  /// The list names everything that the app sells, and not what kind of purchase it was. What is unknown
  /// here is looked at as both kinds, without hurry, and let go if it is not ours
  /// ([PurchaseWork#unlessForeign]).
  private static Stream<Owed> looks(PurchaseToken token, KnownSubscription known) {
    List<RegisteredPayment> payments = PurchaseWork.of(known.payments(), token);
    if (payments.isEmpty()) {
      return Stream.of(WorkItem.reconcile(token), WorkItem.oneTime(token)).map(Owed::swept);
    }
    boolean once = payments.stream().anyMatch(it -> PurchaseWork.isOnce(it.payment()));
    return Stream.of(Owed.unannounced(once ? WorkItem.oneTime(token) : WorkItem.reconcile(token)));
  }
}
