package org.sessionpro.simulator.apple.delivery;

import java.io.IOException;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.ListIterator;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.sessionpro.protocol.ByteString;
import org.sessionpro.protocol.json.JsonWriter;
import org.sessionpro.simulator.Occasions;
import org.sessionpro.simulator.apple.delivery.Handling.Held;
import org.sessionpro.simulator.apple.delivery.Handling.Late;
import org.sessionpro.simulator.apple.delivery.Handling.Lost;
import org.sessionpro.simulator.apple.delivery.Handling.Repeated;
import org.sessionpro.simulator.apple.delivery.Handling.Sent;
import org.sessionpro.simulator.apple.delivery.Handling.Shuffled;
import org.sessionpro.simulator.apple.delivery.Handling.Spoiled;
import org.sessionpro.simulator.apple.document.Documents;
import org.sessionpro.simulator.apple.document.Letter;
import org.sessionpro.simulator.apple.document.Spoilage;
import org.sessionpro.simulator.apple.store.Notice;
import org.sessionpro.simulator.apple.store.NoticeBoard;

/// The way of notifications from the store to the webhook, where they can be lost, doubled, delayed,
/// mixed up and spoiled. A notification is handled by the first rule that fits it. What fails is tried
/// again as the environment has it. Safe for any number of threads.
///
/// Notices are signed when they are published. They are posted when [#deliver(Instant)] is called,
/// one after the other, for then nobody holds the store.
public final class Delivery implements NoticeBoard {
  private final Documents documents;
  private final NotificationLog log = new NotificationLog();
  private final List<DeliveryRule> rules = new ArrayList<>();
  private final List<Notification> held = new ArrayList<>();
  private final PriorityQueue<Errand> errands =
      new PriorityQueue<>(Comparator.comparing(Errand::at).thenComparingLong(Errand::number));
  private final ReentrantLock posting = new ReentrantLock();

  /// Of ids alone, so that none comes twice whatever chance begins anew.
  private final Random ids;

  private Random random;
  private long errandsMade;
  private @Nullable Webhook webhook;
  private @Nullable Attempt last;

  /// A notification on its way.
  ///
  /// @param at when it is to be posted
  /// @param attempt which one it is, from 0
  /// @param retried whether the store tries again if it fails
  private record Errand(
      Instant at, long number, Notification notification, int attempt, boolean retried) {}

  /// @param seed of ids, and of the order of what is shuffled
  public Delivery(Documents documents, long seed) {
    this.documents = documents;
    this.ids = new Random(seed);
    this.random = new Random(seed);
  }

  /// In which order held notifications are let go.
  public enum Order {
    AS_SENT,
    REVERSED,
    SHUFFLED
  }

  /// What has been told.
  public NotificationLog log() {
    return log;
  }

  /// Where notifications go from now on; before the first call of this nobody is there.
  public synchronized void deliverTo(Webhook there) {
    webhook = there;
  }

  public synchronized void add(DeliveryRule rule) {
    rules.add(rule);
  }

  /// From now on everything arrives as it should; what is held stays held.
  public synchronized void clear() {
    rules.clear();
  }

  /// Begins another sequence of chance; ids go on as they were.
  public synchronized void seed(long seed) {
    random = new Random(seed);
  }

  @Override
  public synchronized void publish(Instant at, Notice notice) {
    Handling handling = handling(notice);
    switch (handling) {
      case Sent _ -> send(sign(at, notice, null, handling, at), at, true);
      case Lost lost -> lose(sign(at, notice, null, handling, at), lost, at);
      case Held _ -> held.add(sign(at, notice, null, handling, Instant.MAX));
      case Late late -> sendLater(at, notice, late.by(), handling);
      case Shuffled shuffled ->
          sendLater(
              at,
              notice,
              Duration.ofMillis(random.nextLong(shuffled.within().toMillis())),
              handling);
      case Repeated repeated -> repeat(at, notice, repeated);
      case Spoiled spoiled -> spoil(at, notice, spoiled);
    }
  }

  private Handling handling(Notice notice) {
    ListIterator<DeliveryRule> each = rules.listIterator();
    while (each.hasNext()) {
      DeliveryRule rule = each.next();
      if (rule.fits(notice)) {
        @Nullable Occasions left = rule.occasions().rest();
        if (left == null) {
          each.remove();
        } else {
          each.set(rule.with(left));
        }
        if (rule.occasions().strikes()) {
          return rule.handling();
        }
      }
    }
    return new Sent();
  }

  private Notification sign(
      Instant at,
      Notice notice,
      @Nullable Spoilage spoilage,
      Handling handling,
      Instant visibleFrom) {
    Letter letter = new Letter(uuid(), notice, at, spoilage);
    return log.add(letter, documents.notification(letter, at), handling, visibleFrom);
  }

