package org.sessionpro.protocol.v1;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.sessionpro.protocol.BadRequest;
import org.sessionpro.protocol.json.JsonObject;

class RefusalTest {
  @Test
  void aSlugOfANewerBackendSurvives() {
    Refusal refusal =
        read(
            "{\"status\":\"fail\",\"error_code\":\"region_blocked\",\"error\":\"no\",\"since\":5}");
    assertThat(refusal).isEqualTo(new Refusal(EnvelopeStatus.FAIL, "region_blocked", "no", null));
    assertThat(refusal.code()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(
      value = ErrorCode.class,
      mode = EnumSource.Mode.EXCLUDE,
      names = "SUBSCRIPTION_EXPIRED")
  void everyKnownSlugIsRecognised(ErrorCode code) {
    Refusal refusal = Refusal.of(code, "why");
    assertThat(refusal.code()).contains(code);
    assertThat(refusal.status()).isEqualTo(code.status());
    assertThat(refusal.account()).isNull();
  }

  @Test
  void anExpiredSubscriptionCannotBeToldWithoutTheTerm() {
    assertThatThrownBy(() -> Refusal.of(ErrorCode.SUBSCRIPTION_EXPIRED, "why"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void theTermOfTheAccountIsRead() {
    Refusal refusal =
        read(
            "{\"status\":\"fail\",\"error_code\":\"subscription_expired\",\"error\":\"over\",\"account_expiry_ts\":1,"
                + "\"account_grace_period_duration\":2,\"account_auto_renewing\":true}");
    assertThat(refusal.account())
        .isEqualTo(new AccountTerm(Instant.ofEpochSecond(1), Duration.ofSeconds(2), true));
  }

  @Test
  void theThreeAccountMembersTravelTogether() {
    assertUnreadable(
        "{\"status\":\"fail\",\"error_code\":\"subscription_expired\",\"error\":\"over\",\"account_expiry_ts\":1}");
  }

  @Test
  void onlyTheFirstProblemOfABadRequestIsTold() {
    BadRequest bad =
        new BadRequest(
            List.of(
                new BadRequest.Problem("ts", "is missing"),
                new BadRequest.Problem("limit", "is missing")));
    assertThat(Refusal.of(bad)).isEqualTo(Refusal.of(ErrorCode.INVALID_REQUEST, "ts is missing"));
  }

  @Test
  void aRefusalIsNeverOk() {
    assertThatThrownBy(() -> new Refusal(EnvelopeStatus.OK, "x", "y", null))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @CsvSource({"ok, OK", "fail, FAIL", "error, ERROR"})
  void theThreeStatusesOfTheEnvelope(String code, EnvelopeStatus status) {
    assertThat(status.code()).isEqualTo(code);
    assertThat(EnvelopeStatus.ofCode(code)).contains(status);
    assertThat(EnvelopeStatus.values()).hasSize(3);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "{}",
        "{\"status\":\"OK\",\"result\":{}}",
        "{\"status\":0,\"result\":{}}",
        "{\"status\":null}",
        "{\"status\":\"ok\"}",
        "{\"status\":\"ok\",\"result\":null}",
        "{\"status\":\"ok\",\"result\":[]}",
        "{\"status\":\"fail\"}",
        "{\"status\":\"fail\",\"error_code\":\"revoked\"}",
        "{\"status\":\"fail\",\"error\":\"text\"}",
        "{\"status\":\"error\",\"error_code\":1,\"error\":\"text\"}",
        "{\"status\":\"maybe\",\"error_code\":\"revoked\",\"error\":\"text\"}"
      })
  void anyOtherEnvelopeIsRefused(String envelope) {
    assertUnreadable(envelope);
  }

  private static Refusal read(String envelope) {
    V1Answer<ServerStatus> answer =
        V1Answer.parse(JsonObject.parse(envelope.getBytes(UTF_8)), ServerStatus::parse);
    return switch (answer) {
      case V1Answer.Refused<ServerStatus>(Refusal refusal) -> refusal;
      case V1Answer.Ok<ServerStatus> ok -> throw new AssertionError(ok);
    };
  }

  private static void assertUnreadable(String envelope) {
    assertThatThrownBy(
            () -> V1Answer.parse(JsonObject.parse(envelope.getBytes(UTF_8)), ServerStatus::parse))
        .isInstanceOf(BadRequest.class);
  }
}
