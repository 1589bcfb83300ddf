package org.sessionpro.simulator.google.play;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.sessionpro.protocol.OrderId;
import org.sessionpro.protocol.PurchaseToken;
import org.sessionpro.simulator.google.catalogue.ProductId;

/// A purchase of something that is bought once.
///
/// @param order the charge, which a pending purchase has too
/// @param refunded how many of the things went back
public record OneTimePurchase(
    PurchaseToken token,
    Origin origin,
    Basket basket,
    OrderId order,
    State state,
    int refunded,
    Acknowledgement acknowledgement) {
  /// What was bought.
  ///
  /// @param quantity at least 1
  public record Basket(ProductId product, int quantity) {
    public Basket {
      if (quantity < 1) {
        throw new IllegalArgumentException("nobody buys less than one");
      }
    }
  }

  /// Where it stands.
  public enum State {
    PENDING,
    PURCHASED,
    CANCELED
  }

  /// When it was paid; null before.
  public @Nullable Instant completedAt() {
    return origin.startedAt();
  }

  OneTimePurchase completed(Instant at, Acknowledgement owed) {
    return new OneTimePurchase(
        token, origin.startedAt(at), basket, order, State.PURCHASED, 0, owed);
  }

  OneTimePurchase canceled() {
    return new OneTimePurchase(
        token, origin, basket, order, State.CANCELED, refunded, acknowledgement.withoutDeadline());
  }

  OneTimePurchase refunded(int quantity) {
    return new OneTimePurchase(
        token, origin, basket, order, state, refunded + quantity, acknowledgement);
  }

  OneTimePurchase acknowledged(Instant at) {
    return new OneTimePurchase(
        token, origin, basket, order, state, refunded, Acknowledgement.given(at));
  }
}
