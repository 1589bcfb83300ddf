package org.sessionpro.backend.http;

import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;

/// A random number that ties the answer to a faulty request to its line in the log, where nothing
/// of the request itself may stand.
///
/// @param value 64 random bits
public record FaultId(long value) {
  static FaultId random() {
    return new FaultId(ThreadLocalRandom.current().nextLong());
  }

  /// 16 hex digits.
  @Override
  public String toString() {
    return HexFormat.of().toHexDigits(value);
  }
}
