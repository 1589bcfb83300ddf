package org.sessionpro.simulator.google.catalogue;

/// The id of a product: of a subscription, or of something bought once.
public record ProductId(String value) {
  @Override
  public String toString() {
    return value;
  }
}
