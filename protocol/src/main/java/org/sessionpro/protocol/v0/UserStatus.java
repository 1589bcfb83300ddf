package org.sessionpro.protocol.v0;

import java.util.Arrays;
import java.util.Optional;

/// The state of an account, `status` of the details (`wire-v0.md` §6.6).
public enum UserStatus {
  /// The key owns no payment.
  NEVER(0),
  ACTIVE(1),
  /// Its subscription is over, or its proofs are revoked.
  EXPIRED(2);

  private final int number;

  UserStatus(int number) {
    this.number = number;
  }

  /// The number on the wire, 0 to 2.
  public int number() {
    return number;
  }

  public static Optional<UserStatus> ofNumber(long number) {
    return Arrays.stream(values()).filter(s -> s.number == number).findFirst();
  }
}
