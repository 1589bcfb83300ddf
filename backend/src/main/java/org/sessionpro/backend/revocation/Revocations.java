package org.sessionpro.backend.revocation;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.locks.ReentrantLock;
import org.sessionpro.backend.ledger.Ledger;
import org.sessionpro.backend.ledger.RevocationState;

/// Holds the present [RevocationSnapshot] and keeps it fresh.
///
/// The ticket is asked for at most once a second; only when it has moved, or an entry has run out,
/// is the list itself read again. So a revocation recorded by any process is served by all within
/// that second.
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
    Instant now = clock.instant();
    Held present = held;
    if (present.isFresh(now)) {
      return present.snapshot();
    }
    refreshing.lock();
    try {
      if (!held.isFresh(now)) {
        held = new Held(refreshed(held.snapshot(), now), now);
      }
      return held.snapshot();
    } finally {
      refreshing.unlock();
    }
  }

  private RevocationSnapshot refreshed(RevocationSnapshot old, Instant now) {
    boolean unchanged = now.isBefore(old.nextExpiry()) && ledger.ticket().equals(old.ticket());
    return unchanged ? old : load(now);
  }

  private RevocationSnapshot load(Instant now) {
    RevocationState state = ledger.revocations(now, RevocationSnapshot.RETENTION);
    return RevocationSnapshot.of(state.ticket(), state.revoked());
  }
}
