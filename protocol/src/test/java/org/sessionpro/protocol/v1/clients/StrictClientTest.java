package org.sessionpro.protocol.v1.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The checks themselves: each accepts a good answer, and for each of its rules refuses one that
/// breaks it.
class StrictClientTest {
  private static final String KEY = "0f".repeat(32);
  private static final String ITEM =
      "{\"status\":\"redeemed\",\"plan\":\"1m\",\"payment_provider\":\"google_play\",\"auto_renewing\":true,"
          + "\"purchased_ts\":1700000000.25,\"expiry_ts\":1702592000,\"grace_period_duration\":1382400,"
          + "\"platform_refund_expiry_ts\":1700172800,\"revoked_ts\":0.0,\"payment_id\":\"token|order\"}";
  private static final String REVOKED_ITEM =
      "{\"status\":\"revoked\",\"plan\":\"lifetime\",\"payment_provider\":\"app_store\",\"auto_renewing\":false,"
          + "\"purchased_ts\":1668464000.0,\"expiry_ts\":0,\"grace_period_duration\":0,"
          + "\"platform_refund_expiry_ts\":0,\"revoked_ts\":1699999999.999999,\"payment_id\":\"2000\"}";

  /// An answer of every kind.
  enum Sample {
    PROOF(
        "/generate_pro_proof",
        "{\"status\":\"ok\",\"result\":{\"revocation_tag\":\"%s\",\"rotating_pkey\":\"%s\",\"expiry_ts\":1704067200,"
                .formatted(KEY, KEY)
            + "\"sig\":\"%s\",\"account_expiry_ts\":1700000000,\"account_grace_period_duration\":3600,"
                .formatted(KEY + KEY)
            + "\"account_auto_renewing\":true}}"),
    STATUS(
        "/get_pro_status",
        "{\"status\":\"ok\",\"result\":{\"user_status\":\"active\",\"auto_renewing\":true,\"expiry_ts\":1700000000,"
            + "\"grace_period_duration\":3600,\"latest_payment\":"
            + ITEM
            + "}}"),
    NEVER(
        "/get_pro_status",
        "{\"status\":\"ok\",\"result\":{\"user_status\":\"never\",\"auto_renewing\":false,\"expiry_ts\":0,"
            + "\"grace_period_duration\":0,\"latest_payment\":null}}"),
    PAGE(
        "/get_payment_details",
        "{\"status\":\"ok\",\"result\":{\"payments_total\":2,\"items\":["
            + ITEM
            + ","
            + REVOKED_ITEM
            + "],\"next_cursor\":\""
            + "0f".repeat(48)
            + "\"}}"),
    EMPTY_PAGE(
        "/get_payment_details",
        "{\"status\":\"ok\",\"result\":{\"payments_total\":0,\"items\":[],\"next_cursor\":null}}"),
    LIST(
        "/get_pro_revocations",
        "{\"status\":\"ok\",\"result\":{\"ticket\":7,\"items\":[{\"revocation_tag\":\"%s\",\"effective_ts\":1700000000}],"
                .formatted(KEY)
            + "\"retry_in\":86400,\"retain_for\":2678400}}"),
    SERVER(
        "/status",
        "{\"status\":\"ok\",\"result\":{\"version\":\"1.0\",\"timestamp\":1700000000,\"signing_pubkey\":\"%s\"}}"
            .formatted(KEY)),
    ADDED(
        "/dev/add_payment",
        "{\"status\":\"ok\",\"result\":{\"provider\":\"stf\",\"payment_id\":\"order\",\"plan\":\"7d\","
            + "\"account_expiry_ts\":1700000000,\"redeemed\":true}}"),
    WAITING(
        "/dev/add_payment",
        "{\"status\":\"ok\",\"result\":{\"provider\":\"app_store\",\"payment_id\":\"1\",\"plan\":\"7d\","
            + "\"account_expiry_ts\":0,\"redeemed\":false}}"),
    REVOKED(
        "/dev/revoke",
        "{\"status\":\"ok\",\"result\":{\"revoked_generation_id\":1,\"effective_ts\":1700000000,"
            + "\"new_generation_allocated\":true}}"),
    EXPIRED(
        "/generate_pro_proof",
        "{\"status\":\"fail\",\"error_code\":\"subscription_expired\",\"error\":\"over\",\"account_expiry_ts\":1700000000,"
            + "\"account_grace_period_duration\":0,\"account_auto_renewing\":false}"),
    REFUSED(
        "/get_payment_details",
        "{\"status\":\"fail\",\"error_code\":\"bad_signature\",\"error\":\"no\"}"),
    FAULT(
        "/get_pro_revocations",
        "{\"status\":\"error\",\"error_code\":\"internal_error\",\"error\":\"broken\"}");

