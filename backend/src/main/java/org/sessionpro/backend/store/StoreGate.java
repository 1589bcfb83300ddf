package org.sessionpro.backend.store;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import org.sessionpro.backend.store.StoreAnswer.Answer;
import org.sessionpro.backend.store.StoreAnswer.Gone;
import org.sessionpro.backend.store.StoreAnswer.NotFound;
import org.sessionpro.backend.store.StoreAnswer.Refused;
import org.sessionpro.backend.store.StoreAnswer.Throttled;
import org.sessionpro.backend.store.StoreAnswer.TryLater;
import org.sessionpro.backend.store.StoreAnswer.Unauthorized;

/// When a store may be asked: not more often than it was agreed, not while it is out of order, keeps
/// us out, or wants to be left alone (`decisions-stores.md` §1, breaker and limiter). One for each
/// store and process, safe for any number of threads.
///
/// Waiting here costs no attempt. Nobody is made to wait: who may not ask yet is told until when.
public final class StoreGate {
  private static final int OUTAGE_AFTER = 5;
  private static final Duration OUTAGE = Duration.ofMinutes(1);
  private static final Duration LOCKED_OUT = Duration.ofMinutes(5);
  private static final Duration LEAST_REST = Duration.ofMinutes(1);
  private static final Duration MOST_REST = Duration.ofMinutes(10);

  /// More than a clock is set back by whoever keeps it right.
  private static final Duration STEP = Duration.ofMinutes(1);

  private final Rate rate;
  private final InstantSource clock;
  private final StoreCalls calls = new StoreCalls();
  private final Deque<Instant> admitted = new ArrayDeque<>();
  private final Deque<Instant> swept = new ArrayDeque<>();
  private Instant closedUntil = Instant.MIN;
  private Closing closedFor = Closing.OUTAGE;
  private int troubles;
  private Duration rest = LEAST_REST;
  private Instant lastLook = Instant.MIN;

  /// How often a store may be asked.
  ///
  /// @param requests at least one
  /// @param within longer than zero
  public record Rate(int requests, Duration within) {
    public Rate {
      if (requests < 1 || !within.isPositive()) {
        throw new IllegalArgumentException("a rate lets something pass");
      }
    }
  }

  /// What the store is asked for.
  public enum Purpose {
    /// Somebody or something waits for it.
    WORK,
    /// Looking for what nobody announced; may take half of the rate.
    SWEEP
  }

  /// Why nobody may ask.
  public enum Closing {
    /// Several requests in a row had no usable answer.
    OUTAGE,
    /// The store keeps us out: the credentials, or their rights, are wrong.
    UNAUTHORIZED,
    /// The store wants to be left alone.
    THROTTLED
  }

  /// Whether one may ask.
  public sealed interface Admission {}

  /// Yes, and it is counted.
  public record Open() implements Admission {}

  /// Not before `until`.
  public record Wait(Instant until) implements Admission {}

  public StoreGate(Rate rate, InstantSource clock) {
    this.rate = rate;
    this.clock = clock;
  }

  /// What became of the requests that were made with leave.
  public StoreCalls calls() {
    return calls;
  }

  /// Asks for leave to make one request.
  public synchronized Admission enter(Purpose purpose) {
    Instant now = clock.instant();
    if (lastLook.isAfter(now.plus(STEP))) {
      forgetTheFuture();
    }
    lastLook = now;
    if (now.isBefore(closedUntil)) {
      return new Wait(closedUntil);
    }
    Instant free = freeAt(admitted, rate.requests(), rate.within());
    if (purpose == Purpose.SWEEP) {
      Instant half = freeAt(swept, rate.requests(), rate.within().multipliedBy(2));
      free = half.isAfter(free) ? half : free;
    }
    if (free.isAfter(now)) {
      return new Wait(free);
    }
    note(admitted, now);
    if (purpose == Purpose.SWEEP) {
      note(swept, now);
    }
    return new Open();
  }

  /// The clock was set back: what happened by its former time would keep everybody out until that comes.
  private void forgetTheFuture() {
    admitted.clear();
    swept.clear();
    closedUntil = Instant.MIN;
  }

  /// When the oldest of as many requests as may be made within that time is old enough.
  private static Instant freeAt(Deque<Instant> passed, int requests, Duration within) {
    return passed.size() < requests ? Instant.MIN : passed.getFirst().plus(within);
  }

  private void note(Deque<Instant> passed, Instant now) {
    if (passed.size() == rate.requests()) {
      passed.removeFirst();
    }
    passed.addLast(now);
  }

  /// Whether nobody may ask at present, and why.
  public synchronized Optional<Closing> closed() {
    return clock.instant().isBefore(closedUntil) ? Optional.of(closedFor) : Optional.empty();
  }

  /// Learns from how a request ended.
  ///
  /// @return why the gate has just closed; empty if it has not, or was closed already
  public synchronized Optional<Closing> heard(StoreAnswer<?> answer) {
    Instant now = clock.instant();
    return switch (answer) {
      case Answer<?> _, NotFound<?> _, Gone<?> _, Refused<?> _ -> {
        troubles = 0;
        rest = LEAST_REST;
        yield Optional.empty();
      }
      case TryLater<?> later -> {
        troubles = later.trouble().isOutage() ? troubles + 1 : 0;
        yield troubles < OUTAGE_AFTER
            ? Optional.empty()
            : close(now, now.plus(OUTAGE), Closing.OUTAGE);
      }
      case Unauthorized<?> _ -> close(now, now.plus(LOCKED_OUT), Closing.UNAUTHORIZED);
      case Throttled<?> throttled ->
          close(
              now,
              throttled.until() == null || !throttled.until().isAfter(now)
                  ? restedAt(now)
                  : throttled.until(),
              Closing.THROTTLED);
    };
  }

  /// When to ask again if the store does not say, or names an instant that has passed: later each time, but requests that were under way
  /// together count as one.
  private Instant restedAt(Instant now) {
    if (now.isBefore(closedUntil)) {
      return closedUntil;
    }
    Instant rested = now.plus(rest);
    Duration longer = rest.multipliedBy(2);
    rest = longer.compareTo(MOST_REST) < 0 ? longer : MOST_REST;
    return rested;
  }

  private Optional<Closing> close(Instant now, Instant until, Closing why) {
    boolean open = !now.isBefore(closedUntil);
    if (until.isAfter(closedUntil)) {
      closedUntil = until;
      closedFor = why;
    }
    return open && now.isBefore(closedUntil) ? Optional.of(why) : Optional.empty();
  }
}
