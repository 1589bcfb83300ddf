package org.sessionpro.backend.proof;

import java.time.Duration;
import org.sessionpro.protocol.PurchaseToken;

/// Tells Google that a purchase was delivered, which Google wants within three days and without
/// which it takes the purchase back (`decisions.md` §2, add and Google acknowledgement).
@FunctionalInterface
public interface Acknowledger {
  /// How long a client may wait for it.
  Duration PATIENCE = Duration.ofSeconds(5);

  /// Has the purchase acknowledged unless it is already, and records that in the ledger before it
  /// returns, but for [#isDry()]. Calls of one token at once are one call to Google. Never called in a transaction.
  ///
  /// @param patience after which it gives up
  /// @return false if it is not known to be acknowledged
  boolean acknowledge(PurchaseToken token, Duration patience);

  /// Whether purchases only pass for acknowledged: nobody is told, nothing is recorded, and Google is
  /// owed the acknowledgement as before.
  default boolean isDry() {
    return false;
  }

  /// For a dry run, in which nothing leaves the server (`google-play.md` §8).
  static Acknowledger dry() {
    return new Acknowledger() {
      @Override
      public boolean acknowledge(PurchaseToken token, Duration patience) {
        return true;
      }

      @Override
      public boolean isDry() {
        return true;
      }
    };
  }

  /// For a server that does not talk to Google: nothing is ever acknowledged.
  static Acknowledger off() {
    return (_, _) -> false;
  }
}
