package org.sessionpro.simulator.google.play;

import java.time.Instant;

/// What time alone will do to a purchase next.
record Due(Instant at, What what) {
  enum What {
    /// Charge for the next cycle.
    RENEW,
    /// Stop renewing, because a licence tester's purchase renewed often enough or a commitment is
    /// fulfilled.
    STOP,
    /// Begin the scheduled pause.
    PAUSE,
    /// End the pause and charge.
    RESUME,
    /// Suspend access after a grace period.
    HOLD,
    /// Give up after a hold.
    LAPSE,
    /// End what will not renew.
    EXPIRE,
    /// Refund what nobody acknowledged.
    TAKE_BACK
  }
}
