package org.sessionpro.backend.store.google.work;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.sessionpro.backend.store.StoreAnswer;
import org.sessionpro.backend.store.StoreAnswer.Answer;
import org.sessionpro.backend.store.StoreAnswer.TryLater;
import org.sessionpro.backend.store.google.PubSubApi;
import org.sessionpro.backend.store.google.PubSubApi.AckId;
import org.sessionpro.backend.store.google.PubSubApi.Received;

/// Takes messages out of Pub/Sub: acknowledged once they are kept here, given back if they cannot be
/// (`google-play.md` §2.3).
public final class NotificationPull {
  /// All that is in flight.
  private static final int MOST = 100;

  private final PubSubApi pubSub;
  private final Notifications notifications;
  private final InstantSource clock;

  /// How many are asked for. Too many long ones make an answer that cannot be read, and none of them
  /// would ever come; one alone can be.
  private final AtomicInteger most = new AtomicInteger(MOST);

  public NotificationPull(PubSubApi pubSub, Notifications notifications, InstantSource clock) {
    this.pubSub = pubSub;
    this.notifications = notifications;
    this.clock = clock;
  }

  /// What came of a pull.
  ///
  /// @param answer how the pull itself ended
  /// @param kept messages that are new here
  /// @param repeated messages that were kept before
  /// @param fault why the others were given back; null if there are none
  public record Pulled(
      StoreAnswer<?> answer, int kept, int repeated, @Nullable RuntimeException fault) {
    /// Whether there was nothing to take.
    public boolean isEmpty() {
      return answer instanceof Answer<?> && kept + repeated == 0 && fault == null;
    }
  }

  /// Waits for messages, at most two minutes, and keeps them.
  public Pulled once() {
    StoreAnswer<List<Received>> answer = pubSub.pull(most.get());
    if (!(answer instanceof Answer<List<Received>>(List<Received> messages))) {
      if (answer instanceof TryLater<?>) {
        var _ = most.updateAndGet(it -> Math.max(it / 2, 1));
      }
      return new Pulled(answer, 0, 0, null);
    }
    if (!messages.isEmpty()) {
      var _ = most.updateAndGet(it -> Math.min(it * 2, MOST));
    }
    Batch batch = new Batch();
    messages.forEach(batch::take);
    batch.answer();
    return new Pulled(answer, batch.kept, batch.repeated, batch.fault);
  }

  /// Messages of one pull. After the first one that cannot be kept none is tried: the database is out
  /// of reach.
  private final class Batch {
    private final List<AckId> done = new ArrayList<>();
    private final List<AckId> undone = new ArrayList<>();
    private int kept;
    private int repeated;
    private @Nullable RuntimeException fault;

    void take(Received message) {
      if (fault != null) {
        undone.add(message.ackId());
        return;
      }
      try {
        if (notifications.keep(message, clock.instant())) {
          kept++;
        } else {
          repeated++;
        }
        done.add(message.ackId());
      } catch (RuntimeException failed) {
        fault = failed;
        undone.add(message.ackId());
      }
    }

    /// Whatever comes of it is ignored: a message that comes again changes nothing.
    void answer() {
      if (!done.isEmpty()) {
        var _ = pubSub.acknowledge(done);
      }
      if (!undone.isEmpty()) {
        var _ = pubSub.release(undone);
      }
    }
  }
}
