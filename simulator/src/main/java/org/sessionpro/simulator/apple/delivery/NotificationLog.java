package org.sessionpro.simulator.apple.delivery;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.sessionpro.simulator.apple.document.Letter;

/// Everything that the store has wanted to tell, and how that went. Safe for any number of threads.
public final class NotificationLog {
  private final List<Notification> all = new ArrayList<>();
  private Duration lag = Duration.ZERO;

  synchronized Notification add(
      Letter letter, String signedPayload, Handling handling, Instant visibleFrom) {
    Notification added =
        new Notification(all.size() + 1, letter, signedPayload, handling, visibleFrom, List.of());
    all.add(added);
    return added;
  }

  synchronized Notification addAttempt(Notification notification, Attempt attempt) {
    Notification present = all.get(notification.number() - 1);
    List<Attempt> attempts = new ArrayList<>(present.attempts());
    attempts.add(attempt);
    return replace(present, present.visibleFrom(), attempts);
  }

  /// From `instant` on the history has it.
  synchronized void show(Notification notification, Instant instant) {
    Notification present = all.get(notification.number() - 1);
    replace(present, instant, present.attempts());
  }

  private Notification replace(Notification present, Instant visibleFrom, List<Attempt> attempts) {
    Notification changed =
        new Notification(
            present.number(),
            present.letter(),
            present.signedPayload(),
            present.handling(),
            visibleFrom,
            attempts);
    all.set(present.number() - 1, changed);
    return changed;
  }

  /// All of them, oldest first, also those that the history does not know of.
  public synchronized List<Notification> all() {
    return List.copyOf(all);
  }

  /// What the history shows at `now`, oldest first.
  public synchronized List<Notification> shown(Instant now) {
    Instant known = now.minus(lag);
    return all.stream().filter(notification -> !notification.visibleFrom().isAfter(known)).toList();
  }

  /// How far the history is behind.
  public synchronized void setLag(Duration behind) {
    lag = behind;
  }

  public synchronized Optional<Notification> notification(UUID uuid) {
    return all.stream()
        .filter(notification -> notification.letter().uuid().equals(uuid))
        .findFirst();
  }
}
