package org.sessionpro.protocol.v1;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AdmissionTest {
  @ParameterizedTest
  @CsvSource({
    "STALE, stale_request",
    "BAD_MASTER_SIGNATURE, bad_signature",
    "BAD_ROTATING_SIGNATURE, bad_signature",
    "BACKEND_KEY, internal_error",
    "EQUAL_KEYS, invalid_request",
    "ZERO_MASTER_KEY, invalid_request",
    "ZERO_ROTATING_KEY, invalid_request",
    "EQUAL_SIGNATURES, invalid_request"
  })
  void everyFailedCheckHasItsSlug(Admission admission, String slug) {
    assertThat(admission.refusal().orElseThrow().slug()).isEqualTo(slug);
  }

  @Test
  void onlyAnAdmittedRequestIsNotRefused() {
    assertThat(Admission.ADMITTED.refusal()).isEmpty();
    assertThat(Admission.values()).hasSize(9);
  }
}
