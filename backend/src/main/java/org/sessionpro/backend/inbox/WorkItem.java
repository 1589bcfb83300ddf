package org.sessionpro.backend.inbox;

import org.jspecify.annotations.Nullable;
import org.sessionpro.backend.entitlement.SubscriptionKey;
import org.sessionpro.protocol.PurchaseToken;
import org.sessionpro.protocol.TransactionId;

/// The name of something owed; there is at most one of a name.
///
/// @param key purchase token, original transaction id, or id of a message; leads to a person, so it is
///     not printed
public record WorkItem(StoreProvider provider, WorkKind kind, String key) {
  /// @throws IllegalArgumentException if the key is empty, longer than 2 048 bytes of UTF-8, or holds
  ///     a control character
  public WorkItem {
    StoreText.requireKey(key);
  }

  public static WorkItem message(MessageId id) {
    return new WorkItem(id.source(), WorkKind.MESSAGE, id.text());
  }

  public static WorkItem reconcile(PurchaseToken token) {
    return new WorkItem(StoreProvider.GOOGLE, WorkKind.RECONCILE, token.value());
  }

  /// A subscription of the App Store, by the transaction that began it.
  public static WorkItem reconcile(TransactionId original) {
    return new WorkItem(StoreProvider.APPLE, WorkKind.RECONCILE, original.value());
  }

  public static WorkItem oneTime(PurchaseToken token) {
    return new WorkItem(StoreProvider.GOOGLE, WorkKind.ONE_TIME, token.value());
  }

  public static WorkItem acknowledge(PurchaseToken token) {
    return new WorkItem(StoreProvider.GOOGLE, WorkKind.ACKNOWLEDGE, token.value());
  }

  /// What the item is about by its name; null for a message, whose name does not tell.
  public @Nullable SubscriptionKey subscription() {
    return switch (kind) {
      case MESSAGE -> null;
      case RECONCILE, ONE_TIME, ACKNOWLEDGE -> new SubscriptionKey(provider.payments(), key);
    };
  }

  @Override
  public String toString() {
    return "WorkItem(" + provider + ", " + kind + ", hidden)";
  }
}
