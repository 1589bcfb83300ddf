package org.sessionpro.backend.store.apple.work;

import java.time.InstantSource;
import org.sessionpro.backend.inbox.Claim;
import org.sessionpro.backend.store.StoreGate;
import org.sessionpro.backend.store.StoreGate.Purpose;
import org.sessionpro.backend.store.apple.AppStoreApi;

/// The ways to ask the App Store, through one gate.
///
/// @param announced for what Apple or a customer waits for
/// @param swept for what nobody announced; leaves half of the rate to the rest
public record Asking(AppStoreApi announced, AppStoreApi swept) {
  public static Asking through(StoreGate gate, AppStoreApi apple, InstantSource clock) {
    return new Asking(
        new GatedAppStore(apple, gate, Purpose.WORK, clock),
        new GatedAppStore(apple, gate, Purpose.SWEEP, clock));
  }

  /// How to ask for the sake of an item.
  AppStoreApi about(Claim claim) {
    return switch (claim.seen().lane()) {
      case ANNOUNCED -> announced;
      case SWEPT -> swept;
    };
  }
}
