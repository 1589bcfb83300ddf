package org.sessionpro.backend.http.v1;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sessionpro.backend.RunningBackend.CRYPTO;
import static org.sessionpro.backend.RunningBackend.T;
import static org.sessionpro.backend.http.clients.V1Calls.assertOk;
import static org.sessionpro.backend.http.clients.V1Calls.proofIn;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.sessionpro.backend.http.clients.Answer;
import org.sessionpro.backend.http.clients.EndpointTest;
import org.sessionpro.backend.http.clients.Person;
import org.sessionpro.protocol.BackendKey;
import org.sessionpro.protocol.v1.Proof;
import org.sessionpro.protocol.v1.Revocations;

/// The proofs that v1 clients get (`wire-v1.md` §5, `entitlement.md` §9).
class V1ProofEndpointTest extends EndpointTest {
  private static final long CLAMP = 2_505_600;
  private static final long LEAD = 3_660;
  private static final long GRID = 86_400;

  @Test
  void theResultHoldsTheMembersOfTheContractAndNoOthers() {
    shop.voucher(alice, 30);

    Answer answer = v1.proof(alice);

    assertOk(answer);
    JsonNode result = answer.result();
    assertThat(result.fieldNames())
        .toIterable()
        .containsExactlyInAnyOrder(
            "revocation_tag",
            "rotating_pkey",
            "expiry_ts",
            "sig",
            "account_expiry_ts",
            "account_grace_period_duration",
            "account_auto_renewing");
    assertThat(result.path("revocation_tag").textValue()).matches("[0-9a-f]{64}");
    assertThat(result.path("rotating_pkey").textValue()).isEqualTo(alice.rotatingKey().hex());
    assertThat(result.path("expiry_ts").isIntegralNumber()).isTrue();
    assertThat(result.path("sig").textValue()).matches("[0-9a-f]{128}");
    assertThat(result.path("account_expiry_ts").isIntegralNumber()).isTrue();
    assertThat(result.path("account_expiry_ts").longValue()).isEqualTo(day(30).getEpochSecond());
    assertThat(result.path("account_grace_period_duration").isIntegralNumber()).isTrue();
    assertThat(result.path("account_grace_period_duration").longValue()).isZero();
    assertThat(result.path("account_auto_renewing").isBoolean()).isTrue();
    assertThat(result.path("account_auto_renewing").booleanValue()).isFalse();
  }

  @Test
  void theProofVerifiesOfflineUpToTheSecondItExpires() {
    shop.voucher(alice, 30);

    Proof proof = proofIn(v1.proof(alice));

    assertThat(verdict(proof, T)).isEqualTo(Proof.Verdict.VALID);
    assertThat(verdict(proof, proof.expiry())).isEqualTo(Proof.Verdict.VALID);
    assertThat(verdict(proof, proof.expiry().plusSeconds(1))).isEqualTo(Proof.Verdict.EXPIRED);
  }

  @Test
  void theProofIsOfThisBackendOnly() {
    shop.voucher(alice, 30);
    BackendKey other = new BackendKey(alice.master().publicKey());

    assertThat(proofIn(v1.proof(alice)).verify(CRYPTO, other, T, Revocations.NONE))
        .isEqualTo(Proof.Verdict.BAD_SIGNATURE);
  }

  @Test
  void aRepeatedRequestIsAnsweredByTheSameBytes() {
    shop.voucher(alice, 30);

    assertThat(v1.proof(alice).body()).isEqualTo(v1.proof(alice).body());
  }

  @Test
  void theExpiryIsTheFirstPointOfTheAccountsGridPastTheClamp() {
    shop.voucher(alice, 365);

    assertThat(expiryAt(T)).isEqualTo(onGrid(T.getEpochSecond() + CLAMP));
  }

  @Test
  void theExpiryIsTheFirstPointOfTheAccountsGridPastTheTerm() {
    shop.voucher(alice, 5);

    assertThat(expiryAt(T)).isEqualTo(onGrid(day(5).getEpochSecond()));
  }

  @Test
  void graceAndAllowanceCountIntoTheExpiry() {
    shop.sell(alice, month(alice).withGrace(DAY.multipliedBy(3)));

    assertThat(expiryAt(day(10))).isEqualTo(onGrid(day(33).plus(HOUR).getEpochSecond()));
  }

  @Test
  void allRequestsOfOneGridPeriodGetTheSameProof() {
    shop.voucher(alice, 365);
    Answer first = proofAt(T);
    Instant last = Instant.ofEpochSecond(expiry(first) - CLAMP - LEAD);

    assertThat(proofAt(last).body()).isEqualTo(first.body());
  }

