package org.sessionpro.backend.jobs;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.sessionpro.backend.config.Setting;
import org.sessionpro.backend.db.LeaseName;
import org.sessionpro.backend.store.MessageCounts;
import org.sessionpro.backend.store.StoreAnswer.Answer;
import org.sessionpro.backend.store.StoreAnswer.Gone;
import org.sessionpro.backend.store.StoreAnswer.NotFound;
import org.sessionpro.backend.store.StoreAnswer.Refused;
import org.sessionpro.backend.store.StoreAnswer.Throttled;
import org.sessionpro.backend.store.StoreAnswer.TryLater;
import org.sessionpro.backend.store.StoreAnswer.Unauthorized;
import org.sessionpro.backend.store.google.work.NotificationPull;
import org.sessionpro.backend.store.google.work.NotificationPull.Pulled;
import org.sessionpro.backend.telemetry.LoggerName;
import org.sessionpro.backend.telemetry.Severity;
import org.slf4j.Logger;

/// Pulls Google Play's notifications, one pull after the other, for as long as the lease is ours
/// (`google-play.md` §2.3). While it waits for messages, which takes up to two minutes, the lease is
/// kept by the thread of the job.
public final class PullNotifications implements Job.Work {
  /// Whoever has it pulls.
  public static final LeaseName NAME = new LeaseName("google.pull");

  private static final Logger LOG = LoggerName.GOOGLE_PLAY.logger();

  /// Until it begins again after it was ended; it only ends with the lease.
  private static final Duration INTERVAL = Duration.ofSeconds(1);

  /// Between two looks whether to go on, in real time.
  private static final Duration ATTENTION = Duration.ofMillis(100);

  /// How long a pull that is cut short may take to notice.
  private static final Duration PATIENCE = Duration.ofSeconds(1);

  private static final Duration SHORTEST_REST = Duration.ofSeconds(1);
  private static final Duration LONGEST_REST = Duration.ofMinutes(1);

  private final NotificationPull pull;
  private final InstantSource clock;
  private final Rest resting;
  private final MessageCounts counts = new MessageCounts();
  private final AtomicLong begun = new AtomicLong();
  private final AtomicLong lastEmpty = new AtomicLong();
  private final Set<Failure> told = EnumSet.noneOf(Failure.class);

  /// Why notifications are not pulled.
  private enum Failure {
    /// They are, and cannot be kept.
    NOT_KEPT,
    /// We are not let in.
    NOT_LET_IN,
    /// There is nothing to pull from.
    NO_QUEUE,
    /// It passes by itself.
    PASSING
  }

  /// Lets a time pass before the next pull.
  @FunctionalInterface
  interface Rest {
    void take(Duration time) throws InterruptedException;
  }

  public PullNotifications(NotificationPull pull, InstantSource clock) {
    this(pull, clock, Thread::sleep);
  }

  PullNotifications(NotificationPull pull, InstantSource clock, Rest resting) {
    this.pull = pull;
    this.clock = clock;
    this.resting = resting;
  }

  /// The job, which runs for as long as its lease is held.
  public Job job(Duration lease) {
    return new Job(NAME, INTERVAL, lease, this);
  }

  /// How far the pulls of this process have come: what was published before a pull began is kept here
  /// once that pull, or a later one, has come back empty.
  ///
  /// @param begun how many have begun
  /// @param lastEmpty the ordinal of the newest that came back empty, from 1; 0 if none has
  public record Progress(long begun, long lastEmpty) {}

  public Progress progress() {
    return new Progress(begun.get(), lastEmpty.get());
  }

  /// What this process has pulled.
  public MessageCounts counts() {
    return counts;
  }

  @Override
  public void run(Job.Turn turn) {
    AtomicBoolean over = new AtomicBoolean();
    Thread pulling = Thread.ofVirtual().name("google.pull").start(() -> pullUntil(over));
    try {
      while (turn.goesOn()) {
        if (pulling.join(ATTENTION)) {
          throw new IllegalStateException("pulling has come to an end by itself");
        }
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    } finally {
      // What a pull that is cut short may have taken comes again.
      over.set(true);
      pulling.interrupt();
      awaitEnd(pulling);
    }
  }

  private static void awaitEnd(Thread pulling) {
    try {
      if (!pulling.join(PATIENCE)) {
        LOG.warn("a pull of notifications did not heed its end");
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  private void pullUntil(AtomicBoolean over) {
    Duration rest = SHORTEST_REST;
    try {
      while (!over.get()) {
        long ordinal = begun.incrementAndGet();
        Pulled pulled = pull.once();
        if (pulled.isEmpty()) {
          lastEmpty.set(ordinal);
        }
        if (over.get()) {
          return;
        }
        if (pulled.answer() instanceof Answer<?> && pulled.fault() == null) {
          rest = SHORTEST_REST;
          counts.took(pulled.kept(), pulled.repeated(), clock.instant());
          recovered();
        } else {
          failed(pulled);
          resting.take(rest(pulled, rest));
          rest = longer(rest);
        }
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException fault) {
      LOG.error(Severity.CRITICAL, "pulling notifications met a fault, and begins again", fault);
    }
  }

  private static Duration longer(Duration rest) {
    Duration twice = rest.multipliedBy(2);
    return twice.compareTo(LONGEST_REST) < 0 ? twice : LONGEST_REST;
  }

  /// As long as Pub/Sub asks for, but never longer than the longest rest.
  private Duration rest(Pulled pulled, Duration rest) {
    @Nullable Instant until = pulled.answer() instanceof Throttled<?> it ? it.until() : null;
    Duration asked = until == null ? rest : Duration.between(clock.instant(), until);
    Duration longest = asked.compareTo(LONGEST_REST) < 0 ? asked : LONGEST_REST;
    return longest.compareTo(rest) < 0 ? rest : longest;
  }

  /// Each kind is told once, until it works again.
  private void failed(Pulled pulled) {
    Failure failure = failure(pulled);
    if (!told.add(failure)) {
      return;
    }
    switch (failure) {
      case NOT_KEPT ->
          LOG.error(
              "notifications cannot be kept, and are given back to come again", pulled.fault());
      case NOT_LET_IN ->
          LOG.error(
              Severity.CRITICAL,
              "Pub/Sub does not let us in: check the service account and its rights on the"
                  + " subscription");
      case NO_QUEUE ->
          LOG.error(
              Severity.CRITICAL,
              "Pub/Sub has no subscription to pull from, or refuses its name, so that no notification"
                  + " arrives: is it deleted or detached? (see {})",
              Setting.GOOGLE_CLOUD_SUBSCRIPTION_NAME.variable());
      case PASSING ->
          LOG.warn(
              "notifications cannot be pulled, and that is tried again: {}",
              pulled.answer().getClass().getSimpleName());
    }
  }

  private static Failure failure(Pulled pulled) {
    if (pulled.fault() != null) {
      return Failure.NOT_KEPT;
    }
    return switch (pulled.answer()) {
      case Unauthorized<?> _ -> Failure.NOT_LET_IN;
      case NotFound<?> _, Gone<?> _, Refused<?> _ -> Failure.NO_QUEUE;
      case Answer<?> _, Throttled<?> _, TryLater<?> _ -> Failure.PASSING;
    };
  }

  private void recovered() {
    if (!told.isEmpty()) {
      told.clear();
      LOG.info("notifications are pulled again");
    }
  }
}
