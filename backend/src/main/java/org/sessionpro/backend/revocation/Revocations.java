package org.sessionpro.backend.revocation;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.locks.ReentrantLock;
import org.sessionpro.backend.ledger.Ledger;
import org.sessionpro.backend.ledger.RevocationState;

/// Holds the present [RevocationSnapshot] and keeps it fresh.
///
/// The ticket is asked for at most once a second; only when it has moved, an entry has run out, or
/// the clock was set back, is the list itself read again. So a revocation recorded by any process is
/// served by all within that second.
public final class Revocations {
  private static final Duration MAX_AGE = Duration.ofSeconds(1);

  private final Ledger ledger;
  private final InstantSource clock;
  private final ReentrantLock refreshing = new ReentrantLock();
  private volatile Held held;

  private record Held(RevocationSnapshot snapshot, Instant checkedAt) {
    boolean isFresh(Instant now) {
      return !now.isBefore(checkedAt)
          && now.isBefore(checkedAt.plus(MAX_AGE))
          && now.isBefore(snapshot.nextExpiry());
    }
  }

  public Revocations(Ledger ledger, InstantSource clock) {
    this.ledger = ledger;
    this.clock = clock;
    Instant now = clock.instant();
    this.held = new Held(load(now), now);
  }

  /// The list as it stood within the last second.
  public RevocationSnapshot current() {
    Held present = held;
    if (present.isFresh(clock.instant())) {
      return present.snapshot();
    }
    refreshing.lock();
    try {
      // Asked anew: whoever had the lock before may have looked after this call began.
      Instant now = clock.instant();
      if (!held.isFresh(now)) {
        held = new Held(refreshed(held, now), now);
      }
      return held.snapshot();
    } finally {
      refreshing.unlock();
    }
  }

  /// A clock that was set back may list entries again that had run out by it before.
  private RevocationSnapshot refreshed(Held old, Instant now) {
    RevocationSnapshot snapshot = old.snapshot();
    boolean unchanged =
        !now.isBefore(old.checkedAt())
            && now.isBefore(snapshot.nextExpiry())
            && ledger.ticket().equals(snapshot.ticket());
    return unchanged ? snapshot : load(now);
  }

  private RevocationSnapshot load(Instant now) {
    RevocationState state = ledger.revocations(now, RevocationSnapshot.RETENTION);
    return RevocationSnapshot.of(state.ticket(), state.revoked());
  }
}
