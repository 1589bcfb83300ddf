package org.sessionpro.protocol.v1;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.sessionpro.protocol.v1.TestKeys.CRYPTO;
import static org.sessionpro.protocol.v1.TestKeys.MASTER;
import static org.sessionpro.protocol.v1.TestKeys.MASTER_KEY;
import static org.sessionpro.protocol.v1.TestKeys.OTHER;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.sessionpro.protocol.MasterKey;
import org.sessionpro.protocol.Signature;
import org.sessionpro.protocol.json.DecimalInteger;
import org.sessionpro.protocol.json.JsonObject;

class GetProStatusRequestTest {
  private static final Instant NOW = Instant.ofEpochSecond(1_700_000_000);
  private static final GetProStatusRequest REQUEST = GetProStatusRequest.sign(MASTER, NOW);
  private static final RequestBody BODY =
      RequestBody.of(REQUEST.toJson(), GetProStatusRequest::parse);
  private static final List<String> HEX = List.of("master_pkey", "master_sig");

  @Test
  void aClientWritesTheBodyOfTheContract() {
    assertThat(new String(REQUEST.toJson(), UTF_8))
        .isEqualTo(
            "{\"master_pkey\":\"%s\",\"ts\":1700000000,\"master_sig\":\"%s\"}"
                .formatted(MASTER_KEY.hex(), REQUEST.masterSignature().hex()));
  }

  @Test
  void whatAClientWritesTheServerReads() {
    assertThat(GetProStatusRequest.parse(JsonObject.parse(REQUEST.toJson()))).isEqualTo(REQUEST);
  }

  @Test
  void everyMemberIsRequiredInItsType() {
    BODY.assertTypesRequired(HEX, List.of("null", "1", "true", "[]", "{}"));
    BODY.assertTypesRequired(
        List.of("ts"),
        List.of("null", "\"1700000000\"", "1700000000.0", "17e8", "false", "[]", "{}"));
  }

  @Test
  void hexIsOfExactLength() {
    BODY.assertHexRequired(HEX);
  }

  @Test
  void theFirstFailureInTheOrderOfTheContractAnswers() {
    BODY.assertOrder(List.of("master_pkey", "master_sig", "ts"), HEX);
  }

  @Test
  void aSignedRequestIsAdmitted() {
    assertThat(REQUEST.admit(CRYPTO, NOW)).isEqualTo(Admission.ADMITTED);
  }

  @Test
  void itIsStaleAtExactly70Seconds() {
    assertThat(REQUEST.admit(CRYPTO, NOW.plusMillis(69_999))).isEqualTo(Admission.ADMITTED);
    assertThat(REQUEST.admit(CRYPTO, NOW.plusSeconds(70))).isEqualTo(Admission.STALE);
  }

  @Test
  void freshnessComesBeforeTheSignature() {
    GetProStatusRequest forged =
        new GetProStatusRequest(MASTER_KEY, REQUEST.ts(), Signature.fromHex("55".repeat(64)));
    assertThat(forged.admit(CRYPTO, NOW.plusSeconds(70))).isEqualTo(Admission.STALE);
    assertThat(forged.admit(CRYPTO, NOW)).isEqualTo(Admission.BAD_MASTER_SIGNATURE);
  }

  @Test
  void everySignedFieldIsBound() {
    for (GetProStatusRequest changed :
        List.of(
            new GetProStatusRequest(
                new MasterKey(OTHER.publicKey()), REQUEST.ts(), REQUEST.masterSignature()),
            new GetProStatusRequest(
                MASTER_KEY, DecimalInteger.of(1_700_000_001), REQUEST.masterSignature()))) {
      assertThat(changed.admit(CRYPTO, NOW)).isEqualTo(Admission.BAD_MASTER_SIGNATURE);
    }
  }

  @Test
  void theRequestIsDecidedAtItsOwnTime() {
    assertThat(REQUEST.at()).isEqualTo(NOW);
  }
}
