package org.sessionpro.protocol.v1;

import java.util.Arrays;
import java.util.Optional;

/// How one payment stands at the request's `ts` (`wire-v1.md` §10.1).
public enum PaymentStatus {
  /// Bound, and neither over nor revoked.
  REDEEMED("redeemed"),
  /// Its expiry has come.
  EXPIRED("expired"),
  /// Refunded, voided or superseded; wins over expired.
  REVOKED("revoked");

  private final String code;

  PaymentStatus(String code) {
    this.code = code;
  }

  /// The string of `status`.
  public String code() {
    return code;
  }

  public static Optional<PaymentStatus> ofCode(String code) {
    return Arrays.stream(values()).filter(status -> status.code.equals(code)).findFirst();
  }
}
