package org.sessionpro.protocol.v1;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.sessionpro.protocol.v1.TestKeys.BACKEND;
import static org.sessionpro.protocol.v1.TestKeys.BACKEND_KEY;
import static org.sessionpro.protocol.v1.TestKeys.CRYPTO;
import static org.sessionpro.protocol.v1.TestKeys.MASTER;
import static org.sessionpro.protocol.v1.TestKeys.MASTER_KEY;
import static org.sessionpro.protocol.v1.TestKeys.ROTATING;
import static org.sessionpro.protocol.v1.TestKeys.ROTATING_KEY;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.sessionpro.protocol.BackendKey;
import org.sessionpro.protocol.ByteString;
import org.sessionpro.protocol.MasterKey;
import org.sessionpro.protocol.RotatingKey;
import org.sessionpro.protocol.Signature;
import org.sessionpro.protocol.json.DecimalInteger;
import org.sessionpro.protocol.json.JsonObject;

class GenerateProProofRequestTest {
  private static final Instant NOW = Instant.ofEpochSecond(1_700_000_000);
  private static final GenerateProProofRequest REQUEST =
      GenerateProProofRequest.sign(MASTER, ROTATING, NOW);
  private static final RequestBody BODY =
      RequestBody.of(REQUEST.toJson(), GenerateProProofRequest::parse);
  private static final List<String> HEX =
      List.of("master_pkey", "rotating_pkey", "master_sig", "rotating_sig");
  private static final Signature OTHER_SIGNATURE = Signature.fromHex("55".repeat(64));

  @Test
  void aClientWritesTheBodyOfTheContract() {
    assertThat(new String(REQUEST.toJson(), UTF_8))
        .isEqualTo(
            "{\"master_pkey\":\"%s\",\"rotating_pkey\":\"%s\",\"ts\":1700000000,\"master_sig\":\"%s\",\"rotating_sig\":\"%s\"}"
                .formatted(
                    MASTER_KEY.hex(),
                    ROTATING_KEY.hex(),
                    REQUEST.masterSignature().hex(),
                    REQUEST.rotatingSignature().hex()));
  }

  @Test
  void theClientsClockIsFlooredToTheSecond() {
    assertThat(GenerateProProofRequest.sign(MASTER, ROTATING, NOW.plusMillis(999)))
        .isEqualTo(REQUEST);
  }

  @Test
  void whatAClientWritesTheServerReads() {
    assertThat(GenerateProProofRequest.parse(JsonObject.parse(REQUEST.toJson())))
        .isEqualTo(REQUEST);
  }

  @Test
  void unknownMembersAreIgnored() {
    assertThat(BODY.with("version", "[{}]").parsed()).isEqualTo(REQUEST);
  }

  @Test
  void upperCaseHexIsRead() {
    RequestBody shouting = BODY;
    for (String name : HEX) {
      shouting = shouting.with(name, shouting.literal(name).toUpperCase(Locale.ROOT));
    }
    assertThat(shouting.parsed()).isEqualTo(REQUEST);
  }

  @Test
  void everyMemberIsRequiredInItsType() {
    BODY.assertTypesRequired(HEX, List.of("null", "1", "1.5", "true", "[]", "{}"));
    BODY.assertTypesRequired(
        List.of("ts"),
        List.of("null", "\"1700000000\"", "1700000000.0", "17e8", "true", "[]", "{}"));
  }

  @Test
  void hexIsOfExactLength() {
    BODY.assertHexRequired(HEX);
  }

  @Test
  void theFirstFailureInTheOrderOfTheContractAnswers() {
    BODY.assertOrder(
        List.of("master_pkey", "rotating_pkey", "ts", "master_sig", "rotating_sig"), HEX);
  }

  @Test
  void aSignedRequestIsAdmitted() {
    assertThat(REQUEST.admit(CRYPTO, BACKEND_KEY, NOW)).isEqualTo(Admission.ADMITTED);
  }

  @Test
  void theRequestIsDecidedAtItsOwnTime() {
    assertThat(REQUEST.at()).isEqualTo(NOW);
  }

  @Test
  void itIsFreshAtExactly70Seconds() {
    assertThat(REQUEST.admit(CRYPTO, BACKEND_KEY, NOW.plusSeconds(70)))
        .isEqualTo(Admission.ADMITTED);
    assertThat(REQUEST.admit(CRYPTO, BACKEND_KEY, NOW.plusMillis(70_001)))
        .isEqualTo(Admission.STALE);
  }

  @Test
  void freshnessComesBeforeSignatures() {
    GenerateProProofRequest forged = signed(REQUEST, OTHER_SIGNATURE, OTHER_SIGNATURE);
    assertThat(forged.admit(CRYPTO, BACKEND_KEY, NOW.plusSeconds(71))).isEqualTo(Admission.STALE);
  }

  @Test
  void theMasterSignatureIsCheckedFirst() {
    assertThat(signed(REQUEST, OTHER_SIGNATURE, OTHER_SIGNATURE).checkSignatures(CRYPTO))
        .isEqualTo(Admission.BAD_MASTER_SIGNATURE);
  }