  @Test
  void theNextGridPeriodBringsExactlyOneDay() {
    shop.voucher(alice, 365);
    long first = expiryAt(T);

    assertThat(expiryAt(Instant.ofEpochSecond(first - CLAMP - LEAD + 1))).isEqualTo(first + GRID);
  }

  @Test
  void theTimeOfTheRequestDecidesNotThatOfTheServer() {
    shop.voucher(alice, 365);
    long first = expiryAt(T);
    Instant next = Instant.ofEpochSecond(first - CLAMP - LEAD + 1);

    at(next.minusSeconds(30));

    assertThat(expiry(v1.proof(alice, next))).isEqualTo(first + GRID);
    assertThat(expiry(v1.proof(alice, next.minusSeconds(1)))).isEqualTo(first);
  }

  @Test
  void theExpiryNoLongerMovesOnceTheEndOfTheTermIsInRange() {
    shop.voucher(alice, 20);

    assertThat(proofAt(day(19)).body()).isEqualTo(proofAt(T).body());
  }

  @Test
  void aProofIsStillIssuedInTheSecondItExpires() {
    shop.voucher(alice, 5);
    Answer first = proofAt(T);

    assertThat(proofAt(Instant.ofEpochSecond(expiry(first))).body()).isEqualTo(first.body());
  }

  @Test
  void tagAndExpiryAreTheSameForEveryRotatingKey() {
    shop.voucher(alice, 30);
    Person nextWeek = alice.withNextRotatingKey();

    Proof one = proofIn(v1.proof(alice));
    Proof other = proofIn(v1.proof(nextWeek));

    assertThat(other.tag()).isEqualTo(one.tag());
    assertThat(other.expiry()).isEqualTo(one.expiry());
    assertThat(other.rotatingKey()).isEqualTo(nextWeek.rotatingKey());
    assertThat(other.signature()).isNotEqualTo(one.signature());
  }

  @Test
  void theAccountMembersAreThoseOfTheStatus() {
    shop.sell(alice, month(alice).withGrace(DAY.multipliedBy(16)));

    JsonNode proof = v1.proof(alice).result();
    JsonNode status = v1.status(alice).result();

    assertThat(proof.path("account_expiry_ts")).isEqualTo(status.path("expiry_ts"));
    assertThat(proof.path("account_grace_period_duration"))
        .isEqualTo(status.path("grace_period_duration"));
    assertThat(proof.path("account_auto_renewing")).isEqualTo(status.path("auto_renewing"));
    assertThat(proof.path("account_auto_renewing").booleanValue()).isTrue();
  }

  @Test
  void anotherPaymentKeepsTheTag() {
    shop.voucher(alice, 30);
    Proof before = proofIn(v1.proof(alice));
    shop.voucher(alice, 30);

    assertThat(proofIn(v1.proof(alice)).tag()).isEqualTo(before.tag());
  }

  @Test
  void aRevokedTagIsReplacedAtOnce() {
    shop.voucher(alice, 30);
    Proof before = proofIn(v1.proof(alice));
    shop.revoke(alice);

    Proof after = proofIn(v1.proof(alice));

    assertThat(after.tag()).isNotEqualTo(before.tag());
    assertThat(verdict(after, backend.now())).isEqualTo(Proof.Verdict.VALID);
  }

  @Test
  void anAccountThatWasRevokedIsServedAgainOncePaid() {
    shop.sell(alice, month(alice));
    Proof before = proofIn(v1.proof(alice));
    shop.refund(month(alice).key(), T);
    shop.voucher(alice, 30);

    assertThat(proofIn(v1.proof(alice)).tag()).isNotEqualTo(before.tag());
  }

  @Test
  void withoutALimitNoProofIsCounted() {
    shop.voucher(alice, 30);
    proofIn(v1.proof(alice));

    assertThat(backend.ledger().account(alice.masterKey()).orElseThrow().counters().total())
        .isZero();
  }

  private Answer proofAt(Instant instant) {
    at(instant);
    return v1.proof(alice);
  }

  private long expiryAt(Instant instant) {
    return expiry(proofAt(instant));
  }

  private static long expiry(Answer answer) {
    return proofIn(answer).expiry().getEpochSecond();
  }

  private long onGrid(long uncovered) {
    long offset = backend.ledger().account(alice.masterKey()).orElseThrow().offset().seconds();
    return offset + Math.ceilDiv(uncovered + LEAD - offset, GRID) * GRID;
  }

  private Proof.Verdict verdict(Proof proof, Instant now) {
    return proof.verify(CRYPTO, backend.key(), now, Revocations.NONE);
  }
}
