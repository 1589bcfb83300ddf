package org.sessionpro.backend.store.apple.work;

import org.sessionpro.backend.inbox.ParkReason;
import org.sessionpro.backend.store.apple.SignedData.Problem;

/// Why something that Apple may have sent is put aside, in the inbox's words (`decisions-stores.md` §5).
///
/// @param rule what it should have been, for people; names nobody
record Unusable(ParkReason reason, String rule) {
  static Unusable of(Problem problem) {
    return switch (problem) {
      case SIGNATURE -> new Unusable(ParkReason.VERIFICATION, "it must be signed by Apple");
      case APPLICATION -> new Unusable(ParkReason.FOREIGN, "it must be for this app");
      case ENVIRONMENT ->
          new Unusable(ParkReason.FOREIGN, "it must come from this environment of the App Store");
      case CONTENT -> new Unusable(ParkReason.UNDECODABLE, "it must say what it has to say");
    };
  }
}
