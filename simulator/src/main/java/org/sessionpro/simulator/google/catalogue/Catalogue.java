package org.sessionpro.simulator.google.catalogue;

import java.util.List;

/// Everything that one app sells.
public record Catalogue(
    PackageName packageName,
    List<SubscriptionProduct> subscriptions,
    List<OneTimeProduct> oneTimeProducts) {
  public Catalogue {
    subscriptions = List.copyOf(subscriptions);
    oneTimeProducts = List.copyOf(oneTimeProducts);
  }

  /// The subscription of that id.
  ///
  /// @throws IllegalArgumentException if there is none
  public SubscriptionProduct subscription(ProductId id) {
    return subscriptions.stream()
        .filter(product -> product.id().equals(id))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no subscription is called " + id));
  }

  /// The base plan that is sold.
  ///
  /// @throws IllegalArgumentException if there is none
  public BasePlan plan(Sale sale) {
    return subscription(sale.product())
        .basePlan(sale.plan())
        .orElseThrow(() -> new IllegalArgumentException("no base plan is called " + sale.plan()));
  }

  /// The sale of a base plan at its own price, whichever subscription it belongs to.
  ///
  /// @throws IllegalArgumentException if there is no such plan
  public Sale sale(BasePlanId plan) {
    return subscriptions.stream()
        .filter(product -> product.basePlan(plan).isPresent())
        .findFirst()
        .map(product -> new Sale(product.id(), plan, null))
        .orElseThrow(() -> new IllegalArgumentException("no base plan is called " + plan));
  }

  /// The product of that id.
  ///
  /// @throws IllegalArgumentException if there is none
  public OneTimeProduct oneTimeProduct(ProductId id) {
    return oneTimeProducts.stream()
        .filter(product -> product.id().equals(id))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no product is called " + id));
  }
}
