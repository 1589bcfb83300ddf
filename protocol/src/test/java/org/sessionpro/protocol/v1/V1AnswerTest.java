package org.sessionpro.protocol.v1;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.sessionpro.protocol.v1.TestKeys.BACKEND;
import static org.sessionpro.protocol.v1.TestKeys.BACKEND_KEY;
import static org.sessionpro.protocol.v1.TestKeys.ROTATING_KEY;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.sessionpro.protocol.Plan;
import org.sessionpro.protocol.RevocationTag;
import org.sessionpro.protocol.Ticket;

/// The exact bytes of every answer.
class V1AnswerTest {
  private static final String TAG_HEX = "c0ffee".repeat(10) + "abcd";
  private static final RevocationTag TAG = RevocationTag.fromHex(TAG_HEX);
  private static final Instant T = Instant.ofEpochSecond(1_700_000_000);
  private static final AccountTerm ACCOUNT = new AccountTerm(T, Duration.ofDays(16), true);

  static final PaymentItem GOOGLE =
      new PaymentItem(
          PaymentStatus.REDEEMED,
          new Plan("1m"),
          PaymentId.googlePlay("abc.AO-J1Ox", "GPA.3333-1111-2222-44444..0"),
          new PaymentTerm(T.plus(Duration.ofDays(30)), Duration.ofDays(16), true),
          T.plusNanos(250_000_000),
          T.plus(Duration.ofDays(2)),
          null);
  static final PaymentItem APPLE =
      new PaymentItem(
          PaymentStatus.REVOKED,
          new Plan("1y"),
          PaymentId.appStore("2000000123456789"),
          new PaymentTerm(T, Duration.ZERO, false),
          T.minus(Duration.ofDays(365)),
          T,
          T.minusNanos(1_000));
  static final PaymentItem LIVE_CREDIT =
      new PaymentItem(
          PaymentStatus.REDEEMED,
          new Plan("3m"),
          PaymentId.voucher("7b1e6c0e-6f0e-4d0b-9a55-2a3f0c9b8d11"),
          new PaymentTerm(null, Duration.ZERO, false),
          T,
          null,
          null);

  private static final String GOOGLE_JSON =
      "{\"status\":\"redeemed\",\"plan\":\"1m\",\"payment_provider\":\"google_play\",\"auto_renewing\":true,"
          + "\"purchased_ts\":1700000000.25,\"expiry_ts\":1702592000,\"grace_period_duration\":1382400,"
          + "\"platform_refund_expiry_ts\":1700172800,\"revoked_ts\":0.0,"
          + "\"payment_id\":\"abc.AO-J1Ox|GPA.3333-1111-2222-44444..0\"}";
  private static final String APPLE_JSON =
      "{\"status\":\"revoked\",\"plan\":\"1y\",\"payment_provider\":\"app_store\",\"auto_renewing\":false,"
          + "\"purchased_ts\":1668464000.0,\"expiry_ts\":1700000000,\"grace_period_duration\":0,"
          + "\"platform_refund_expiry_ts\":1700000000,\"revoked_ts\":1699999999.999999,"
          + "\"payment_id\":\"2000000123456789\"}";
  private static final String LIVE_CREDIT_JSON =
      "{\"status\":\"redeemed\",\"plan\":\"3m\",\"payment_provider\":\"stf\",\"auto_renewing\":false,"
          + "\"purchased_ts\":1700000000.0,\"expiry_ts\":0,\"grace_period_duration\":0,"
          + "\"platform_refund_expiry_ts\":0,\"revoked_ts\":0.0,"
          + "\"payment_id\":\"7b1e6c0e-6f0e-4d0b-9a55-2a3f0c9b8d11\"}";

  @Test
  void aProof() {
    Proof proof = Proof.sign(BACKEND, TAG, ROTATING_KEY, Instant.ofEpochSecond(1_704_067_200));
    assertResult(
        new ProofResult(proof, ACCOUNT),
        "{\"revocation_tag\":\""
            + TAG_HEX
            + "\",\"rotating_pkey\":\""
            + ROTATING_KEY.hex()
            + "\",\"expiry_ts\":1704067200,\"sig\":\""
            + proof.signature().hex()
            + "\",\"account_expiry_ts\":1700000000,\"account_grace_period_duration\":1382400,\"account_auto_renewing\":true}");
  }

  @Test
  void theStatusOfAnUnknownKey() {
    assertResult(
        StatusResult.NEVER,
        "{\"user_status\":\"never\",\"auto_renewing\":false,\"expiry_ts\":0,\"grace_period_duration\":0,\"latest_payment\":null}");
  }

