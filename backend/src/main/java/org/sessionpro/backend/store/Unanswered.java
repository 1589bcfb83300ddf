package org.sessionpro.backend.store;

import java.time.Duration;
import java.time.Instant;
import org.sessionpro.backend.inbox.ErrorClass;
import org.sessionpro.backend.inbox.Outcome;
import org.sessionpro.backend.inbox.WorkHandler;
import org.sessionpro.backend.store.StoreAnswer.Answer;
import org.sessionpro.backend.store.StoreAnswer.Gone;
import org.sessionpro.backend.store.StoreAnswer.NotFound;
import org.sessionpro.backend.store.StoreAnswer.Refused;
import org.sessionpro.backend.store.StoreAnswer.Throttled;
import org.sessionpro.backend.store.StoreAnswer.Trouble;
import org.sessionpro.backend.store.StoreAnswer.TryLater;
import org.sessionpro.backend.store.StoreAnswer.Unauthorized;

/// What becomes of an item when its store states nothing about it: which outcomes of requests cost an
/// attempt, and of which kind (`google-play.md` §8, errors, `decisions-stores.md` §1). How many attempts
/// of a kind are enough is the inbox's to say.
public final class Unanswered {
  /// As long as the gate stays shut.
  private static final Duration LOCKED_OUT = Duration.ofMinutes(5);

  private static final Duration REST = Duration.ofMinutes(1);

  private final String store;

  /// @param store its name, in words
  public Unanswered(String store) {
    this.store = store;
  }

  /// What becomes of the item.
  ///
  /// @throws IllegalArgumentException if the answer states something
  public Outcome outcome(StoreAnswer<?> answer, WorkHandler.Turn turn, Instant now) {
    return switch (answer) {
      case Answer<?> _, Gone<?> _ -> throw new IllegalArgumentException("that is an answer");
      case NotFound<?> _ -> new Outcome.Failed(ErrorClass.NOT_FOUND, store + " does not know it");
      case Throttled<?> it ->
          new Outcome.Held(
              it.until() == null ? now.plus(REST) : it.until(),
              "it is not our turn to ask " + store);
      case Unauthorized<?> _ ->
          new Outcome.Waits(now.plus(LOCKED_OUT), store + " does not let us in");
      case TryLater<?>(Trouble trouble) ->
          // A stop cuts requests short, and that is nobody's failure.
          turn.goesOn() ? failed(trouble) : new Outcome.Unfinished();
      case Refused<?>(int status, String reason) ->
          new Outcome.Failed(
              ErrorClass.REJECTED,
              (store + " refuses the request: " + status + " " + reason).strip());
    };
  }

  private Outcome failed(Trouble trouble) {
    return switch (trouble) {
      case TIMEOUT ->
          new Outcome.Failed(ErrorClass.TRANSIENT, "no answer of " + store + " in time");
      case CONNECTION -> new Outcome.Failed(ErrorClass.TRANSIENT, "no connection to " + store);
      case UNAVAILABLE -> new Outcome.Failed(ErrorClass.TRANSIENT, store + " is out of order");
      case CONFLICT -> new Outcome.Failed(ErrorClass.TRANSIENT, store + " is changing it itself");
      case UNREADABLE -> new Outcome.Failed(ErrorClass.LOGIC, "the answer makes no sense");
    };
  }
}
