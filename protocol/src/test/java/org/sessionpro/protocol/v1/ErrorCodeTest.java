package org.sessionpro.protocol.v1;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ErrorCodeTest {
  @ParameterizedTest
  @CsvSource({
    "INVALID_REQUEST, invalid_request, fail",
    "BAD_SIGNATURE, bad_signature, fail",
    "STALE_REQUEST, stale_request, fail",
    "NOT_SUBSCRIBED, not_subscribed, fail",
    "REVOKED, revoked, fail",
    "SUBSCRIPTION_EXPIRED, subscription_expired, fail",
    "RATE_LIMITED, rate_limited, fail",
    "INTERNAL_ERROR, internal_error, error"
  })
  void everyCodeHasItsSlugAndStatus(ErrorCode code, String slug, String status) {
    assertThat(code.slug()).isEqualTo(slug);
    assertThat(code.status().code()).isEqualTo(status);
    assertThat(ErrorCode.ofSlug(slug)).contains(code);
  }

  @Test
  void thereAreEightCodes() {
    assertThat(ErrorCode.values()).hasSize(8);
  }

  @Test
  void otherSlugsAreNone() {
    assertThat(ErrorCode.ofSlug("INVALID_REQUEST")).isEmpty();
  }
}
