package org.sessionpro.backend.store.apple.work;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.sessionpro.backend.config.AppleSettings;
import org.sessionpro.backend.inbox.StoreProvider;
import org.sessionpro.backend.store.FullReconcile;
import org.sessionpro.backend.store.Rooms;
import org.sessionpro.backend.store.apple.AppStoreApi;
import org.sessionpro.backend.store.apple.Notification.SignedText;
import org.sessionpro.backend.store.apple.NotificationList;
import org.sessionpro.backend.store.apple.NotificationList.End;
import org.sessionpro.backend.store.apple.NotificationList.Start;
import org.sessionpro.backend.telemetry.LoggerName;
import org.sessionpro.backend.telemetry.Severity;
import org.slf4j.Logger;

/// Reads the list of what Apple sent, and keeps what did not arrive (`app-store.md` §1.4,
/// `decisions-stores.md` §2.3). What happened before all that Apple still knows is made up for by a look
/// at every subscription.
public final class CatchUp {
  private static final Logger LOG = LoggerName.APP_STORE.logger();

  /// After a reading that took longer than this, another one follows at once, so that a next one which
  /// begins an [NotificationList#OVERLAP] before the end of this one leaves nothing out.
  private static final Duration BRIEF = NotificationList.OVERLAP.dividedBy(2);

  /// Longest wait for a turn to ask.
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  /// Real time between two looks at a clock that may be moved by hand.
  private static final Duration LOOK = Duration.ofMillis(20);

  private final AppStoreApi api;
  private final AppleNotifications notifications;
  private final AppleSettings settings;
  private final Rooms rooms;

  /// Whether the present gap was told of.
  private boolean gapTold;

  /// @param api asked within the rate of everything else
  public CatchUp(
      AppStoreApi api, AppleNotifications notifications, AppleSettings settings, Rooms rooms) {
    this.api = api;
    this.notifications = notifications;
    this.settings = settings;
    this.rooms = rooms;
  }

  /// What came of a run.
  ///
  /// @param kept messages that are new here
  /// @param repeated messages that had arrived before
  public record CaughtUp(End end, int kept, int repeated) {
    /// Whether everything up to now is here.
    public boolean isComplete() {
      return end instanceof End.Read;
    }
  }

  /// Is told how far a reading is.
  public interface Observer {
    /// One more page is kept.
    ///
    /// @param kept messages so far that are new here
    /// @param repeated messages so far that had arrived before
    void progress(int kept, int repeated);
  }

  /// Reads what was sent since the reading before.
  ///
  /// @param readAt when a run was complete last; null if none ever was
  /// @param goesOn asked between pages
  /// @throws RuntimeException if something cannot be kept
  public CaughtUp run(@Nullable Instant readAt, BooleanSupplier goesOn) {
    return run(readAt, goesOn, (_, _) -> {});
  }

  /// As above.
  ///
  /// @param observer told of every page
  public CaughtUp run(@Nullable Instant readAt, BooleanSupplier goesOn, Observer observer) {
    Instant now = rooms.clock().instant();
    Start start = Start.of(readAt, now, settings.app().environment(), settings.catchUp().window());
    if (start.gap()) {
      bridge(now);
    }
    Tally tally = new Tally(observer);
    NotificationList list = new NotificationList(api, free -> await(free, goesOn));
    Instant from = start.from();
    while (true) {
      Instant until = rooms.clock().instant();
      End end = list.read(from, until, page -> tally.take(page) && goesOn.getAsBoolean());
      boolean brief = Duration.between(until, rooms.clock().instant()).compareTo(BRIEF) <= 0;
      if (end instanceof End.Read) {
        notifications.listed().took(0, 0, until);
      }
      if (!(end instanceof End.Read) || brief) {
        gapTold &= !(end instanceof End.Read);
        return new CaughtUp(end, tally.kept, tally.repeated);
      }
      from = until.minus(NotificationList.OVERLAP);
    }
  }

  private void bridge(Instant now) {
    if (gapTold) {
      return;
    }
    long noted =
        new FullReconcile(StoreProvider.APPLE, rooms.subscriptions(), rooms.inbox()).note(now);
    gapTold = true;
    LOG.error(
        Severity.CRITICAL,
        "notifications were not looked for for longer than Apple keeps them; all subscriptions are"
            + " looked at instead: {}",
        noted);
  }

  private boolean await(Instant free, BooleanSupplier goesOn) {
    if (Duration.between(rooms.clock().instant(), free).compareTo(PATIENCE) > 0) {
      return false;
    }
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (rooms.clock().instant().isBefore(free)) {
      if (System.nanoTime() - deadline > 0 || !goesOn.getAsBoolean() || !sleep()) {
        return false;
      }
    }
    return true;
  }

  /// Whether nobody interrupted it.
  private static boolean sleep() {
    try {
      Thread.sleep(LOOK);
      return true;
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private final class Tally {
    private final Observer observer;
    private int kept;
    private int repeated;

    Tally(Observer observer) {
      this.observer = observer;
    }

    boolean take(List<SignedText> page) {
      for (SignedText text : page) {
        if (notifications.keep(text)) {
          kept++;
        } else {
          repeated++;
        }
      }
      observer.progress(kept, repeated);
      return true;
    }
  }
}
