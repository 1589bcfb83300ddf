package org.sessionpro.backend.store.apple;

import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.sessionpro.backend.config.AppleSettings.CatchUp;
import org.sessionpro.backend.config.AppleSettings.Environment;
import org.sessionpro.backend.store.StoreAnswer;
import org.sessionpro.backend.store.StoreAnswer.Answer;
import org.sessionpro.backend.store.StoreAnswer.Refused;
import org.sessionpro.backend.store.StoreAnswer.Throttled;
import org.sessionpro.backend.store.StoreAnswer.Trouble;
import org.sessionpro.backend.store.StoreAnswer.TryLater;
import org.sessionpro.backend.store.apple.AppStoreApi.NotificationPage;
import org.sessionpro.backend.store.apple.AppStoreApi.PageToken;
import org.sessionpro.backend.store.apple.Notification.SignedText;

/// The list of all notifications that Apple sent, whether they arrived or not (`app-store.md` §1.4).
public final class NotificationList {
  /// By how much a reading begins before the end of the one before: what happens shows there after a
  /// while only.
  public static final Duration OVERLAP = Duration.ofMinutes(15);

  private static final String PAGE_EXPIRED = "4000017";
  private static final int MOST_RESTARTS = 3;

  private final AppStoreApi api;
  private final Predicate<Instant> patience;

  /// @param patience waits until an instant before which Apple may not be asked; false if that takes too
  ///     long
  public NotificationList(AppStoreApi api, Predicate<Instant> patience) {
    this.api = api;
    this.patience = patience;
  }

  /// Where a reading begins.
  ///
  /// @param gap whether something may have been sent before that and after the reading before
  public record Start(Instant from, boolean gap) {
    /// Where to begin.
    ///
    /// @param readAt when the list was read to its end last; null if it never was
    /// @param window how far back to begin the first time
    public static Start of(
        @Nullable Instant readAt, Instant now, Environment environment, Duration window) {
      if (readAt == null) {
        return new Start(now.minus(window), false);
      }
      Instant wanted = readAt.minus(OVERLAP);
      Instant earliest = now.minus(CatchUp.reach(environment));
      return wanted.isBefore(earliest) ? new Start(earliest, true) : new Start(wanted, false);
    }
  }

  /// How a reading ended.
  public sealed interface End {
    /// There is nothing more.
    record Read() implements End {}

    /// Whoever took the pages wanted no more of them.
    record Stopped() implements End {}

    /// Apple did not give the next page.
    record Failed(StoreAnswer<?> answer) implements End {}
  }

  /// Reads page after page, anew from the first one if Apple has forgotten where we were.
  ///
  /// @param page is given what a page says and tells whether to go on; may be given something twice
  public End read(Instant from, Instant until, Predicate<List<SignedText>> page) {
    int restarts = 0;
    Set<PageToken> seen = new HashSet<>();
    @Nullable PageToken next = null;
    while (true) {
      StoreAnswer<NotificationPage> answer = api.notifications(from, until, next);
      if (answer instanceof Throttled<NotificationPage>(Instant free)
          && free != null
          && patience.test(free)) {
        continue;
      }
      if (isExpired(answer) && next != null && restarts < MOST_RESTARTS) {
        restarts++;
        seen.clear();
        next = null;
        continue;
      }
      if (!(answer instanceof Answer<NotificationPage> read)) {
        return new End.Failed(answer);
      }
      if (!page.test(read.value().notifications())) {
        return new End.Stopped();
      }
      next = read.value().next();
      if (next == null) {
        return new End.Read();
      }
      if (!seen.add(next)) {
        return new End.Failed(new TryLater<NotificationPage>(Trouble.UNREADABLE));
      }
    }
  }

  private static boolean isExpired(StoreAnswer<?> answer) {
    return answer instanceof Refused<?> refused && refused.reason().equals(PAGE_EXPIRED);
  }
}
