package org.sessionpro.protocol.v0;

import java.util.Arrays;
import java.util.Optional;

/// The `status` of an answer, as far as this generation defines it (`wire-v0.md` §2). A client must
/// bear others.
public enum V0Status {
  SUCCESS(0),
  /// A refusal without a code of its own. On add and generate also a bad signature.
  ERROR(1),
  /// A request that breaks the contract. On details and refund also a bad signature.
  PARSE_ERROR(2),
  /// The payment of an add request is already the signer's.
  ALREADY_REDEEMED(100),
  /// The payment of an add request is unknown, or not the signer's to claim.
  UNKNOWN_PAYMENT(101);

  private final int code;

  V0Status(int code) {
    this.code = code;
  }

  /// The number on the wire.
  public int code() {
    return code;
  }

  /// The status of that number, if this generation defines it.
  public static Optional<V0Status> ofCode(int code) {
    return Arrays.stream(values()).filter(s -> s.code == code).findFirst();
  }
}
