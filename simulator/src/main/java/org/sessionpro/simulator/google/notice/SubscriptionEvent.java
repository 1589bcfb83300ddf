package org.sessionpro.simulator.google.notice;

/// The types of subscription notifications (`google-play.md` §2.2).
public enum SubscriptionEvent {
  /// Recovered from account hold, or resumed from a pause.
  RECOVERED(1),
  RENEWED(2),
  CANCELED(3),
  PURCHASED(4),
  ON_HOLD(5),
  IN_GRACE_PERIOD(6),
  RESTARTED(7),
  PRICE_CHANGE_CONFIRMED(8),
  DEFERRED(9),
  PAUSED(10),
  PAUSE_SCHEDULE_CHANGED(11),
  REVOKED(12),
  EXPIRED(13),
  ITEMS_CHANGED(17),
  CANCELLATION_SCHEDULED(18),
  PRICE_CHANGE_UPDATED(19),
  PENDING_PURCHASE_CANCELED(20),
  PRICE_STEP_UP_CONSENT_UPDATED(22);

  private final int number;

  SubscriptionEvent(int number) {
    this.number = number;
  }

  /// The number on the wire.
  public int number() {
    return number;
  }
}
