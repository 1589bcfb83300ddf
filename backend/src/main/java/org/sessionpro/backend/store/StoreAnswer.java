package org.sessionpro.backend.store;

import java.time.Instant;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// How a request to a store ended (`decisions-stores.md` §1, call outcome). Nothing but an [Answer] and
/// [Gone] states anything about a purchase; nothing is ever lost by one of the others.
///
/// Which one it was is decided where the store is asked, once, and by nobody else: `GoogleCalls` for
/// Google, `AppleServerApi` for the App Store. What follows is said by whoever acts on it:
///
/// | outcome | the item of the inbox ([Unanswered]) | the gate ([StoreGate]) |
/// |---|---|---|
/// | [NotFound] | an attempt; parked after five in a row | opens |
/// | [Throttled] | waits, free | shut until then |
/// | [Unauthorized] | waits, free | shut for 5 min, critical |
/// | [TryLater] | an attempt | shut for 1 min after five outages in a row |
/// | [Refused] | an attempt; parked after three in a row | opens |
///
/// @param <T> what was asked for
public sealed interface StoreAnswer<T> {
  /// The store answered.
  record Answer<T>(T value) implements StoreAnswer<T> {}

  /// The store does not know what was asked for, or not yet.
  record NotFound<T>() implements StoreAnswer<T> {}

  /// The store has forgotten what was asked for: it has been over for long.
  record Gone<T>() implements StoreAnswer<T> {}

  /// The store wants to be asked less. Costs no attempt.
  ///
  /// @param until when it may be asked again; null if it does not say
  record Throttled<T>(@Nullable Instant until) implements StoreAnswer<T> {}

  /// The store does not let us in. Costs no attempt, for it says nothing about what was asked for.
  record Unauthorized<T>() implements StoreAnswer<T> {}

  /// There is no usable answer this time.
  record TryLater<T>(Trouble trouble) implements StoreAnswer<T> {}

  /// The store refuses the request as it is.
  ///
  /// @param status of HTTP
  /// @param reason the store's word for it, for the log; may be empty
  record Refused<T>(int status, String reason) implements StoreAnswer<T> {}

  /// Why there is no usable answer.
  enum Trouble {
    /// It did not come in time.
    TIMEOUT,
    /// The connection could not be made, or broke.
    CONNECTION,
    /// The store is out of order.
    UNAVAILABLE,
    /// Somebody else was changing the same thing.
    CONFLICT,
    /// It came and makes no sense.
    UNREADABLE;

    /// Whether it tells of the store as a whole rather than of one thing that was asked for.
    boolean isOutage() {
      return switch (this) {
        case TIMEOUT, CONNECTION, UNAVAILABLE -> true;
        case CONFLICT, UNREADABLE -> false;
      };
    }
  }

  /// The same outcome with another value.
  default <R> StoreAnswer<R> map(Function<T, R> change) {
    return switch (this) {
      case Answer<T> answer -> new Answer<>(change.apply(answer.value()));
      case NotFound<T> _ -> new NotFound<>();
      case Gone<T> _ -> new Gone<>();
      case Throttled<T> throttled -> new Throttled<>(throttled.until());
      case Unauthorized<T> _ -> new Unauthorized<>();
      case TryLater<T> later -> new TryLater<>(later.trouble());
      case Refused<T> refused -> new Refused<>(refused.status(), refused.reason());
    };
  }
}
