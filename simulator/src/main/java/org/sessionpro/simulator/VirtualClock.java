package org.sessionpro.simulator;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/// The time of the simulated world, which is moved by hand. Safe for any number of threads.
///
/// A store never lives backwards, so its simulator moves the clock by this type: forward only.
public sealed interface VirtualClock extends InstantSource permits SimulatedClock, ClockFile {
  /// Moves the clock to `instant`; does nothing if that is past.
  void forwardTo(Instant instant);

  /// Moves the clock by `step`.
  ///
  /// @throws IllegalArgumentException if `step` is negative
  default void forward(Duration step) {
    if (step.isNegative()) {
      throw new IllegalArgumentException("the simulated time only moves forward");
    }
    forwardTo(instant().plus(step));
  }
}
