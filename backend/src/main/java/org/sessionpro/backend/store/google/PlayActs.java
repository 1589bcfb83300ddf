package org.sessionpro.backend.store.google;

import java.time.Duration;
import org.sessionpro.backend.store.StoreAnswer;
import org.sessionpro.backend.store.google.PlayApi.Done;
import org.sessionpro.protocol.OrderId;
import org.sessionpro.protocol.PurchaseToken;

/// What whoever runs the server may have Google Play do (`google-play.md` §6.4, §8). None of it ever
/// happens by itself. What comes of it is announced like everything else, and looked at then.
public interface PlayActs {
  /// Answers the question whether a refund is right.
  ///
  /// @param sampled whether the buyer could try what was sold before
  StoreAnswer<Done> review(
      OrderId order, PendingRefund refund, Preference preference, boolean sampled);

  /// Gives the money of one order back.
  ///
  /// @param revoking whether what was bought is taken away at once
  StoreAnswer<Done> refund(OrderId order, boolean revoking);

  /// Takes a subscription away for good.
  StoreAnswer<Done> revoke(PurchaseToken token, MoneyBack back);

  /// Ends the renewal of a subscription.
  StoreAnswer<Done> cancel(PurchaseToken token, Canceler canceler);

  /// Moves the next renewal of a subscription, which costs the buyer nothing.
  ///
  /// @param by whole seconds, longer than zero
  StoreAnswer<Done> defer(PurchaseToken token, Duration by);

  /// Names a refund that Google asks about.
  record PendingRefund(String value) {
    @Override
    public String toString() {
      return "PendingRefund(hidden)";
    }
  }

  /// What we would have Google do about a refund.
  enum Preference {
    APPROVE,
    DECLINE,
    NEUTRAL
  }

  /// How much of the last payment goes back.
  enum MoneyBack {
    FULL,
    /// What is left of the term.
    PRORATED
  }

  /// On whose behalf a subscription is cancelled.
  enum Canceler {
    /// The buyer may restart it.
    BUYER,
    /// Nobody can.
    DEVELOPER
  }
}
