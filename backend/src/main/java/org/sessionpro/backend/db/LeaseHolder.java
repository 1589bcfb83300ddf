package org.sessionpro.backend.db;

import java.util.HexFormat;
import java.util.random.RandomGenerator;

/// Who holds leases: one run of the program, told from all others by chance.
///
/// @param text 16 hex digits
public record LeaseHolder(String text) {

  /// A holder that nobody else is.
  public static LeaseHolder drawn(RandomGenerator random) {
    return new LeaseHolder(HexFormat.of().toHexDigits(random.nextLong()));
  }

  @Override
  public String toString() {
    return text;
  }
}
