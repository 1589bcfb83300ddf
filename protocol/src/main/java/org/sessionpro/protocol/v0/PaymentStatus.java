package org.sessionpro.protocol.v0;

import java.util.Arrays;
import java.util.Optional;

/// The state of a listed payment (`wire-v0.md` §5.4). The number 1, unredeemed, is never shown: such a
/// payment has no owner to show it to.
public enum PaymentStatus {
  REDEEMED(2),
  EXPIRED(3),
  REVOKED(4);

  private final int number;

  PaymentStatus(int number) {
    this.number = number;
  }

  /// The number on the wire, 2 to 4.
  public int number() {
    return number;
  }

  public static Optional<PaymentStatus> ofNumber(long number) {
    return Arrays.stream(values()).filter(s -> s.number == number).findFirst();
  }
}
