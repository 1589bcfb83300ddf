package org.sessionpro.simulator.apple.delivery;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.sessionpro.protocol.TransactionId;
import org.sessionpro.simulator.apple.document.Letter;
import org.sessionpro.simulator.apple.store.Notice;

/// A notification and what has become of it so far.
///
/// @param number counts from 1
/// @param signedPayload as it was signed first
/// @param attempts oldest first
public record Notification(
    int number,
    Letter letter,
    String signedPayload,
    Handling handling,
    Instant visibleFrom,
    List<Attempt> attempts) {
  public Notification {
    attempts = List.copyOf(attempts);
  }

  /// The original transaction that it is about; null if it is about none.
  public @Nullable TransactionId subject() {
    return subject(letter.notice());
  }

  static @Nullable TransactionId subject(Notice notice) {
    return switch (notice) {
      case Notice.OfPurchase told -> told.purchase().original();
      case Notice.OfExtension _, Notice.Plain _ -> null;
    };
  }

  /// Whether it has arrived.
  public boolean isDelivered() {
    return !attempts.isEmpty() && attempts.getLast().isSuccess();
  }

  @Override
  public String toString() {
    return "notification " + number + " of " + letter.notice().news().word();
  }
}
