package org.sessionpro.simulator.google.play;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.sessionpro.protocol.OrderId;
import org.sessionpro.protocol.PurchaseToken;
import org.sessionpro.simulator.google.catalogue.Price;
import org.sessionpro.simulator.google.catalogue.ProductId;
import org.sessionpro.simulator.google.catalogue.Sale;

/// One charge.
///
/// @param token the purchase it was first charged for
/// @param refunds oldest first
public record Order(
    OrderId id,
    PurchaseToken token,
    Instant createdAt,
    Bought bought,
    Price total,
    List<Refund> refunds) {
  public Order {
    refunds = List.copyOf(refunds);
  }

  /// What was charged for.
  public sealed interface Bought {
    /// Service from one instant until another.
    record Service(Sale sale, Instant from, Instant until) implements Bought {}

    /// A number of things.
    record Things(ProductId product, int quantity) implements Bought {}
  }

  /// Money that went back.
  ///
  /// @param full false if it was a part of what was paid
  public record Refund(Instant at, Price amount, boolean full) {}

  public boolean isFullyRefunded() {
    return refunds.stream().anyMatch(Refund::full);
  }

  Order plus(Refund refund) {
    List<Refund> more = new ArrayList<>(refunds);
    more.add(refund);
    return new Order(id, token, createdAt, bought, total, more);
  }
}
