package org.sessionpro.simulator.apple.store;

import org.jspecify.annotations.Nullable;
import org.sessionpro.simulator.apple.catalogue.Product;

/// What somebody buys.
///
/// @param monthly whether a longer product is paid month by month, each payment a cycle of its own
/// @param offer null at the usual price
public record Sale(Product product, boolean monthly, @Nullable Offer offer) {
  public static Sale of(Product product) {
    return new Sale(product, false, null);
  }

  Sale without(Offer spent) {
    return spent.equals(offer) ? new Sale(product, monthly, null) : this;
  }
}
