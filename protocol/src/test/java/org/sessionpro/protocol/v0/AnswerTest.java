package org.sessionpro.protocol.v0;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sessionpro.protocol.BadRequest;
import org.sessionpro.protocol.Ticket;
import org.sessionpro.protocol.json.JsonObject;

/// The exact bytes of every answer, and what a client refuses to take for one.
class AnswerTest {
  @Test
  void proof() {
    assertThat(text(SampleAnswers.proof()))
        .isEqualTo(
            """
            {"result":{"expiry_unix_ts_ms":1774592000002,\
            "gen_index_hash":"abababababababababababababababababababababababababababababababab",\
            "rotating_pkey":"8139770ea87d175f56a35466c34c7ecccb8d8a91b4ee37a25df60f5b8fc9b394",\
            "sig":"%s","version":0},"status":0}\
            """
                .formatted(signatureOf(SampleAnswers.proof())));
  }

  @Test
  void revocations() {
    assertThat(text(SampleAnswers.revocations()))
        .isEqualTo(
            """
            {"result":{"items":[{"effective_unix_ts_ms":1772086400000,\
            "expiry_unix_ts_ms":1774678400000,\
            "gen_index_hash":"abababababababababababababababababababababababababababababababab"}],\
            "retry_in_s":86400,"ticket":1772000000,"version":0},"status":0}\
            """);
  }

  @Test
  void noRevocations() {
    assertThat(text(new V0Answer.Success<>(ProRevocations.NONE)))
        .isEqualTo(
            """
            {"result":{"items":[],"retry_in_s":86400,"ticket":0,"version":0},"status":0}\
            """);
  }

  @Test
  void details() {
    assertThat(text(SampleAnswers.details()))
        .isEqualTo(
            """
            {"result":{"auto_renewing":true,"error_report":1,"expiry_unix_ts_ms":1774595600002,\
            "grace_period_duration_ms":3600000,"items":[\
            {"auto_renewing":true,"expiry_unix_ts_ms":1774592000002,\
            "google_order_id":"GPA.1..2","google_payment_token":"token",\
            "grace_period_duration_ms":60000,"payment_provider":1,"plan":1,\
            "platform_refund_expiry_unix_ts_ms":1772000000004,\
            "redeemed_unix_ts_ms":1772000000003,\
            "refund_requested_unix_ts_ms":1772000000005,"revoked_unix_ts_ms":0,"status":2,\
            "unredeemed_unix_ts_ms":1772000000001},\
            {"apple_original_tx_id":"2000","apple_tx_id":"2001","apple_web_line_order_id":"",\
            "auto_renewing":false,"expiry_unix_ts_ms":1774592000002,\
            "grace_period_duration_ms":0,"payment_provider":2,"plan":2,\
            "platform_refund_expiry_unix_ts_ms":1774592000002,\
            "redeemed_unix_ts_ms":1772000000003,"refund_requested_unix_ts_ms":0,\
            "revoked_unix_ts_ms":1772000000006,"status":4,\
            "unredeemed_unix_ts_ms":1772000000001},\
            {"auto_renewing":false,"expiry_unix_ts_ms":1774592000002,\
            "grace_period_duration_ms":0,"payment_provider":3,"plan":3,\
            "platform_refund_expiry_unix_ts_ms":0,\
            "rangeproof_order_id":"7b1f2c3a-0000-4000-8000-000000000001",\
            "redeemed_unix_ts_ms":1772000000001,"refund_requested_unix_ts_ms":0,\
            "revoked_unix_ts_ms":0,"status":3,"unredeemed_unix_ts_ms":1772000000001}],\
            "payments_total":5,"refund_requested_unix_ts_ms":1772000000007,"status":1,\
            "version":0},"status":0}\
            """);
  }

  @Test
  void detailsOfAnUnknownKey() {
    assertThat(text(new V0Answer.Success<>(ProDetails.UNKNOWN)))
        .isEqualTo(
            """
            {"result":{"auto_renewing":false,"error_report":0,"expiry_unix_ts_ms":0,\
            "grace_period_duration_ms":0,"items":[],"payments_total":0,\
            "refund_requested_unix_ts_ms":0,"status":0,"version":0},"status":0}\
            """);
  }

  @Test
  void refund() {
    assertThat(text(SampleAnswers.refund()))
        .isEqualTo("{\"result\":{\"updated\":true,\"version\":0},\"status\":0}");
  }

  @Test
  void refusal() {
    assertThat(text(V0Answer.failure(V0Status.UNKNOWN_PAYMENT, "No \u00absuch\u00bb payment")))
        .isEqualTo("{\"errors\":[\"No \\u00ABsuch\\u00BB payment\"],\"status\":101}");
  }

