package org.sessionpro.backend.revocation;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.sessionpro.backend.db.DatabaseFault;
import org.sessionpro.backend.entitlement.ProofGrid;
import org.sessionpro.backend.ledger.Ledger;
import org.sessionpro.backend.ledger.RevocationState;
import org.sessionpro.backend.telemetry.LoggerName;
import org.sessionpro.protocol.Ticket;
import org.slf4j.Logger;

/// Holds the present [RevocationSnapshot] and keeps it fresh.
///
/// | age of the list | what a poll gets |
/// |---|---|
/// | below 1 s | the list |
/// | 1…4 s, somebody looks for a newer one | the list, without waiting |
/// | else | the outcome of a look: the ticket is read, and the list itself only if the ticket has moved |
/// | up to 5 min, the last look failed | the list; one poll a second looks again |
/// | above 5 min, the last look failed | [DatabaseFault] |
///
/// So a revocation recorded by any process is served by all within 5 s. While the database fails a
/// poll loses nothing, but not for ever: a server cut off from a database that others reach would
/// hide their revocations from clients that ask once a day only. Five minutes are small beside the
/// two hours that `wire-v1.md` §11 leaves from the latest poll to the effect of a revocation.
public final class Revocations {
  private static final Logger LOG = LoggerName.BACKEND.logger();
  private static final Duration RECHECK = Duration.ofSeconds(1);
  private static final Duration MAX_LAG = Duration.ofSeconds(4);
  private static final Duration MAX_OUTAGE = Duration.ofMinutes(5);

  private final Ledger ledger;
  private final InstantSource clock;
  private final ReentrantLock looking = new ReentrantLock();
  private volatile Held held;

  /// @param confirmedAt when the database last said that this is the list
  /// @param lookedAt when it was last asked
  /// @param failure why it then did not answer; null if it did
  private record Held(
      RevocationSnapshot snapshot,
      Instant confirmedAt,
      Instant lookedAt,
      @Nullable RuntimeException failure) {

    /// Whether it is too early to look again. Not if the clock was set back.
    boolean isFresh(Instant now) {
      return !now.isBefore(lookedAt)
          && now.isBefore(lookedAt.plus(RECHECK))
          && now.isBefore(snapshot.nextExpiry());
    }

    /// Whether a poll need not wait for the look that another one has begun.
    boolean isGoodMeanwhile(Instant now) {
      return now.isBefore(snapshot.nextExpiry())
          && isWithin(failure == null ? MAX_LAG : MAX_OUTAGE, now);
    }

    RevocationSnapshot serve(Instant now) {
      if (failure != null && !isWithin(MAX_OUTAGE, now)) {
        throw new DatabaseFault("the revocation list is of " + confirmedAt, failure);
      }
      return snapshot;
    }

    /// A clock that was set back makes a list look as old as one that was set forward.
    private boolean isWithin(Duration limit, Instant now) {
      return Duration.between(confirmedAt, now).abs().compareTo(limit) <= 0;
    }
  }

  /// Reads the list for the first time.
  ///
  /// @throws IllegalStateException if proofs could outlive the entries that revoke them
  public Revocations(Ledger ledger, InstantSource clock) {
    RevocationSnapshot.requireToOutlast(ProofGrid.MAX_LIFETIME);
    this.ledger = ledger;
    this.clock = clock;
    Instant now = clock.instant();
    this.held = new Held(load(now), now, now, null);
  }

  /// The present list. The object is another one only if something in it has changed, and no caller
  /// that asks later gets an older one.
  ///
  /// @throws DatabaseFault if it cannot be read and the last one is too old
  public RevocationSnapshot current() {
    Held present = held;
    Instant now = clock.instant();
    if (present.isFresh(now)) {
      return present.serve(now);
    }
    if (looking.isLocked() && present.isGoodMeanwhile(now)) {
      return present.serve(now);
    }
    looking.lock();
    try {
      return look();
    } finally {
      looking.unlock();
    }
  }

  /// How the list stands.
  ///
  /// @param entries that it lists
  /// @param confirmedAt when the database last said that this is the list
  /// @param failing whether the last look for a newer one failed
  public record Standing(int entries, Ticket ticket, Instant confirmedAt, boolean failing) {}

  /// How the list stands that was served last; looks for no newer one.
  public Standing standing() {
    Held present = held;
    return new Standing(
        present.snapshot().entries().size(),
        present.snapshot().ticket(),
        present.confirmedAt(),
        present.failure() != null);
  }

  /// Asked anew: whoever looked before may have begun after this call did.
  private RevocationSnapshot look() {
    Instant now = clock.instant();
    if (!held.isFresh(now)) {
      held = refreshed(held, now);
    }
    return held.serve(now);
  }

  private Held refreshed(Held old, Instant now) {
    try {
      Held confirmed = new Held(newest(old, now), now, now, null);
      if (old.failure() != null) {
        LOG.info("the revocation list is up to date again");
      }
      return confirmed;
    } catch (RuntimeException failed) {
      // Whatever the reason, nothing is known of the list. That is no reason to change it.
      if (old.failure() == null) {
        LOG.warn(
            "the revocation list of {} cannot be refreshed; it is served until it is {} min old",
            old.confirmedAt(),
            MAX_OUTAGE.toMinutes(),
            failed);
      }
      Instant then = clock.instant();
      return new Held(old.snapshot().at(then), old.confirmedAt(), then, failed);
    }
  }

  /// An entry that ran out may have to be listed again: after the clock was set back, which may also
  /// have happened unseen while the database failed.
  private RevocationSnapshot newest(Held old, Instant now) {
    boolean onward = !now.isBefore(old.lookedAt()) && old.failure() == null;
    if (onward && ledger.ticket().equals(old.snapshot().ticket())) {
      return old.snapshot().at(now);
    }
    RevocationSnapshot loaded = load(now);
    return loaded.equals(old.snapshot()) ? old.snapshot() : loaded;
  }

  private RevocationSnapshot load(Instant now) {
    RevocationState state = ledger.revocations(now, RevocationSnapshot.RETENTION);
    return RevocationSnapshot.of(state.ticket(), state.revoked());
  }
}
