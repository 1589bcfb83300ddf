package org.sessionpro.simulator.google.catalogue;

/// The id of a base plan, unique within its subscription.
public record BasePlanId(String value) {
  @Override
  public String toString() {
    return value;
  }
}
