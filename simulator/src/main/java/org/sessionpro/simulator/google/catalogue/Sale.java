package org.sessionpro.simulator.google.catalogue;

import org.jspecify.annotations.Nullable;

/// What a buyer of a subscription chose.
///
/// @param offer null for the plan at its own price
public record Sale(ProductId product, BasePlanId plan, @Nullable OfferId offer) {
  /// The same plan at its own price, as it renews.
  public Sale withoutOffer() {
    return new Sale(product, plan, null);
  }
}