  @Test
  void theRotatingSignatureIsCheckedThen() {
    assertThat(signed(REQUEST, REQUEST.masterSignature(), OTHER_SIGNATURE).checkSignatures(CRYPTO))
        .isEqualTo(Admission.BAD_ROTATING_SIGNATURE);
  }

  @Test
  void signaturesCannotBeSwapped() {
    assertThat(
            signed(REQUEST, REQUEST.rotatingSignature(), REQUEST.masterSignature())
                .checkSignatures(CRYPTO))
        .isEqualTo(Admission.BAD_MASTER_SIGNATURE);
  }

  @Test
  void everySignedFieldIsBound() {
    MasterKey master = new MasterKey(ROTATING.publicKey());
    RotatingKey rotating = new RotatingKey(MASTER.publicKey());
    DecimalInteger later = DecimalInteger.of(1_700_000_001);
    for (GenerateProProofRequest changed :
        List.of(
            keyed(master, ROTATING_KEY, REQUEST.ts()),
            keyed(MASTER_KEY, rotating, REQUEST.ts()),
            keyed(MASTER_KEY, ROTATING_KEY, later))) {
      assertThat(changed.checkSignatures(CRYPTO)).isEqualTo(Admission.BAD_MASTER_SIGNATURE);
    }
  }

  @Test
  void signaturesComeBeforeKeys() {
    GenerateProProofRequest request =
        keyed(MASTER_KEY, new RotatingKey(MASTER.publicKey()), REQUEST.ts());
    assertThat(request.admit(CRYPTO, BACKEND_KEY, NOW)).isEqualTo(Admission.BAD_MASTER_SIGNATURE);
  }

  @Test
  void theBackendsKeyIsRefusedInEitherRole() {
    assertThat(GenerateProProofRequest.sign(BACKEND, ROTATING, NOW).admit(CRYPTO, BACKEND_KEY, NOW))
        .isEqualTo(Admission.BACKEND_KEY);
    assertThat(GenerateProProofRequest.sign(MASTER, BACKEND, NOW).admit(CRYPTO, BACKEND_KEY, NOW))
        .isEqualTo(Admission.BACKEND_KEY);
  }

  @Test
  void theBackendsKeyComesBeforeEqualKeys() {
    assertThat(GenerateProProofRequest.sign(BACKEND, BACKEND, NOW).admit(CRYPTO, BACKEND_KEY, NOW))
        .isEqualTo(Admission.BACKEND_KEY);
  }

  @Test
  void oneKeyInBothRolesIsRefused() {
    assertThat(GenerateProProofRequest.sign(MASTER, MASTER, NOW).admit(CRYPTO, BACKEND_KEY, NOW))
        .isEqualTo(Admission.EQUAL_KEYS);
  }

  // Zero keys and equal signatures of different keys never verify, so only the check itself shows
  // them.

  @Test
  void zeroKeysAreRefused() {
    ByteString zero = ByteString.of(new byte[32]);
    assertThat(keyed(new MasterKey(zero), ROTATING_KEY, REQUEST.ts()).checkKeys(BACKEND_KEY))
        .isEqualTo(Admission.ZERO_MASTER_KEY);
    assertThat(keyed(MASTER_KEY, new RotatingKey(zero), REQUEST.ts()).checkKeys(BACKEND_KEY))
        .isEqualTo(Admission.ZERO_ROTATING_KEY);
    assertThat(
            keyed(new MasterKey(zero), new RotatingKey(zero), REQUEST.ts()).checkKeys(BACKEND_KEY))
        .isEqualTo(Admission.EQUAL_KEYS);
    assertThat(
            keyed(new MasterKey(zero), ROTATING_KEY, REQUEST.ts()).checkKeys(new BackendKey(zero)))
        .isEqualTo(Admission.BACKEND_KEY);
  }

  @Test
  void equalSignaturesAreRefused() {
    assertThat(signed(REQUEST, OTHER_SIGNATURE, OTHER_SIGNATURE).checkKeys(BACKEND_KEY))
        .isEqualTo(Admission.EQUAL_SIGNATURES);
  }

  @Test
  void itsTextRevealsNoKeyAndNoSignature() {
    assertThat(REQUEST.toString())
        .doesNotContain(MASTER_KEY.hex(), ROTATING_KEY.hex(), REQUEST.masterSignature().hex());
  }

  private static GenerateProProofRequest signed(
      GenerateProProofRequest request, Signature master, Signature rotating) {
    return new GenerateProProofRequest(
        request.masterKey(), request.rotatingKey(), request.ts(), master, rotating);
  }

  private static GenerateProProofRequest keyed(
      MasterKey master, RotatingKey rotating, DecimalInteger ts) {
    return new GenerateProProofRequest(
        master, rotating, ts, REQUEST.masterSignature(), REQUEST.rotatingSignature());
  }
}