  /// Version 4, as the store's are.
  private UUID uuid() {
    long high = (ids.nextLong() & ~0xF000L) | 0x4000L;
    long low = (ids.nextLong() & 0x3FFF_FFFF_FFFF_FFFFL) | 0x8000_0000_0000_0000L;
    return new UUID(high, low);
  }

  private void send(Notification notification, Instant at, boolean retried) {
    errands.add(new Errand(at, errandsMade++, notification, 0, retried));
  }

  private void lose(Notification notification, Lost lost, Instant at) {
    log.addAttempt(notification, new Attempt(at, Attempt.Result.NO_RESPONSE, 0));
    if (!lost.remembered()) {
      log.show(notification, Instant.MAX);
    }
  }

  private void sendLater(Instant at, Notice notice, Duration by, Handling handling) {
    Instant later = at.plus(by);
    send(sign(at, notice, null, handling, later), later, true);
  }

  private void repeat(Instant at, Notice notice, Repeated repeated) {
    Notification first = sign(at, notice, null, repeated, at);
    send(first, at, true);
    for (int copy = 1; copy < repeated.copies(); copy++) {
      send(repeated.sameId() ? first : sign(at, notice, null, repeated, at), at, false);
    }
  }

  private void spoil(Instant at, Notice notice, Spoiled spoiled) {
    boolean forged = spoiled.how().isForgery();
    Notification notification = sign(at, notice, spoiled.how(), spoiled, forged ? Instant.MAX : at);
    send(notification, at, !forged);
  }

  /// Lets go of everything that is held.
  ///
  /// @param now when it arrives
  public synchronized void release(Order order, Instant now) {
    List<Notification> released = new ArrayList<>(held);
    held.clear();
    switch (order) {
      case AS_SENT -> {}
      case REVERSED -> Collections.reverse(released);
      case SHUFFLED -> Collections.shuffle(released, random);
    }
    for (Notification notification : released) {
      log.show(notification, now);
      send(notification, now, true);
    }
  }

  /// Sends what was told before once more, under an id of its own: the store does so with some types
  /// (`app-store.md` §1.1).
  ///
  /// @param now when it arrives
  public synchronized void reissue(Notification told, Instant now) {
    Letter letter = told.letter();
    Letter again = new Letter(uuid(), letter.notice(), letter.about(), letter.spoilage());
    send(log.add(again, documents.notification(again, now), new Sent(), now), now, true);
  }

  /// How many notifications are on their way, held ones included.
  public synchronized int undelivered() {
    return errands.size() + held.size();
  }

  /// How many are due by `now`, that is, will be posted next.
  public synchronized int due(Instant now) {
    return Math.toIntExact(errands.stream().filter(one -> !one.at().isAfter(now)).count());
  }

  /// The latest attempt of all; null before the first.
  public synchronized @Nullable Attempt lastAttempt() {
    return last;
  }

  /// Posts everything that is due by `now`, each at its own instant, and returns when that is done,
  /// also if another thread does it.
  public void deliver(Instant now) {
    posting.lock();
    try {
      for (Errand errand = takeDue(now); errand != null; errand = takeDue(now)) {
        Attempt attempt = post(errand);
        settle(errand, attempt);
      }
    } finally {
      posting.unlock();
    }
  }

  private synchronized @Nullable Errand takeDue(Instant now) {
    return errands.isEmpty() || errands.element().at().isAfter(now) ? null : errands.remove();
  }

  private Attempt post(Errand errand) {
    Webhook there = webhook();
    Instant at = errand.at();
    if (there == null) {
      return new Attempt(at, Attempt.Result.NO_RESPONSE, 0);
    }
    byte[] body =
        JsonWriter.object(
            root -> root.text("signedPayload", errand.notification().signedPayload()));
    try {
      return Attempt.answered(at, there.post(ByteString.of(body)));
    } catch (HttpTimeoutException late) {
      return new Attempt(at, Attempt.Result.TIMED_OUT, 0);
    } catch (IOException nobody) {
      return new Attempt(at, Attempt.Result.NO_RESPONSE, 0);
    }
  }

  private synchronized @Nullable Webhook webhook() {
    return webhook;
  }

  private synchronized void settle(Errand errand, Attempt attempt) {
    last = attempt;
    Notification notification = log.addAttempt(errand.notification(), attempt);
    List<Duration> retries = documents.environment().retries();
    if (!attempt.isSuccess() && errand.retried() && errand.attempt() < retries.size()) {
      Instant next = errand.at().plus(retries.get(errand.attempt()));
      errands.add(new Errand(next, errandsMade++, notification, errand.attempt() + 1, true));
    }
  }
}
