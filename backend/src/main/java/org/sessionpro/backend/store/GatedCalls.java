package org.sessionpro.backend.store;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.sessionpro.backend.store.StoreAnswer.Throttled;
import org.sessionpro.backend.store.StoreAnswer.TryLater;
import org.sessionpro.backend.store.StoreAnswer.Unauthorized;
import org.sessionpro.backend.store.StoreGate.Admission;
import org.sessionpro.backend.store.StoreGate.Closing;
import org.sessionpro.backend.store.StoreGate.Purpose;
import org.sessionpro.backend.store.StoreGate.Wait;
import org.sessionpro.backend.telemetry.LoggerName;
import org.sessionpro.backend.telemetry.Severity;
import org.slf4j.Logger;

/// Makes requests to a store only when its gate lets us. Who has to wait for longer than a moment is
/// answered [Throttled], without the store having been asked; whoever asks about a purchase that nobody
/// waits for is so at once, and keeps no place that others could use.
public final class GatedCalls {
  /// How long a request waits for its turn, in real time; far less than a lease of the inbox.
  private static final Duration PATIENCE = Duration.ofSeconds(3);

  /// Real time between two looks at a clock that may be moved by hand.
  private static final Duration LOOK = Duration.ofMillis(20);

  private final Store store;
  private final StoreGate gate;
  private final Purpose purpose;
  private final InstantSource clock;

  /// Which store.
  ///
  /// @param name as it stands in the log
  public record Store(String name, LoggerName logger) {}

  /// @param gate shared by everything that asks
  /// @param purpose of everything that is asked through this
  public GatedCalls(Store store, StoreGate gate, Purpose purpose, InstantSource clock) {
    this.store = store;
    this.gate = gate;
    this.purpose = purpose;
    this.clock = clock;
  }

  /// Asks about a purchase.
  public <T> StoreAnswer<T> ask(Supplier<StoreAnswer<T>> call) {
    Instant shutUntil = awaitTurn(purpose == Purpose.SWEEP ? Duration.ZERO : PATIENCE);
    return shutUntil == null ? heard(timed(call)) : held(shutUntil);
  }

  /// Asks for something that is worth a moment's wait, and needs rights of its own: their absence says
  /// nothing about the rest.
  public <T> StoreAnswer<T> askBesides(Supplier<StoreAnswer<T>> call) {
    return askBesides(call, answer -> answer instanceof Unauthorized<?>);
  }

  /// As [#askBesides], for something that the store has a rate of its own for: to have asked for that
  /// too often says nothing about the rest either.
  public <T> StoreAnswer<T> askApart(Supplier<StoreAnswer<T>> call) {
    return askBesides(
        call, answer -> answer instanceof Unauthorized<?> || answer instanceof Throttled<?>);
  }

  /// As [#askBesides], within a request that a gate has let pass which hears of everything: an outage is
  /// told by that one, and this one only keeps the rate that the store has for what is asked for.
  public <T> StoreAnswer<T> askWithin(Supplier<StoreAnswer<T>> call) {
    return askBesides(
        call, answer -> answer instanceof Unauthorized<?> || answer instanceof TryLater<?>);
  }

  private <T> StoreAnswer<T> askBesides(
      Supplier<StoreAnswer<T>> call, Predicate<StoreAnswer<T>> ofItsOwn) {
    Instant shutUntil = awaitTurn(PATIENCE);
    if (shutUntil != null) {
      return held(shutUntil);
    }
    StoreAnswer<T> answer = timed(call);
    return ofItsOwn.test(answer) ? answer : heard(answer);
  }

  private <T> StoreAnswer<T> held(Instant until) {
    gate.calls().heldBack();
    return new Throttled<>(until);
  }

  private <T> StoreAnswer<T> timed(Supplier<StoreAnswer<T>> call) {
    long begun = System.nanoTime();
    StoreAnswer<T> answer = call.get();
    Duration time = Duration.ofNanos(System.nanoTime() - begun);
    gate.calls().ended(answer, time, clock.instant());
    return answer;
  }

  private <T> StoreAnswer<T> heard(StoreAnswer<T> answer) {
    gate.heard(answer).ifPresent(this::tell);
    return answer;
  }

  /// Waits for a moment if that is enough.
  ///
  /// @return null if the turn has come; else before when it does not
  private @Nullable Instant awaitTurn(Duration patience) {
    long deadline = System.nanoTime() + patience.toNanos();
    while (true) {
      Admission admission = gate.enter(purpose);
      if (!(admission instanceof Wait(Instant until))) {
        return null;
      }
      Duration pause = Duration.between(clock.instant(), until);
      Duration left = Duration.ofNanos(deadline - System.nanoTime());
      if (pause.compareTo(left) > 0 || left.isNegative() || !sleep(pause)) {
        return until;
      }
    }
  }

  /// Whether nobody interrupted it.
  private static boolean sleep(Duration pause) {
    try {
      Thread.sleep(pause.compareTo(LOOK) < 0 ? pause : LOOK);
      return true;
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private void tell(Closing why) {
    Logger log = store.logger().logger();
    switch (why) {
      case OUTAGE -> log.error("{} is out of order; it is asked again in a minute", store.name());
      case UNAUTHORIZED ->
          log.error(
              Severity.CRITICAL,
              "{} does not let us in: check the credentials and their rights;"
                  + " nothing is looked at for five minutes",
              store.name());
      case THROTTLED -> log.warn("{} wants to be asked less; it is left alone", store.name());
    }
  }
}
