package org.sessionpro.backend.store.google.work;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.sessionpro.backend.db.Premise;
import org.sessionpro.backend.entitlement.SubscriptionKey;
import org.sessionpro.backend.proof.Acknowledger;
import org.sessionpro.protocol.PurchaseToken;

/// Takes every purchase for acknowledged without asking anybody: for a dry run, in which nothing
/// leaves the server (`google-play.md` §8).
public final class DryAcknowledgement implements Acknowledger {
  private final Rooms rooms;

  public DryAcknowledgement(Rooms rooms) {
    this.rooms = rooms;
  }

  @Override
  public boolean acknowledge(PurchaseToken token, Duration patience) {
    Instant now = rooms.clock().instant();
    rooms
        .subscriptions()
        .converge(
            SubscriptionKey.google(token),
            List.of(),
            Premise.none(),
            known -> AcknowledgementWork.settled(known, token, now),
            now);
    return true;
  }
}
