package org.sessionpro.protocol.v1;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What the checks of a signed request come to before anybody looks at the account: admitted, or the
/// first check that failed (`wire-v1.md` §8 steps 4 to 8, §9, §10).
public enum Admission {
  ADMITTED(null, ""),
  STALE(ErrorCode.STALE_REQUEST, "ts is too far from the server's clock"),
  BAD_MASTER_SIGNATURE(ErrorCode.BAD_SIGNATURE, "master_sig does not verify"),
  BAD_ROTATING_SIGNATURE(ErrorCode.BAD_SIGNATURE, "rotating_sig does not verify"),
  BACKEND_KEY(ErrorCode.INTERNAL_ERROR, "a key of the request is the backend's own"),
  EQUAL_KEYS(ErrorCode.INVALID_REQUEST, "rotating_pkey must differ from master_pkey"),
  ZERO_MASTER_KEY(ErrorCode.INVALID_REQUEST, "master_pkey must not be zero"),
  ZERO_ROTATING_KEY(ErrorCode.INVALID_REQUEST, "rotating_pkey must not be zero"),
  EQUAL_SIGNATURES(ErrorCode.INVALID_REQUEST, "rotating_sig must differ from master_sig");

  private final @Nullable ErrorCode code;
  private final String text;

  Admission(@Nullable ErrorCode code, String text) {
    this.code = code;
    this.text = text;
  }

  /// The answer that the check calls for; empty if the request is admitted.
  public Optional<Refusal> refusal() {
    return Optional.ofNullable(code).map(refused -> Refusal.of(refused, text));
  }
}
