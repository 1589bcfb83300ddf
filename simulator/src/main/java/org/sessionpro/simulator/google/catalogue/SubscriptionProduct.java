package org.sessionpro.simulator.google.catalogue;

import java.util.List;
import java.util.Optional;

/// A subscription as the Play Console knows it.
public record SubscriptionProduct(ProductId id, List<BasePlan> basePlans) {
  public SubscriptionProduct {
    basePlans = List.copyOf(basePlans);
  }

  public Optional<BasePlan> basePlan(BasePlanId plan) {
    return basePlans.stream().filter(candidate -> candidate.id().equals(plan)).findFirst();
  }
}
