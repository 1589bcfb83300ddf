package org.sessionpro.backend.config;

import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/// Development mode and what exists in it only (`decisions.md` §6, `decisions-stores.md` §7).
///
/// @param on the public development key, loopback only, `DEV.` payments
/// @param clock the file that moves the clock ([MovedClock]); null for the system's own clock, and
///     unless `on`
/// @param endpoints whether the routes `/dev/…` exist: they always do if `on`, otherwise only where
///     nothing leaves the server for any store (`operator-v1.md` §7)
public record DevelopmentSettings(boolean on, @Nullable Path clock, boolean endpoints) {
  static final Duration TICK = Duration.ofSeconds(1);
  private static final Duration QUICK_TICK = Duration.ofMillis(20);

  /// With the routes `/dev/…` if `on`.
  public DevelopmentSettings(boolean on, @Nullable Path clock) {
    this(on, clock, on);
  }

  /// The clock that a server goes by.
  ///
  /// @param system the system's own
  public InstantSource clock(InstantSource system) {
    return clock == null ? system : new MovedClock(clock, system);
  }

  /// Real time between two looks at the clock of whatever waits for an instant: short where the clock
  /// jumps.
  Duration tick() {
    return clock == null ? TICK : QUICK_TICK;
  }
}
