package org.sessionpro.backend.store.google;

import java.util.Locale;
import java.util.Map;

/// What the numbers of subscription notifications are called, for the log (`google-play.md` §2.2). No
/// rule but that of [DeveloperNotification#loss()] asks for them.
final class SubscriptionEvent {
  private static final Map<Integer, String> NAMES =
      Map.ofEntries(
          Map.entry(1, "RECOVERED"),
          Map.entry(2, "RENEWED"),
          Map.entry(3, "CANCELED"),
          Map.entry(4, "PURCHASED"),
          Map.entry(5, "ON_HOLD"),
          Map.entry(6, "IN_GRACE_PERIOD"),
          Map.entry(7, "RESTARTED"),
          Map.entry(8, "PRICE_CHANGE_CONFIRMED"),
          Map.entry(9, "DEFERRED"),
          Map.entry(10, "PAUSED"),
          Map.entry(11, "PAUSE_SCHEDULE_CHANGED"),
          Map.entry(12, "REVOKED"),
          Map.entry(13, "EXPIRED"),
          Map.entry(17, "ITEMS_CHANGED"),
          Map.entry(18, "CANCELLATION_SCHEDULED"),
          Map.entry(19, "PRICE_CHANGE_UPDATED"),
          Map.entry(20, "PENDING_PURCHASE_CANCELED"),
          Map.entry(22, "PRICE_STEP_UP_CONSENT_UPDATED"));

  private SubscriptionEvent() {}

  static boolean isKnown(int type) {
    return NAMES.containsKey(type);
  }

  /// In lower case; `unknown` and the number for those without a name.
  static String name(int type) {
    String name = NAMES.get(type);
    return name == null ? "unknown " + type : name.toLowerCase(Locale.ROOT);
  }
}
