package org.sessionpro.simulator.google.pubsub;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.sessionpro.simulator.google.catalogue.PackageName;
import org.sessionpro.simulator.google.notice.Notice;
import org.sessionpro.simulator.google.notice.NoticeBoard;
import org.sessionpro.simulator.google.pubsub.Handling.Held;
import org.sessionpro.simulator.google.pubsub.Handling.Late;
import org.sessionpro.simulator.google.pubsub.Handling.Lost;
import org.sessionpro.simulator.google.pubsub.Handling.Repeated;
import org.sessionpro.simulator.google.pubsub.Handling.Sent;
import org.sessionpro.simulator.google.pubsub.Handling.Shuffled;
import org.sessionpro.simulator.google.pubsub.Handling.Spoiled;

/// The way of notifications from Play to the message queue, where they can be lost, doubled, delayed,
/// mixed up and spoiled. A notification is handled by the first rule that fits it. Safe for any number
/// of threads.
public final class Delivery implements NoticeBoard {
  /// Ids of messages are numbers of this size.
  private static final long FIRST_ID = 19_160_482_775_301_142L;

  private final PackageName packageName;
  private final MessageQueue queue;
  private final List<DeliveryRule> rules = new ArrayList<>();
  private final List<Published> published = new ArrayList<>();
  private final List<Message> held = new ArrayList<>();
  private Random random;
  private long messages;

  /// @param seed of the order of what is shuffled
  public Delivery(PackageName packageName, MessageQueue queue, long seed) {
    this.packageName = packageName;
    this.queue = queue;
    this.random = new Random(seed);
  }

  /// In which order held notifications are let go.
  public enum Order {
    AS_SENT,
    REVERSED,
    SHUFFLED
  }

  public synchronized void add(DeliveryRule rule) {
    rules.add(rule);
  }

  /// From now on everything arrives as it should; what is held stays held.
  public synchronized void clear() {
    rules.clear();
  }

  /// Begins another sequence of chance.
  public synchronized void seed(long seed) {
    random = new Random(seed);
  }

  @Override
  public synchronized void publish(Instant eventTime, Notice notice) {
    Handling handling = handling(notice);
    published.add(new Published(published.size() + 1, eventTime, notice, handling));
    switch (handling) {
      case Sent _ -> queue.add(message(eventTime, notice, Set.of()), eventTime);
      case Lost _ -> {}
      case Held _ -> held.add(message(eventTime, notice, Set.of()));
      case Late late -> sendLater(eventTime, notice, late.by());
      case Shuffled shuffled ->
          sendLater(
              eventTime, notice, Duration.ofMillis(random.nextLong(shuffled.within().toMillis())));
      case Repeated repeated -> repeat(eventTime, notice, repeated);
      case Spoiled spoiled ->
          queue.add(message(eventTime, notice, Set.of(spoiled.how())), eventTime);
    }
  }

  private Handling handling(Notice notice) {
    for (int i = 0; i < rules.size(); i++) {
      DeliveryRule rule = rules.get(i);
      if (rule.appliesTo(notice)) {
        if (rule.times() == 1) {
          rules.remove(i);
        } else {
          rules.set(i, rule.spent());
        }
        return rule.handling();
      }
    }
    return new Sent();
  }

  private Message message(Instant at, Notice notice, Set<Spoilage> spoilage) {
    String data = new Envelope(packageName, spoilage).data(at, notice);
    return new Message(Long.toString(FIRST_ID + messages++), data, at);
  }

  private void sendLater(Instant eventTime, Notice notice, Duration by) {
    Message message = message(eventTime, notice, Set.of());
    Instant later = eventTime.plus(by);
    queue.add(new Message(message.id(), message.data(), later), later);
  }

  private void repeat(Instant eventTime, Notice notice, Repeated repeated) {
    Message message = message(eventTime, notice, Set.of());
    for (int copy = 0; copy < repeated.copies(); copy++) {
      queue.add(
          copy == 0 || repeated.sameId() ? message : message(eventTime, notice, Set.of()),
          eventTime);
    }
  }

  /// Lets go of everything that is held.
  ///
  /// @param now when it arrives
  public synchronized void release(Order order, Instant now) {
    List<Message> released = new ArrayList<>(held);
    held.clear();
    switch (order) {
      case AS_SENT -> {}
      case REVERSED -> Collections.reverse(released);
      case SHUFFLED -> Collections.shuffle(released, random);
    }
    // Nobody forgets what has not been published yet.
    released.forEach(message -> queue.add(new Message(message.id(), message.data(), now), now));
  }

  /// Everything that Play has published, oldest first.
  public synchronized List<Published> published() {
    return List.copyOf(published);
  }
}
