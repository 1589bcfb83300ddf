package org.sessionpro.backend.inbox;

import java.time.Instant;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.sessionpro.backend.entitlement.SubscriptionKey;
import org.sessionpro.protocol.ByteString;

/// A message as the store sent it.
///
/// @param kind the store's word for it, or ours if it has none: at most 64 lower-case letters, digits,
///     `_`, `.` and `-`
/// @param subscription what it is about; null if that cannot be read
/// @param eventAt the store's instant of what it tells; of its publication if that cannot be read
/// @param payload the bytes as they came
public record StoreMessage(
    MessageId id,
    String kind,
    @Nullable SubscriptionKey subscription,
    Instant eventAt,
    ByteString payload) {
  private static final Pattern KIND = Pattern.compile("[a-z0-9_.-]{1,64}");

  public StoreMessage {
    if (!KIND.matcher(kind).matches()) {
      throw new IllegalArgumentException("the kind of a message is a word in lower case");
    }
    if (subscription != null) {
      StoreText.requireKey(subscription.value());
    }
  }

  @Override
  public String toString() {
    return "StoreMessage(" + id + ", " + kind + ")";
  }
}
