package org.sessionpro.protocol.v1;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.sessionpro.protocol.v1.TestKeys.BACKEND_SEED;
import static org.sessionpro.protocol.v1.TestKeys.CRYPTO;
import static org.sessionpro.protocol.v1.TestKeys.MASTER;
import static org.sessionpro.protocol.v1.TestKeys.MASTER_KEY;
import static org.sessionpro.protocol.v1.TestKeys.OTHER;

import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sessionpro.protocol.BadRequest;
import org.sessionpro.protocol.MasterKey;
import org.sessionpro.protocol.json.DecimalInteger;
import org.sessionpro.protocol.json.JsonObject;
import org.sessionpro.protocol.v1.GetPaymentDetailsRequest.Page;

class GetPaymentDetailsRequestTest {
  private static final Instant NOW = Instant.ofEpochSecond(1_700_000_000);
  private static final PaymentCursors CURSORS =
      new PaymentCursors(CRYPTO, BACKEND_SEED, new SecureRandom());
  private static final GetPaymentDetailsRequest REQUEST = asking("10", "");
  private static final RequestBody BODY =
      RequestBody.of(REQUEST.toJson(), GetPaymentDetailsRequest::parse);
  private static final List<String> HEX = List.of("master_pkey", "master_sig");

  @Test
  void aClientWritesTheBodyOfTheContract() {
    assertThat(new String(REQUEST.toJson(), UTF_8))
        .isEqualTo(
            "{\"master_pkey\":\"%s\",\"ts\":1700000000,\"limit\":10,\"before\":\"\",\"master_sig\":\"%s\"}"
                .formatted(MASTER_KEY.hex(), REQUEST.masterSignature().hex()));
  }

  @ParameterizedTest
  @CsvSource({
    "10, ''",
    "100000, 0a1b2c3d4e5f",
    "-1, 'é中😀'",
    "99999999999999999999999999, 'quote\"back\\slash'"
  })
  void whatAClientWritesTheServerReads(String limit, String before) {
    GetPaymentDetailsRequest request = asking(limit, before);
    assertThat(GetPaymentDetailsRequest.parse(JsonObject.parse(request.toJson())))
        .isEqualTo(request);
    assertThat(request.admit(CRYPTO, NOW)).isEqualTo(Admission.ADMITTED);
  }

  @Test
  void anAbsentCursorIsEmpty() {
    assertThat(BODY.without("before").parsed()).isEqualTo(REQUEST);
  }

  @Test
  void everyMemberIsRequiredInItsType() {
    List<String> noInteger = List.of("null", "\"10\"", "10.0", "1e1", "true", "[]", "{}");
    BODY.assertTypesRequired(HEX, List.of("null", "1", "true", "[]", "{}"));
    BODY.assertTypesRequired(List.of("ts", "limit"), noInteger);
  }

  @ParameterizedTest
  @ValueSource(strings = {"null", "5", "true", "[]", "{}"})
  void aCursorOfAnotherTypeIsRefused(String literal) {
    BODY.with("before", literal).assertRefused("before");
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"\\ud800\"", "\"a\\udc00\"", "\"\\udc00\\ud800\""})
  void unpairedSurrogatesInACursorAreRefused(String literal) {
    BODY.with("before", literal).assertRefused("before");
  }

  @Test
  void noRequestHoldsUnpairedSurrogates() {
    assertThatThrownBy(() -> asking("10", "\ud800")).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void hexIsOfExactLength() {
    BODY.assertHexRequired(HEX);
  }

  @Test
  void theFirstFailureInTheOrderOfTheContractAnswers() {
    BODY.assertOrder(List.of("master_pkey", "master_sig", "ts", "limit", "before"), HEX);
  }

  @Test
  void itIsStaleAtExactly70Seconds() {
    assertThat(REQUEST.admit(CRYPTO, NOW.minusMillis(69_999))).isEqualTo(Admission.ADMITTED);
    assertThat(REQUEST.admit(CRYPTO, NOW.minusSeconds(70))).isEqualTo(Admission.STALE);
  }

  @Test
  void everySignedFieldIsBound() {
    DecimalInteger one = DecimalInteger.of(1);
    for (GetPaymentDetailsRequest changed :
        List.of(
            changed(new MasterKey(OTHER.publicKey()), REQUEST.ts(), REQUEST.limit(), ""),
            changed(MASTER_KEY, DecimalInteger.of(1_700_000_001), REQUEST.limit(), ""),
            changed(MASTER_KEY, REQUEST.ts(), one, ""),
            changed(MASTER_KEY, REQUEST.ts(), REQUEST.limit(), "0"))) {
      assertThat(changed.admit(CRYPTO, NOW)).isEqualTo(Admission.BAD_MASTER_SIGNATURE);
    }
  }

  @ParameterizedTest
  @CsvSource({"1, 1", "99, 99", "100, 100", "101, 100", "99999999999999999999999999, 100"})
  void aLimitIsClampedToAHundred(String limit, int size) {
    assertThat(asking(limit, "").page(CURSORS)).isEqualTo(new Page(size, Long.MAX_VALUE));
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "-0", "-1", "-99999999999999999999999999"})
  void aLimitThatIsNotPositiveIsRefused(String limit) {
    assertRefused(asking(limit, ""), "limit");
  }

  @Test
  void theLimitIsJudgedBeforeTheCursor() {
    assertRefused(asking("0", "garbage"), "limit");
  }

  @Test
  void aCursorIsOpenedForItsAccount() {
    assertThat(asking("10", CURSORS.seal(MASTER_KEY, 42)).page(CURSORS))
        .isEqualTo(new Page(10, 42));
  }

  @Test
  void anythingButACursorOfThisAccountIsRefused() {
    assertRefused(asking("10", "zz"), "before");
    assertRefused(asking("10", CURSORS.seal(new MasterKey(OTHER.publicKey()), 42)), "before");
  }

  @Test
  void theRequestIsDecidedAtItsOwnTime() {
    assertThat(REQUEST.at()).isEqualTo(NOW);
  }

  private static GetPaymentDetailsRequest asking(String limit, String before) {
    return GetPaymentDetailsRequest.sign(MASTER, NOW, new DecimalInteger(limit), before);
  }

  private static GetPaymentDetailsRequest changed(
      MasterKey key, DecimalInteger ts, DecimalInteger limit, String before) {
    return new GetPaymentDetailsRequest(key, ts, limit, before, REQUEST.masterSignature());
  }

  private static void assertRefused(GetPaymentDetailsRequest request, String field) {
    assertThatThrownBy(() -> request.page(CURSORS))
        .isInstanceOfSatisfying(
            BadRequest.class,
            bad -> assertThat(bad.problems().getFirst().field()).isEqualTo(field));
  }
}
