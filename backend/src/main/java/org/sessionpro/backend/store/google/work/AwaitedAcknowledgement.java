package org.sessionpro.backend.store.google.work;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import org.sessionpro.backend.entitlement.SubscriptionKey;
import org.sessionpro.backend.inbox.Owed;
import org.sessionpro.backend.proof.Acknowledger;
import org.sessionpro.backend.store.Rooms;
import org.sessionpro.protocol.PurchaseToken;

/// Has the owed acknowledgement of a purchase worked on now, by whichever process gets it, and waits
/// for what comes of it: requests never call Google themselves, so that no purchase is acknowledged
/// twice at once (`decisions.md` §2).
///
/// Few may wait at a time, because whoever waits keeps others from being served: while Google is
/// down, all would.
public final class AwaitedAcknowledgement implements Acknowledger {
  /// Between two looks at the ledger.
  private static final Duration PAUSE = Duration.ofMillis(25);

  private final Rooms rooms;
  private final Semaphore seats;

  /// @param seats how many may wait at a time
  public AwaitedAcknowledgement(Rooms rooms, int seats) {
    this.rooms = rooms;
    this.seats = new Semaphore(seats);
  }

  /// The patience is real time, as a client's is. Whoever finds nowhere to wait is told at once that
  /// it is not acknowledged; it is worked on all the same.
  @Override
  public boolean acknowledge(PurchaseToken token, Duration patience) {
    Optional<Owed> owed = owed(token);
    if (owed.isEmpty()) {
      return true;
    }
    // One that is owed already waits as long as its failures say, however often it is asked for.
    var _ = rooms.inbox().enqueueMissing(List.of(owed.get()), rooms.clock().instant());
    if (!seats.tryAcquire()) {
      return false;
    }
    try {
      return isSettledWithin(patience, token);
    } finally {
      seats.release();
    }
  }

  private boolean isSettledWithin(Duration patience, PurchaseToken token) {
    long deadline = System.nanoTime() + patience.toNanos();
    while (System.nanoTime() < deadline) {
      if (!pause()) {
        return false;
      }
      if (owed(token).isEmpty()) {
        return true;
      }
    }
    return false;
  }

  private Optional<Owed> owed(PurchaseToken token) {
    return OwedAcknowledgement.of(
        token, rooms.subscriptions().known(SubscriptionKey.google(token), List.of()));
  }

  private static boolean pause() {
    try {
      Thread.sleep(PAUSE);
      return true;
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
