package org.sessionpro.protocol.v1;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.sessionpro.protocol.v1.TestKeys.MASTER_KEY;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sessionpro.protocol.PaymentProvider;
import org.sessionpro.protocol.Plan;

/// The requests of development mode (`wire-v1.md` §13).
class DevRequestsTest {
  private static final DevAddPaymentRequest ADD =
      new DevAddPaymentRequest(
          MASTER_KEY, PaymentProvider.STF, new Plan("7d"), Duration.ofDays(7), false);
  private static final DevRevokeRequest REVOKE =
      new DevRevokeRequest(MASTER_KEY, Duration.ofSeconds(60));
  private static final RequestBody ADD_BODY =
      RequestBody.of(ADD.toJson(), DevAddPaymentRequest::parse);
  private static final RequestBody REVOKE_BODY =
      RequestBody.of(REVOKE.toJson(), DevRevokeRequest::parse);

  @Test
  void aClientWritesTheBodiesOfTheContract() {
    assertThat(new String(ADD.toJson(), UTF_8))
        .isEqualTo(
            "{\"master_pkey\":\"%s\",\"provider\":\"stf\",\"plan\":\"7d\",\"duration\":604800,\"redeem\":false}"
                .formatted(MASTER_KEY.hex()));
    assertThat(new String(REVOKE.toJson(), UTF_8))
        .isEqualTo(
            "{\"master_pkey\":\"%s\",\"effective_in_seconds\":60}".formatted(MASTER_KEY.hex()));
  }

  @Test
  void whatIsWrittenIsRead() {
    assertThat(ADD_BODY.parsed()).isEqualTo(ADD);
    assertThat(REVOKE_BODY.parsed()).isEqualTo(REVOKE);
  }

  @Test
  void everyTypeAndTheHexAreChecked() {
    ADD_BODY.assertTypesRequired(List.of("master_pkey", "provider", "plan"), List.of("null", "1"));
    ADD_BODY.assertHexRequired(List.of("master_pkey"));
    REVOKE_BODY.assertTypesRequired(List.of("master_pkey"), List.of("null", "1"));
    REVOKE_BODY.assertHexRequired(List.of("master_pkey"));
  }

  @ParameterizedTest
  @CsvSource({"1M, 1m, 30", "3m, 3m, 90", "12M, 1y, 365", "1y, 1y, 365", "OneMonth, 1m, 30"})
  void aPlanImpliesItsLengthAndRedemption(String label, String code, int days) {
    assertThat(
            ADD_BODY
                .without("duration")
                .without("redeem")
                .with("plan", "\"" + label + "\"")
                .parsed())
        .isEqualTo(
            new DevAddPaymentRequest(
                MASTER_KEY, PaymentProvider.STF, new Plan(code), Duration.ofDays(days), true));
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "-1", "9007199254740992", "1.5", "\"1\"", "null", "true"})
  void aDurationIsAPositiveInteger(String literal) {
    ADD_BODY.with("duration", literal).assertRefused("duration");
  }

  @Test
  void aPlanWithoutALengthOfItsOwnNeedsADuration() {
    ADD_BODY.without("duration").assertRefused("duration");
  }

  @ParameterizedTest
  @ValueSource(strings = {"lifetime", "", "1x", "01m", "One Month"})
  void plansThatCannotBeMintedAreRefused(String label) {
    ADD_BODY.with("plan", "\"" + label + "\"").assertRefused("plan");
  }

  @ParameterizedTest
  @ValueSource(strings = {"rangeproof", "STF", "3", ""})
  void providersAreTheCodesOfTheContract(String code) {
    ADD_BODY.with("provider", "\"" + code + "\"").assertRefused("provider");
  }

  @Test
  void theFlagIsABoolean() {
    ADD_BODY.with("redeem", "1").assertRefused("redeem");
    ADD_BODY.with("redeem", "null").assertRefused("redeem");
  }

  @Test
  void withoutATimeARevocationIsImmediate() {
    assertThat(REVOKE_BODY.without("effective_in_seconds").parsed())
        .isEqualTo(new DevRevokeRequest(MASTER_KEY, Duration.ZERO));
  }

  @ParameterizedTest
  @ValueSource(strings = {"-1", "2147483648", "99999999999999999999", "0.0", "\"0\"", "null"})
  void theTimeOfARevocationIsANumberOfSecondsFromNow(String literal) {
    REVOKE_BODY.with("effective_in_seconds", literal).assertRefused("effective_in_seconds");
  }
}
