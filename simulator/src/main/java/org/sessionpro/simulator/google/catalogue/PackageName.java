package org.sessionpro.simulator.google.catalogue;

/// The name of an Android app.
public record PackageName(String value) {
  @Override
  public String toString() {
    return value;
  }
}
