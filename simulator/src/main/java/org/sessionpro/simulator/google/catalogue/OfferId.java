package org.sessionpro.simulator.google.catalogue;

/// The id of an offer, unique within its base plan.
public record OfferId(String value) {
  @Override
  public String toString() {
    return value;
  }
}
