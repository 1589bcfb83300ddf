package org.sessionpro.bench.load;

import java.util.Locale;

/// One kind of request.
public record Workload(Operation operation, Protocol protocol, Transport transport) {
  public Workload {
    if (operation == Operation.ADD && protocol == Protocol.V1) {
      throw new IllegalArgumentException("clients of v1 do not add payments: add --protocol v0");
    }
  }

  /// For people, for example `v1 proof by onion`.
  public String name() {
    String name = (protocol + " " + operation).toLowerCase(Locale.ROOT);
    return switch (transport) {
      case DIRECT -> name;
      case GZIP -> name + ", gzip";
      case ONION -> name + " by onion";
    };
  }
}
