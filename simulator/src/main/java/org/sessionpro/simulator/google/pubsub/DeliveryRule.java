package org.sessionpro.simulator.google.pubsub;

import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.sessionpro.protocol.PurchaseToken;
import org.sessionpro.simulator.google.notice.Notice;

/// Which notifications are handled in which way.
///
/// @param words the news they bring, as [Notice#word()]; empty is any
/// @param subject the purchase they are about; null is any
/// @param times how many of them; [#UNTIL_CLEARED] is all
public record DeliveryRule(
    Set<String> words, @Nullable PurchaseToken subject, int times, Handling handling) {
  public static final int UNTIL_CLEARED = Integer.MAX_VALUE;

  public DeliveryRule {
    words = Set.copyOf(words);
    if (times < 1) {
      throw new IllegalArgumentException("a rule applies at least once");
    }
  }

  boolean appliesTo(Notice notice) {
    return (words.isEmpty() || words.contains(notice.word()))
        && (subject == null || subject.equals(notice.subject()));
  }

  DeliveryRule spent() {
    return times == UNTIL_CLEARED ? this : new DeliveryRule(words, subject, times - 1, handling);
  }
}
