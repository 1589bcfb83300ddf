package org.sessionpro.simulator.apple.delivery;

import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.sessionpro.protocol.TransactionId;
import org.sessionpro.simulator.apple.store.Notice;

/// Which notifications are handled in which way.
///
/// @param news types they have, or types with subtypes; empty is any
/// @param subject the original transaction they are about; null is any
/// @param times how many of them; [#UNTIL_CLEARED] is all
public record DeliveryRule(
    Set<String> news, @Nullable TransactionId subject, int times, Handling handling) {
  public static final int UNTIL_CLEARED = Integer.MAX_VALUE;

  public DeliveryRule {
    news = Set.copyOf(news);
    if (times < 1) {
      throw new IllegalArgumentException("a rule applies at least once");
    }
  }

  boolean appliesTo(Notice notice) {
    boolean named =
        news.isEmpty()
            || news.contains(notice.news().word())
            || news.contains(notice.news().type().name());
    return named && (subject == null || subject.equals(Notification.subject(notice)));
  }

  DeliveryRule spent() {
    return times == UNTIL_CLEARED ? this : new DeliveryRule(news, subject, times - 1, handling);
  }
}
