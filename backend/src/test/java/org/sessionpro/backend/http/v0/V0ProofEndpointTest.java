package org.sessionpro.backend.http.v0;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sessionpro.backend.RunningBackend.CRYPTO;
import static org.sessionpro.backend.RunningBackend.T;
import static org.sessionpro.backend.http.clients.V0Calls.PROOF;
import static org.sessionpro.backend.http.clients.V0Calls.assertFailed;
import static org.sessionpro.backend.http.clients.V0Calls.assertOk;
import static org.sessionpro.backend.http.clients.V0Calls.proofIn;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sessionpro.backend.http.clients.Answer;
import org.sessionpro.backend.http.clients.EndpointTest;
import org.sessionpro.backend.http.clients.Person;
import org.sessionpro.backend.http.clients.V1Calls;
import org.sessionpro.protocol.crypto.Seed;
import org.sessionpro.protocol.crypto.SigningKey;
import org.sessionpro.protocol.v0.ProProof;
import org.sessionpro.protocol.v0.ProRevocations;
import org.sessionpro.protocol.v0.ProofVerdict;
import org.sessionpro.protocol.v1.Proof;

/// The proofs that v0 clients get, and every reason to refuse one (`wire-v0.md` §5.2, `decisions.md`
/// §2).
class V0ProofEndpointTest extends EndpointTest {
  private static final SigningKey BACKEND = CRYPTO.signingKey(Seed.fromHex("cd".repeat(Seed.SIZE)));

  @Test
  void theResultHoldsTheMembersOfTheContractAndNoOthers() {
    shop.voucher(alice, 30);

    Answer answer = v0.proof(alice);

    assertOk(answer);
    JsonNode result = answer.result();
    assertThat(result.fieldNames())
        .toIterable()
        .containsExactlyInAnyOrder(
            "version", "gen_index_hash", "rotating_pkey", "expiry_unix_ts_ms", "sig");
    assertThat(result.path("version").isIntegralNumber()).isTrue();
    assertThat(result.path("version").intValue()).isZero();
    assertThat(result.path("gen_index_hash").textValue()).matches("[0-9a-f]{64}");
    assertThat(result.path("rotating_pkey").textValue()).isEqualTo(alice.rotatingKey().hex());
    assertThat(result.path("expiry_unix_ts_ms").isIntegralNumber()).isTrue();
    assertThat(result.path("sig").textValue()).matches("[0-9a-f]{128}");
  }

  @Test
  void theProofVerifiesOfflineUpToTheInstantItExpires() {
    shop.voucher(alice, 30);

    ProProof proof = proofIn(v0.proof(alice));

    assertThat(verdict(proof, T)).isEqualTo(ProofVerdict.VALID);
    assertThat(verdict(proof, proof.expiry())).isEqualTo(ProofVerdict.VALID);
    assertThat(verdict(proof, proof.expiry().plusMillis(1))).isEqualTo(ProofVerdict.EXPIRED);
  }

  @Test
  void aRepeatedRequestIsAnsweredByTheSameBytes() {
    shop.voucher(alice, 30);

    assertThat(v0.proof(alice).body()).isEqualTo(v0.proof(alice).body());
  }

  @ParameterizedTest
  @ValueSource(ints = {5, 365})
  void tagAndExpiryAreThoseOfTheV1Proof(int days) {
    shop.voucher(alice, days);

    ProProof old = proofIn(v0.proof(alice));
    Proof present = V1Calls.proofIn(v1.proof(alice));

    assertThat(old.tag()).isEqualTo(present.tag());
    assertThat(old.expiry()).isEqualTo(present.expiry());
  }

  @Test
  void tagAndExpiryAreTheSameForEveryRotatingKey() {
    shop.voucher(alice, 30);
    Person nextWeek = alice.withNextRotatingKey();

    ProProof one = proofIn(v0.proof(alice));
    ProProof other = proofIn(v0.proof(nextWeek));

    assertThat(other.tag()).isEqualTo(one.tag());
    assertThat(other.expiry()).isEqualTo(one.expiry());
    assertThat(other.rotating()).isEqualTo(nextWeek.rotatingKey());
  }