    private final String path;
    private final String answer;

    Sample(String path, String answer) {
      this.path = path;
      this.answer = answer;
    }
  }

  @ParameterizedTest
  @EnumSource
  void goodAnswerIsAccepted(Sample sample) {
    assertThatCode(() -> accept(sample.path, sample.answer)).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @EnumSource
  void onlyOneJsonObjectIsAnAnswer(Sample sample) {
    for (String bad : new String[] {"", "null", "[]", "1", "{bad", sample.answer + "{}"}) {
      assertRefused(sample.path, bad, "answer");
    }
  }

  static Stream<String[]> everyMember() {
    return Arrays.stream(Sample.values())
        .flatMap(sample ->
            Stream.of(sample.answer.split("[{,]"))
                .filter(piece -> piece.matches("(?s)\"\\w+\":.*"))
                .map(piece ->
                    new String[] {sample.name(), piece.substring(1, piece.indexOf("\":"))}));
  }

  @ParameterizedTest
  @MethodSource("everyMember")
  void everyMemberIsNeededUnderItsName(String sample, String member) {
    Sample it = Sample.valueOf(sample);
    assertRefused(
        it.path, it.answer.replaceFirst("\"" + member + "\":", "\"another\":"), "another", member);
  }

  @ParameterizedTest
  @MethodSource("everyMember")
  void noMemberMayStandTwiceOrBeNull(String sample, String member) {
    Sample it = Sample.valueOf(sample);
    assertRefused(
        it.path,
        it.answer.replaceFirst("\"" + member + "\":", "\"" + member + "\":1,\"" + member + "\":"),
        "answer");
    if (!member.equals("latest_payment") && !member.equals("next_cursor")) {
      assertRefused(
          it.path,
          it.answer.replaceFirst(
              "\"" + member + "\":(\"[^\"]*\"|[0-9.]+|true|false|\\[.*]|\\{.*})",
              "\"" + member + "\":null"),
          member,
          "answer");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          PROOF   | "revocation_tag":"0f   | "revocation_tag":"0F
          PROOF   | "rotating_pkey":"0f    | "rotating_pkey":"0x0f
          PROOF   | "sig":"0f              | "sig":"
          PROOF   | 1704067200             | 1704067200.0
          PROOF   | 1704067200             | "1704067200"
          PROOF   | 1704067200             | 1704067200000000000
          PROOF   | 1704067200             | 9007199254740992
          PROOF   | 1704067200             | -1
          PROOF   | 1704067200             | 17e8
          PROOF   | "account_auto_renewing":true | "account_auto_renewing":1
          PROOF   | "account_auto_renewing":true | "account_auto_renewing":false
          STATUS  | "active"               | "subscribed"
          STATUS  | "active"               | "never"
          STATUS  | "auto_renewing":true,"expiry | "auto_renewing":false,"expiry
          STATUS  | "status":"redeemed"    | "status":"unredeemed"
          STATUS  | "status":"redeemed"    | "status":1
          STATUS  | "plan":"1m"            | "plan":"1M"
          STATUS  | "plan":"1m"            | "plan":"0m"
          STATUS  | "plan":"1m"            | "plan":"gold"
          STATUS  | "google_play"          | "google"
          STATUS  | "google_play"          | 1
          STATUS  | 1700000000.25          | 1700000000
          STATUS  | 1700000000.25          | 1.70000000025e9
          STATUS  | 1700000000.25          | "1700000000.25"
          STATUS  | "revoked_ts":0.0       | "revoked_ts":0
          STATUS  | "revoked_ts":0.0       | "revoked_ts":5.0
          STATUS  | `token|order`          | tokenorder
          STATUS  | `token|order`          | ` `
          NEVER   | "expiry_ts":0          | "expiry_ts":1
          NEVER   | "auto_renewing":false  | "auto_renewing":true
          NEVER   | "never"                | "expired"
          NEVER   | "grace_period_duration":0 | "grace_period_duration":1
          PAGE    | "payments_total":2     | "payments_total":1
          PAGE    | "next_cursor":"0f      | "next_cursor":"
          PAGE    | "next_cursor":"0f      | "next_cursor":"0F
          PAGE    | "revoked_ts":1699999999.999999 | "revoked_ts":0.0
          PAGE    | "auto_renewing":false  | "auto_renewing":true
          PAGE    | "status":"revoked"     | "status":"expired"
          LIST    | 86400                  | 86401
          LIST    | 2678400                | 2678400.0
          LIST    | "ticket":7             | "ticket":-7
          LIST    | "ticket":7             | "ticket":"7"
          LIST    | "items":[              | "items":[1,
          SERVER  | "1.0"                  | ""
          SERVER  | "signing_pubkey":"0f   | "signing_pubkey":"
          ADDED   | "redeemed":true        | "redeemed":false
          ADDED   | "stf"                  | "google_play"
          REVOKED | "new_generation_allocated":true | "new_generation_allocated":"yes"
          EXPIRED | "fail"                 | "error"
          EXPIRED | subscription_expired   | revoked
          REFUSED | bad_signature          | subscription_expired
          REFUSED | bad_signature          | not_subscribed
          REFUSED | bad_signature          | unheard_of
          REFUSED | "fail"                 | "error"
          REFUSED | "fail"                 | "ok"
          REFUSED | "fail"                 | 1
          REFUSED | "error":"no"           | "error":" "
          REFUSED | "error":"no"           | "error":["no"]
          REFUSED | "error":"no"           | "error":"no","result":{}
          FAULT   | "error","error_code"   | "fail","error_code"
          FAULT   | internal_error         | stale_request
          """)
  void brokenAnswerIsRefused(Sample sample, String good, String bad) {
    assertThat(sample.answer).contains(good);

    String broken = sample.answer.replace(good, bad);
    assertRefused(
        sample.path,
        broken,
        memberAt(sample.answer, mismatch(sample.answer, broken)),
        "missing",
        "contract");
  }

  private static int mismatch(String one, String other) {
    return Arrays.mismatch(one.toCharArray(), other.toCharArray());
  }

  /// The name of the member whose value stands there.
  private static String memberAt(String answer, int index) {
    String before = answer.substring(0, index + 1);
    int end = before.lastIndexOf("\":");
    return before.substring(before.lastIndexOf('"', end - 1) + 1, end);
  }

  @ParameterizedTest
  @ValueSource(strings = {"extra", "redeemed_ts", "error_report", "version"})
  void noMemberMayBeAdded(String name) {
    String extra = "\"" + name + "\":1,";
    for (Sample sample : Sample.values()) {
      assertRefused(sample.path, sample.answer.replaceFirst("\\{", "{" + extra), name, "answer");
    }
    assertRefused(
        Sample.PAGE.path,
        Sample.PAGE.answer.replace("\"plan\":\"1m\"", extra + "\"plan\":\"1m\""),
        "items[0]." + name);
  }

  @Test
  void aTagIsListedOnce() {
    String item = "{\"revocation_tag\":\"%s\",\"effective_ts\":1}".formatted(KEY);
    assertRefused(
        Sample.LIST.path,
        Sample.LIST.answer.replace("\"items\":[", "\"items\":[" + item + ","),
        "listed twice");
  }

  @Test
  void aPageHasAtMostAHundredItems() {
    String full = (ITEM + ",").repeat(101);
    assertRefused(
        Sample.PAGE.path,
        Sample.PAGE
            .answer
            .replace("\"payments_total\":2", "\"payments_total\":200")
            .replace("\"items\":[", "\"items\":[" + full),
        "longer than a page");
  }

  @Test
  void noTextMayHoldAKey() {
    assertRefused(
        Sample.REFUSED.path, Sample.REFUSED.answer.replace("\"no\"", "\"of " + KEY + "\""), "key");
  }

  @Test
  void everyAnswerHasItsEndpoint() {
    assertRefused("/elsewhere", Sample.STATUS.answer, "no endpoint of v1");
    assertRefused("/get_pro_status", Sample.LIST.answer, "result");
  }

  private static void accept(String path, String answer) {
    StrictClient.accept(path, answer.getBytes(StandardCharsets.UTF_8));
  }

  private static void assertRefused(String path, String answer, String... complaints) {
    assertThatExceptionOfType(AssertionError.class)
        .as(answer)
        .isThrownBy(() -> accept(path, answer))
        .satisfies(error ->
            assertThat(Stream.of(complaints))
                .anyMatch(String.valueOf(error.getMessage())::contains));
  }
}