  @Test
  void theStatusOfASubscriber() {
    assertResult(
        new StatusResult(UserStatus.ACTIVE, ACCOUNT, GOOGLE),
        "{\"user_status\":\"active\",\"auto_renewing\":true,\"expiry_ts\":1700000000,\"grace_period_duration\":1382400,\"latest_payment\":"
            + GOOGLE_JSON
            + "}");
  }

  @Test
  void theStatusOfAFormerSubscriber() {
    assertResult(
        new StatusResult(UserStatus.EXPIRED, new AccountTerm(T, Duration.ZERO, false), APPLE),
        "{\"user_status\":\"expired\",\"auto_renewing\":false,\"expiry_ts\":1700000000,\"grace_period_duration\":0,\"latest_payment\":"
            + APPLE_JSON
            + "}");
  }

  @Test
  void thePaymentsOfAnUnknownKey() {
    assertResult(PaymentDetails.NONE, "{\"payments_total\":0,\"items\":[],\"next_cursor\":null}");
  }

  @Test
  void aFullPageOfPayments() {
    assertResult(
        new PaymentDetails(250, List.of(LIVE_CREDIT, GOOGLE, APPLE), "ab".repeat(48)),
        "{\"payments_total\":250,\"items\":["
            + LIVE_CREDIT_JSON
            + ","
            + GOOGLE_JSON
            + ","
            + APPLE_JSON
            + "],\"next_cursor\":\""
            + "ab".repeat(48)
            + "\"}");
  }

  @Test
  void anEmptyRevocationList() {
    assertResult(
        RevocationList.of(Ticket.ZERO, List.of()),
        "{\"ticket\":0,\"items\":[],\"retry_in\":86400,\"retain_for\":2678400}");
  }

  @Test
  void aRevocationList() {
    Instant recorded = Instant.ofEpochSecond(1_767_225_600, 999_999_000);
    assertResult(
        RevocationList.of(
            new Ticket(1_767_225_600), List.of(RevocationList.Item.recordedAt(TAG, recorded))),
        "{\"ticket\":1767225600,\"items\":[{\"revocation_tag\":\""
            + TAG_HEX
            + "\",\"effective_ts\":1767319200}],\"retry_in\":86400,\"retain_for\":2678400}");
  }

  @Test
  void theStatusOfTheServer() {
    assertResult(
        new ServerStatus("1.2.3", T, BACKEND_KEY),
        "{\"version\":\"1.2.3\",\"timestamp\":1700000000,\"signing_pubkey\":\""
            + BACKEND_KEY.hex()
            + "\"}");
  }

  @Test
  void aRefusalOfTheClient() {
    assertRefusal(
        Refusal.of(ErrorCode.BAD_SIGNATURE, "master_sig does not verify"),
        "{\"status\":\"fail\",\"error_code\":\"bad_signature\",\"error\":\"master_sig does not verify\"}");
  }

  @Test
  void aFaultOfTheBackend() {
    assertRefusal(
        Refusal.of(ErrorCode.INTERNAL_ERROR, "please try again"),
        "{\"status\":\"error\",\"error_code\":\"internal_error\",\"error\":\"please try again\"}");
  }

  @Test
  void anExpiredSubscriptionTellsHowTheAccountStands() {
    assertRefusal(
        Refusal.subscriptionExpired(ACCOUNT),
        "{\"status\":\"fail\",\"error_code\":\"subscription_expired\",\"error\":\"the subscription has expired\","
            + "\"account_expiry_ts\":1700000000,\"account_grace_period_duration\":1382400,\"account_auto_renewing\":true}");
  }

  @Test
  void partsOfASecondAreFlooredInIntegerFields() {
    AccountTerm exact = new AccountTerm(T.plusMillis(999), Duration.ofMillis(3_600_999), true);
    String json = written(new V1Answer.Ok<>(new StatusResult(UserStatus.ACTIVE, exact, null)));
    assertThat(json).contains("\"expiry_ts\":1700000000,\"grace_period_duration\":3600,");
  }

  @Test
  void aGracePeriodIsNeverNegative() {
    Duration negative = Duration.ofSeconds(-1);
    assertThatThrownBy(() -> new AccountTerm(T, negative, false))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new PaymentTerm(T, negative, false))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void paymentIdsAreNotPrinted() {
    assertThat(GOOGLE.toString()).doesNotContain("AO-J1Ox", "GPA.");
  }

  private static void assertResult(V1Result result, String json) {
    assertThat(written(new V1Answer.Ok<>(result)))
        .isEqualTo("{\"status\":\"ok\",\"result\":" + json + "}");
  }

  private static void assertRefusal(Refusal refusal, String json) {
    assertThat(written(new V1Answer.Refused<>(refusal))).isEqualTo(json);
  }

  private static String written(V1Answer<?> answer) {
    return new String(answer.toJson(), UTF_8);
  }
}
