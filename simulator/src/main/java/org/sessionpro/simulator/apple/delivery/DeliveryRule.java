package org.sessionpro.simulator.apple.delivery;

import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.sessionpro.protocol.TransactionId;
import org.sessionpro.simulator.Occasions;
import org.sessionpro.simulator.apple.store.Notice;

/// Which notifications are handled in which way.
///
/// @param news types they have, or types with subtypes; empty is any
/// @param subject the original transaction they are about; null is any
/// @param occasions which of those
public record DeliveryRule(
    Set<String> news, @Nullable TransactionId subject, Occasions occasions, Handling handling) {
  public static final int UNTIL_CLEARED = Occasions.UNTIL_CLEARED;

  public DeliveryRule {
    news = Set.copyOf(news);
  }

  /// One for the next `times` of them.
  public DeliveryRule(
      Set<String> news, @Nullable TransactionId subject, int times, Handling handling) {
    this(news, subject, Occasions.next(times), handling);
  }

  boolean fits(Notice notice) {
    boolean named =
        news.isEmpty()
            || news.contains(notice.news().word())
            || news.contains(notice.news().type().name());
    return named && (subject == null || subject.equals(Notification.subject(notice)));
  }

  DeliveryRule with(Occasions left) {
    return new DeliveryRule(news, subject, left, handling);
  }
}
