package org.sessionpro.protocol.v1;

import java.util.Arrays;
import java.util.Optional;

/// Why a request is refused: every slug of `wire-v1.md` §6.2 with the envelope status it travels
/// under. The vocabulary is open on the wire, so a client may meet a slug that is not listed here.
public enum ErrorCode {
  /// Malformed input, whatever the rule.
  INVALID_REQUEST("invalid_request", EnvelopeStatus.FAIL),
  /// A request signature does not verify.
  BAD_SIGNATURE("bad_signature", EnvelopeStatus.FAIL),
  /// `ts` lies outside the window of [Freshness].
  STALE_REQUEST("stale_request", EnvelopeStatus.FAIL),
  /// No account for the master key.
  NOT_SUBSCRIBED("not_subscribed", EnvelopeStatus.FAIL),
  /// The account's current generation is revoked.
  REVOKED("revoked", EnvelopeStatus.FAIL),
  /// `ts` lies behind the expiry of the proof that would be issued; carries the account's term.
  SUBSCRIPTION_EXPIRED("subscription_expired", EnvelopeStatus.FAIL),
  /// More proofs than the operator allows per account and window.
  RATE_LIMITED("rate_limited", EnvelopeStatus.FAIL),
  /// A fault of the backend.
  INTERNAL_ERROR("internal_error", EnvelopeStatus.ERROR);

  private final String slug;
  private final EnvelopeStatus status;

  ErrorCode(String slug, EnvelopeStatus status) {
    this.slug = slug;
    this.status = status;
  }

  /// The string of `error_code`.
  public String slug() {
    return slug;
  }

  /// The envelope status that the slug belongs to.
  public EnvelopeStatus status() {
    return status;
  }

  public static Optional<ErrorCode> ofSlug(String slug) {
    return Arrays.stream(values()).filter(code -> code.slug.equals(slug)).findFirst();
  }
}
