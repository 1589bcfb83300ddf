package org.sessionpro.simulator.apple.catalogue;

/// The id of something that is sold.
public record ProductId(String value) {
  @Override
  public String toString() {
    return value;
  }
}
