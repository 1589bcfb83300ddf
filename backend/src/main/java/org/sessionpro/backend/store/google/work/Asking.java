package org.sessionpro.backend.store.google.work;

import java.time.InstantSource;
import org.sessionpro.backend.inbox.Claim;
import org.sessionpro.backend.store.StoreGate;
import org.sessionpro.backend.store.StoreGate.Purpose;
import org.sessionpro.backend.store.google.PlayApi;

/// The ways to ask Google Play, through one gate.
///
/// @param announced for what Google or a customer waits for
/// @param swept for what nobody announced; leaves half of the rate to the rest
public record Asking(PlayApi announced, PlayApi swept) {
  public static Asking through(StoreGate gate, PlayApi play, InstantSource clock) {
    return new Asking(
        new GatedPlay(play, gate, Purpose.WORK, clock),
        new GatedPlay(play, gate, Purpose.SWEEP, clock));
  }

  /// How to ask for the sake of an item.
  PlayApi about(Claim claim) {
    return switch (claim.seen().lane()) {
      case ANNOUNCED -> announced;
      case SWEPT -> swept;
    };
  }
}
