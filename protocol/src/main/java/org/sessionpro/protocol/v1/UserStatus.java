package org.sessionpro.protocol.v1;

import java.util.Arrays;
import java.util.Optional;

/// Whether a key has Pro (`wire-v1.md` §9).
public enum UserStatus {
  /// There is no account.
  NEVER("never"),
  /// Covered at the request's `ts`.
  ACTIVE("active"),
  /// No longer covered, or revoked.
  EXPIRED("expired");

  private final String code;

  UserStatus(String code) {
    this.code = code;
  }

  /// The string of `user_status`.
  public String code() {
    return code;
  }

  public static Optional<UserStatus> ofCode(String code) {
    return Arrays.stream(values()).filter(status -> status.code.equals(code)).findFirst();
  }
}
