package org.sessionpro.simulator.http;

/// One kind of request that a store answers; what faults aim at and calls are counted by.
public interface Endpoint {
  /// Its name in scripts: lower case, words joined by `-`.
  String word();
}
