package org.sessionpro.backend.store.apple.work;

import org.sessionpro.backend.inbox.Claim;
import org.sessionpro.backend.store.apple.AppStoreApi;

/// The ways to ask the App Store, through one gate.
///
/// @param announced for what Apple or a customer waits for
/// @param swept for what nobody announced; leaves half of the rate to the rest
public record Asking(AppStoreApi announced, AppStoreApi swept) {
  /// How to ask for the sake of an item.
  AppStoreApi about(Claim claim) {
    return switch (claim.seen().lane()) {
      case ANNOUNCED -> announced;
      case SWEPT -> swept;
    };
  }
}
