package org.sessionpro.protocol.v1;

import java.util.Arrays;
import java.util.Optional;

/// The outcome that every answer opens with; a closed set (`wire-v1.md` §2, §6.1).
public enum EnvelopeStatus {
  /// The answer carries a result.
  OK("ok"),
  /// The request was refused for a reason that lies with the client or the account.
  FAIL("fail"),
  /// The backend failed; the same request may succeed later.
  ERROR("error");

  private final String code;

  EnvelopeStatus(String code) {
    this.code = code;
  }

  /// The string of `status`.
  public String code() {
    return code;
  }

  public static Optional<EnvelopeStatus> ofCode(String code) {
    return Arrays.stream(values()).filter(status -> status.code.equals(code)).findFirst();
  }
}
