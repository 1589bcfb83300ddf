package org.sessionpro.backend.store.google.work;

import java.util.Map;
import org.sessionpro.backend.config.GoogleSettings.Catalogue;
import org.sessionpro.backend.entitlement.Continuation;
import org.sessionpro.backend.inbox.WorkHandler;
import org.sessionpro.backend.inbox.WorkKind;
import org.sessionpro.backend.store.Rooms;
import org.sessionpro.backend.store.Unanswered;

/// What is done about each kind of item of Google's.
public final class GoogleWork {
  /// What becomes of items of which Google states nothing.
  static final Unanswered UNANSWERED = new Unanswered("Google");

  private GoogleWork() {}

  /// The handlers, which share what they know.
  ///
  /// @param notifications understands kept messages again
  public static Map<WorkKind, WorkHandler> handlers(
      Asking asking,
      Catalogue catalogue,
      Continuation continuation,
      Notifications notifications,
      Rooms rooms) {
    Comparison comparison =
        new Comparison(rooms.subscriptions(), rooms.inbox(), rooms.mask(), rooms.clock());
    return Map.of(
        WorkKind.MESSAGE,
        notifications::again,
        WorkKind.RECONCILE,
        new SubscriptionWork(asking, catalogue, continuation, comparison, rooms),
        WorkKind.ONE_TIME,
        new OneTimeWork(asking, catalogue, comparison, rooms),
        WorkKind.ACKNOWLEDGE,
        new AcknowledgementWork(asking, catalogue, rooms));
  }
}