  @Test
  void aFurtherPaymentRevokesNothing() {
    shop.voucher(alice, 30);
    ProProof before = proofIn(v0.proof(alice));
    shop.voucher(alice, 30);

    assertThat(proofIn(v0.proof(alice)).tag()).isEqualTo(before.tag());
  }

  @ParameterizedTest
  @ValueSource(longs = {-70_000, -69_999, 70_000})
  void aRequestOf70SecondsAgoIsFresh(long millis) {
    shop.voucher(alice, 30);

    assertOk(v0.proof(alice, T.plusMillis(millis)));
  }

  @ParameterizedTest
  @ValueSource(longs = {-70_001, 70_001})
  void anOlderRequestBreaksTheContract(long millis) {
    shop.voucher(alice, 30);

    assertFailed(v0.proof(alice, T.plusMillis(millis)), 2, 1);
  }

  @Test
  void aKeyThatNeverPaidIsRefused() {
    assertFailed(v0.proof(alice), 1, 1);
  }

  @Test
  void anAccountWithNothingLeftIsRefused() {
    shop.sell(alice, month(alice));
    assertOk(v0.proof(alice));
    shop.refund(month(alice).key(), T);

    assertFailed(v0.proof(alice), 1, 1);
  }

  @Test
  void anAccountIsRefusedOnceItsLastProofHasExpired() {
    shop.voucher(alice, 5);
    Instant end = proofIn(v0.proof(alice)).expiry();

    at(end);
    assertOk(v0.proof(alice));
    at(end.plusMillis(1));
    assertFailed(v0.proof(alice), 1, 1);
  }

  @Test
  void theTimeOfTheRequestDecidesWhetherItHasExpired() {
    shop.voucher(alice, 5);
    Instant end = proofIn(v0.proof(alice)).expiry();
    at(end.plusMillis(1));

    assertOk(v0.proof(alice, end));
  }

  @Test
  void theSignatureOfTheMasterKeyIsNeeded() {
    shop.voucher(alice, 30);

    assertFailed(v0.proof(bob.withMasterKeyOf(alice)), 1, 1);
  }

  @Test
  void theSignatureOfTheRotatingKeyIsNeeded() {
    shop.voucher(bob, 30);

    assertFailed(v0.proof(bob.withRotatingKeyOf(alice)), 1, 1);
  }

  @Test
  void equalKeysAreRefused() {
    shop.voucher(alice, 30);

    assertFailed(v0.proof(new Person(alice.master(), alice.master())), 1, 1);
  }

  @Test
  void theBackendsKeyIsRefusedAsEitherKey() {
    shop.voucher(alice, 30);

    assertFailed(v0.proof(new Person(alice.master(), BACKEND)), 1, 1);
    assertFailed(v0.proof(new Person(BACKEND, alice.rotating())), 1, 1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {"version":0}                                                             | 5
          {"unix_ts_ms":1}                                                          | 5
          {"version":0,"unix_ts_ms":1767225600000}                                  | 4
          {"version":"0","unix_ts_ms":1.0,"master_pkey":1,"rotating_pkey":null,"master_sig":[],"rotating_sig":{}}          | 6
          {"version":true,"unix_ts_ms":false,"master_pkey":"","rotating_pkey":"","master_sig":"","rotating_sig":""}        | 2
          {"version":1,"unix_ts_ms":1,"master_pkey":"","rotating_pkey":"","master_sig":"","rotating_sig":""}               | 6
          {"version":0,"unix_ts_ms":-1,"master_pkey":"x","rotating_pkey":"x","master_sig":"x","rotating_sig":"x"}          | 5
          {"version":0,"unix_ts_ms":9223372036854775808,"master_pkey":"","rotating_pkey":"","master_sig":"","rotating_sig":""} | 5
          """)
  void everyProblemOfABrokenRequestIsTold(String body, int errors) {
    assertFailed(v0.raw(PROOF, body), 2, errors);
  }

  private ProofVerdict verdict(ProProof proof, Instant now) {
    return proof.verify(CRYPTO, backend.key(), now, ProRevocations.NONE);
  }
}
