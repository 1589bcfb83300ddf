package org.sessionpro.simulator.google.pubsub;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/// The messages that a Pub/Sub subscription holds until somebody acknowledges them. All times but
/// the wait of a pull are simulated. Safe for any number of threads.
public final class MessageQueue {
  /// How often a waiting pull looks whether simulated time has made a message due.
  private static final Duration LOOK_AGAIN = Duration.ofMillis(10);

  private final InstantSource clock;
  private final TreeSet<Waiting> waiting =
      new TreeSet<>(Comparator.comparing(Waiting::from).thenComparingLong(Waiting::number));
  private final Map<String, Leased> leased = new HashMap<>();
  private QueueSettings settings = QueueSettings.RECOMMENDED;
  private long numbers;

  /// @param from when it may be delivered
  /// @param deliveries so far
  private record Waiting(Message message, Instant from, int deliveries, long number) {}

  private record Leased(Message message, Instant until, int deliveries) {}

  /// A message in the answer of a pull.
  ///
  /// @param ackId names this delivery, not the message
  public record Delivered(String ackId, Message message) {}

  public MessageQueue(InstantSource clock) {
    this.clock = clock;
  }

  public synchronized QueueSettings settings() {
    return settings;
  }

  public synchronized void configure(QueueSettings changed) {
    settings = changed;
  }

  /// Adds a message that can be delivered from `from` on.
  synchronized void add(Message message, Instant from) {
    waiting.add(new Waiting(message, from, 0, numbers++));
    notifyAll();
  }

  /// Takes at most `max` messages; waits a while if there is none.
  ///
  /// @param wait real time; the answer may be empty after it
  public List<Delivered> pull(int max, Duration wait) throws InterruptedException {
    long deadline = System.nanoTime() + wait.toNanos();
    synchronized (this) {
      List<Delivered> delivered = take(max);
      long left = deadline - System.nanoTime();
      while (delivered.isEmpty() && left > 0) {
        wait(Math.min(LOOK_AGAIN.toMillis(), left / 1_000_000 + 1));
        delivered = take(max);
        left = deadline - System.nanoTime();
      }
      return delivered;
    }
  }

  private List<Delivered> take(int max) {
    Instant now = clock.instant();
    releaseLapsed(now);
    List<Delivered> taken = new ArrayList<>();
    for (Iterator<Waiting> next = waiting.iterator(); next.hasNext() && taken.size() < max; ) {
      Waiting first = next.next();
      if (first.from().isAfter(now)) {
        break;
      }
      next.remove();
      if (now.isBefore(first.message().publishedAt().plus(settings.retention()))) {
        String ackId = "ack-" + numbers++;
        leased.put(
            ackId,
            new Leased(first.message(), now.plus(settings.ackDeadline()), first.deliveries() + 1));
        taken.add(new Delivered(ackId, first.message()));
      }
    }
    return taken;
  }

  private void releaseLapsed(Instant now) {
    for (Iterator<Leased> next = leased.values().iterator(); next.hasNext(); ) {
      Leased lease = next.next();
      if (!lease.until().isAfter(now)) {
        next.remove();
        putBack(lease, lease.until());
      }
    }
  }

  private void putBack(Leased lease, Instant at) {
    Instant from = at.plus(settings.retry().after(lease.deliveries()));
    waiting.add(new Waiting(lease.message(), from, lease.deliveries(), numbers++));
  }

  /// Forgets messages for good; ids of deliveries that are over change nothing.
  public synchronized void acknowledge(Collection<String> ackIds) {
    releaseLapsed(clock.instant());
    leased.keySet().removeAll(ackIds);
  }

  /// Keeps deliveries for `length` from now on; zero gives them back.
  public synchronized void modifyDeadline(Collection<String> ackIds, Duration length) {
    Instant now = clock.instant();
    releaseLapsed(now);
    for (String ackId : ackIds) {
      Leased lease = leased.remove(ackId);
      if (lease != null && length.isZero()) {
        putBack(lease, now);
      } else if (lease != null) {
        leased.put(ackId, new Leased(lease.message(), now.plus(length), lease.deliveries()));
      }
    }
  }

  /// How many messages nobody has acknowledged, those that are not due yet included.
  public synchronized int size() {
    releaseLapsed(clock.instant());
    return waiting.size() + leased.size();
  }

  /// How many messages could be delivered now or are being handled.
  public synchronized int due() {
    Instant now = clock.instant();
    releaseLapsed(now);
    return leased.size()
        + (int) waiting.stream().takeWhile(next -> !next.from().isAfter(now)).count();
  }
}
