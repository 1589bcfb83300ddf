package org.sessionpro.backend.store.apple.work;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.sessionpro.backend.store.apple.Notification;

/// What Apple's types of notifications are to us (`app-store.md` §4). None decides what is done about a
/// subscription; that is for what is signed inside.
final class NotificationKind {
  private static final String EXTENSION = "RENEWAL_EXTENSION";

  private static final String ELSEWHERE = "EXTERNAL_PURCHASE_TOKEN";

  private static final Set<String> KNOWN =
      Set.of(
          "SUBSCRIBED",
          "DID_RENEW",
          "DID_CHANGE_RENEWAL_PREF",
          "DID_CHANGE_RENEWAL_STATUS",
          "DID_FAIL_TO_RENEW",
          "GRACE_PERIOD_EXPIRED",
          "EXPIRED",
          "REFUND",
          "REFUND_DECLINED",
          "REFUND_REVERSED",
          "REVOKE",
          "OFFER_REDEEMED",
          "PRICE_INCREASE",
          "RENEWAL_EXTENDED",
          EXTENSION,
          "CONSUMPTION_REQUEST",
          "ONE_TIME_CHARGE",
          ELSEWHERE,
          "TEST",
          "RESCIND_CONSENT",
          "METADATA_UPDATE",
          "MIGRATION",
          "PRICE_CHANGE");

  private static final int MAX_LENGTH = 64;

  private NotificationKind() {}

  /// A word for it, as the inbox wants it: `did_renew`, `did_renew.billing_recovery`.
  static String of(Notification notification) {
    String subtype = notification.subtype();
    String word = notification.type() + (subtype == null ? "" : "." + subtype);
    String lower = word.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9_.-]", "_");
    return lower.substring(0, Math.min(lower.length(), MAX_LENGTH));
  }

  static boolean isKnown(Notification notification) {
    return KNOWN.contains(notification.type());
  }

  static boolean isTest(Notification notification) {
    return notification.type().equals("TEST");
  }

  /// Whether it is about a feature of the store that is not supported.
  static boolean isUnsupported(Notification notification) {
    return notification.type().equals(ELSEWHERE);
  }

  /// What somebody should be told of; empty for nothing.
  static Optional<String> alert(Notification notification) {
    return switch (notification.type()) {
      case EXTENSION ->
          "FAILURE".equals(notification.subtype())
              ? Optional.of("Apple could not extend a subscription")
              : Optional.empty();
      case ELSEWHERE -> Optional.of("Apple waits to be told of a purchase that was made elsewhere");
      case "RESCIND_CONSENT" -> Optional.of("the consent to the use of the app was withdrawn");
      default ->
          isKnown(notification)
              ? Optional.empty()
              : Optional.of("a type that nobody here has heard of");
    };
  }
}
