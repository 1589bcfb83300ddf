package org.sessionpro.simulator.apple.catalogue;

/// The id of an app.
public record BundleId(String value) {
  @Override
  public String toString() {
    return value;
  }
}