  @Test
  void refusalOfAMalformedRequestNamesEveryProblem() {
    BadRequest problems =
        new BadRequest(
            List.of(
                new BadRequest.Problem("version", "must be 0"),
                new BadRequest.Problem("count", "is missing")));
    assertThat(text(V0Answer.failure(problems)))
        .isEqualTo("{\"errors\":[\"version must be 0\",\"count is missing\"],\"status\":2}");
  }

  @Test
  void clientBearsAStatusThatItDoesNotKnow() {
    V0Answer<ProProof> answer = parse("{\"status\":77,\"errors\":[\"later\"],\"extra\":1}");
    assertThat(answer).isEqualTo(new V0Answer.Failure<ProProof>(77, List.of("later")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"status\":0}",
        "{\"status\":0,\"result\":[]}",
        "{\"status\":0,\"result\":null}",
        "{\"status\":0,\"result\":{}}",
        "{\"status\":\"0\",\"result\":{}}",
        "{\"status\":0.0,\"result\":{}}",
        "{\"status\":-1,\"errors\":[\"x\"]}",
        "{\"status\":4294967297,\"errors\":[\"x\"]}",
        "{\"status\":1}",
        "{\"status\":1,\"errors\":\"x\"}",
        "{\"status\":1,\"errors\":[]}",
        "{\"status\":1,\"errors\":[\"\"]}",
        "{\"status\":1,\"errors\":[1]}",
        "{\"status\":1,\"errors\":[\"x\"],\"result\":{}}"
      })
  void clientRefusesWhatIsNoAnswer(String body) {
    assertThatExceptionOfType(BadRequest.class).isThrownBy(() -> parse(body));
  }

  @Test
  void successCarriesNoErrors() {
    byte[] body = JsonEdit.with(SampleAnswers.refund().toJson(), "/errors", "[]");
    assertThatExceptionOfType(BadRequest.class)
        .isThrownBy(() -> V0Answer.parse(JsonObject.parse(body), RefundRequestedResult::parse));
  }

  @Test
  void clientIsToldEverythingThatIsWrongWithAnItem() {
    byte[] body = SampleAnswers.details().toJson();
    body = JsonEdit.with(body, "/result/items/1/plan", "0");
    body = JsonEdit.with(body, "/result/items/1/status", "1");
    body = JsonEdit.with(body, "/result/items/2/payment_provider", "4");
    JsonObject broken = JsonObject.parse(body);
    assertThatExceptionOfType(BadRequest.class)
        .isThrownBy(() -> V0Answer.parse(broken, ProDetails::parse))
        .satisfies(refused ->
            assertThat(refused.problems())
                .extracting(BadRequest.Problem::text)
                .containsExactly(
                    "items[1].status must be 2, 3 or 4",
                    "items[1].plan must be 1, 2 or 3",
                    "items[2].payment_provider must be 1, 2 or 3"));
  }

  @Test
  void impossibleAnswersCannotBeMade() {
    List<String> none = List.of();
    Instant before1970 = Instant.ofEpochMilli(-1);
    Duration negative = Duration.ofMillis(-1);
    for (Runnable impossible :
        List.<Runnable>of(
            () -> V0Answer.failure(V0Status.SUCCESS, "x"),
            () -> V0Answer.failure(V0Status.ERROR, ""),
            () -> new V0Answer.Failure<ProProof>(1, none),
            () -> new V0Answer.Failure<ProProof>(-1, List.of("x")),
            () -> new ProRevocations.Item(Samples.TAG, before1970, Samples.NOW),
            () -> new ProRevocations.Item(Samples.TAG, Samples.NOW, before1970),
            () -> new ProRevocations(new Ticket(1L << 32), List.of(), Duration.ZERO),
            () -> new ProRevocations(Ticket.ZERO, List.of(), negative),
            () -> new ProDetails.Term(false, before1970, Duration.ZERO),
            () -> new ProDetails.Term(false, Samples.NOW, negative),
            () ->
                new ProDetails(
                    UserStatus.NEVER,
                    ProDetails.UNKNOWN.term(),
                    V0Time.NONE,
                    -1,
                    false,
                    List.of()))) {
      assertThatIllegalArgumentException().isThrownBy(impossible::run);
    }
  }

  private static String signatureOf(V0Answer<ProProof> answer) {
    return switch (answer) {
      case V0Answer.Success<ProProof>(ProProof proof) -> proof.signature().hex();
      case V0Answer.Failure<ProProof> failure -> throw new AssertionError(failure);
    };
  }

  private static V0Answer<ProProof> parse(String body) {
    return V0Answer.parse(Samples.json(body), ProProof::parse);
  }

  private static String text(V0Answer<?> answer) {
    return new String(answer.toJson(), StandardCharsets.UTF_8);
  }
}
