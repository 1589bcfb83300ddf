package org.sessionpro.backend.store;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.sessionpro.backend.store.StoreAnswer.Answer;
import org.sessionpro.backend.store.StoreAnswer.Gone;
import org.sessionpro.backend.store.StoreAnswer.NotFound;
import org.sessionpro.backend.store.StoreAnswer.Refused;
import org.sessionpro.backend.store.StoreAnswer.Throttled;
import org.sessionpro.backend.store.StoreAnswer.TryLater;
import org.sessionpro.backend.store.StoreAnswer.Unauthorized;
import org.sessionpro.backend.telemetry.Distribution;
import org.sessionpro.backend.telemetry.Tally;

/// Counts what became of the requests to a store, in this process.
public final class StoreCalls {
  private final Tally<Ending> endings = Tally.of(Ending.class);
  private final Distribution times = Distribution.ofTimes();
  private volatile @Nullable Instant lastAnswer;

  /// How a request ended.
  public enum Ending {
    ANSWERED,
    NOT_FOUND,
    GONE,
    REFUSED,
    THROTTLED,
    UNAUTHORIZED,
    TIMEOUT,
    CONNECTION,
    UNAVAILABLE,
    CONFLICT,
    UNREADABLE,
    /// It was not made, because it was not our turn.
    HELD_BACK
  }

  void ended(StoreAnswer<?> answer, Duration time, Instant now) {
    Ending ending = ending(answer);
    endings.count(ending);
    times.observe(time);
    if (ending == Ending.ANSWERED) {
      lastAnswer = now;
    }
  }

  void heldBack() {
    endings.count(Ending.HELD_BACK);
  }

  private static Ending ending(StoreAnswer<?> answer) {
    return switch (answer) {
      case Answer<?> _ -> Ending.ANSWERED;
      case NotFound<?> _ -> Ending.NOT_FOUND;
      case Gone<?> _ -> Ending.GONE;
      case Refused<?> _ -> Ending.REFUSED;
      case Throttled<?> _ -> Ending.THROTTLED;
      case Unauthorized<?> _ -> Ending.UNAUTHORIZED;
      case TryLater<?> later ->
          switch (later.trouble()) {
            case TIMEOUT -> Ending.TIMEOUT;
            case CONNECTION -> Ending.CONNECTION;
            case UNAVAILABLE -> Ending.UNAVAILABLE;
            case CONFLICT -> Ending.CONFLICT;
            case UNREADABLE -> Ending.UNREADABLE;
          };
    };
  }

  /// How the requests ended.
  public Tally<Ending> endings() {
    return endings;
  }

  /// How long those took that were made, in real time.
  public Distribution times() {
    return times;
  }

  /// When the store last answered what it was asked; empty if it never did.
  public Optional<Instant> lastAnswer() {
    return Optional.ofNullable(lastAnswer);
  }
}
