package org.sessionpro.backend.strength;

import java.util.function.Supplier;

/// Something that happened at one instant between a request and its answer.
///
/// @param begun before the request was sent, by [System#nanoTime()]
/// @param ended after the answer was read
record Timed<T>(long begun, long ended, T what) {
  static <T> Timed<T> of(Supplier<T> request) {
    long begun = System.nanoTime();
    T what = request.get();
    return new Timed<>(begun, System.nanoTime(), what);
  }

  /// Whether it was over before the other one began. If not, either may have been first.
  boolean isBefore(Timed<?> other) {
    return ended < other.begun;
  }

  <R> Timed<R> with(R other) {
    return new Timed<>(begun, ended, other);
  }
}
