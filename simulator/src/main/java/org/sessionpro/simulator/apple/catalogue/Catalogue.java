package org.sessionpro.simulator.apple.catalogue;

import java.util.List;
import java.util.Optional;

/// Everything that an app sells, its subscriptions all in one group.
///
/// @param appId the number of the app in the store
/// @param group the id of the group
public record Catalogue(BundleId bundle, long appId, String group, List<Product> products) {
  public Catalogue {
    products = List.copyOf(products);
  }

  /// What is sold under that name; empty if nothing is.
  ///
  /// @param word short name or id
  public Optional<Product> product(String word) {
    return products.stream()
        .filter(product -> product.word().equals(word) || product.id().value().equals(word))
        .findFirst();
  }
}
