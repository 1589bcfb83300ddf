package org.sessionpro.backend.http.v1;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sessionpro.backend.RunningBackend.CRYPTO;
import static org.sessionpro.backend.RunningBackend.T;
import static org.sessionpro.backend.http.clients.V1Calls.PAYMENTS;
import static org.sessionpro.backend.http.clients.V1Calls.PROOF;
import static org.sessionpro.backend.http.clients.V1Calls.STATUS;
import static org.sessionpro.backend.http.clients.V1Calls.assertOk;
import static org.sessionpro.backend.http.clients.V1Calls.assertRefusal;
import static org.sessionpro.backend.http.clients.V1Calls.assertRefused;
import static org.sessionpro.backend.http.clients.V1Calls.proofIn;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sessionpro.backend.http.clients.Answer;
import org.sessionpro.backend.http.clients.EndpointTest;
import org.sessionpro.backend.http.clients.Person;
import org.sessionpro.protocol.crypto.Seed;
import org.sessionpro.protocol.crypto.SigningKey;
import org.sessionpro.protocol.json.DecimalInteger;
import org.sessionpro.protocol.v1.ErrorCode;
import org.sessionpro.protocol.v1.GetPaymentDetailsRequest;

/// Every reason to refuse a v1 request (`wire-v1.md` §6.2), but `rate_limited`, which needs a limit,
/// and faults.
class RefusalTest extends EndpointTest {
  private static final SigningKey BACKEND = CRYPTO.signingKey(Seed.fromHex("cd".repeat(Seed.SIZE)));

  @ParameterizedTest
  @ValueSource(strings = {PROOF, STATUS, PAYMENTS, "/get_pro_revocations"})
  void aBodyWithoutItsMembersIsInvalid(String path) {
    assertRefused(v1.raw(path, "{}"), ErrorCode.INVALID_REQUEST);
  }

  @Test
  void equalKeysAreInvalid() {
    Person same = new Person(alice.master(), alice.master());

    assertRefused(v1.proof(same), ErrorCode.INVALID_REQUEST);
  }

  @Test
  void aProofNeedsTheSignatureOfTheMasterKey() {
    shop.voucher(alice, 30);

    assertRefused(v1.proof(bob.withMasterKeyOf(alice)), ErrorCode.BAD_SIGNATURE);
  }

  @Test
  void aProofNeedsTheSignatureOfTheRotatingKey() {
    shop.voucher(bob, 30);

    assertRefused(v1.proof(bob.withRotatingKeyOf(alice)), ErrorCode.BAD_SIGNATURE);
  }

  @Test
  void statusAndPaymentsNeedTheSignatureOfTheMasterKey() {
    assertRefused(v1.status(bob.withMasterKeyOf(alice)), ErrorCode.BAD_SIGNATURE);
    assertRefused(v1.payments(bob.withMasterKeyOf(alice), 1), ErrorCode.BAD_SIGNATURE);
  }

  @Test
  void theSignatureOfOnePageIsNotThatOfAnother() {
    GetPaymentDetailsRequest signed =
        GetPaymentDetailsRequest.sign(alice.master(), T, DecimalInteger.of(10), "");
    GetPaymentDetailsRequest forged =
        new GetPaymentDetailsRequest(
            signed.masterKey(),
            signed.ts(),
            DecimalInteger.of(11),
            signed.before(),
            signed.masterSignature());

    assertRefused(caller.post(PAYMENTS, forged.toJson()), ErrorCode.BAD_SIGNATURE);
  }

  @ParameterizedTest
  @ValueSource(longs = {-71, 71})
  void aRequestOfAnotherTimeIsStale(long seconds) {
    Instant ts = T.plusSeconds(seconds);

    assertRefused(v1.proof(alice, ts), ErrorCode.STALE_REQUEST);
    assertRefused(v1.status(alice, ts), ErrorCode.STALE_REQUEST);
    assertRefused(v1.payments(alice, ts, DecimalInteger.of(1), ""), ErrorCode.STALE_REQUEST);
  }

  @Test
  void aKeyThatNeverPaidIsNotSubscribed() {
    assertRefused(v1.proof(alice), ErrorCode.NOT_SUBSCRIBED);
  }

  @Test
  void anAccountWithNothingLeftIsRevoked() {
    shop.sell(alice, month(alice));
    assertOk(v1.proof(alice));
    shop.refund(month(alice).key(), T);

    assertRefused(v1.proof(alice), ErrorCode.REVOKED);
  }

  @Test
  void anAccountIsExpiredOnceItsLastProofIs() {
    shop.voucher(alice, 5);
    Instant end = proofIn(v1.proof(alice)).expiry();

    at(end);
    assertOk(v1.proof(alice));
    at(end.plusSeconds(1));
    assertRefusal(v1.proof(alice), ErrorCode.SUBSCRIPTION_EXPIRED);
  }

  @Test
  void theTimeOfTheRequestDecidesWhetherItIsExpired() {
    shop.voucher(alice, 5);
    Instant end = proofIn(v1.proof(alice)).expiry();
    at(end.plusSeconds(1));

    assertOk(v1.proof(alice, end));
    assertRefusal(v1.proof(alice, end.plusSeconds(1)), ErrorCode.SUBSCRIPTION_EXPIRED);
  }

  @Test
  void anExpiredAccountIsToldHowItStands() {
    shop.sell(alice, month(alice).withGrace(DAY.multipliedBy(3)));
    at(day(40));

    JsonNode refused = v1.proof(alice).json();

    assertThat(refused.fieldNames())
        .toIterable()
        .containsExactlyInAnyOrder(
            "status",
            "error_code",
            "error",
            "account_expiry_ts",
            "account_grace_period_duration",
            "account_auto_renewing");
    assertThat(refused.path("account_expiry_ts").longValue()).isEqualTo(day(30).getEpochSecond());
    assertThat(refused.path("account_grace_period_duration").longValue()).isEqualTo(262_800);
    assertThat(refused.path("account_auto_renewing").booleanValue()).isTrue();
  }

  @Test
  void anExpiredAccountIsToldTheSameAsByTheStatus() {
    shop.sell(alice, month(alice));
    at(day(40));

    JsonNode refused = v1.proof(alice).json();
    JsonNode status = v1.status(alice).result();

    assertThat(refused.path("account_expiry_ts")).isEqualTo(status.path("expiry_ts"));
    assertThat(refused.path("account_grace_period_duration"))
        .isEqualTo(status.path("grace_period_duration"));
    assertThat(refused.path("account_auto_renewing")).isEqualTo(status.path("auto_renewing"));
  }

  @Test
  void theBackendsKeyAsMasterKeyIsAFault() {
    assertRefused(v1.proof(new Person(BACKEND, alice.rotating())), ErrorCode.INTERNAL_ERROR);
  }

  @Test
  void theBackendsKeyAsRotatingKeyIsAFault() {
    assertRefused(v1.proof(new Person(alice.master(), BACKEND)), ErrorCode.INTERNAL_ERROR);
  }

  @Test
  void noRefusalRepeatsAKey() {
    shop.voucher(bob, 1);
    at(day(40));
    Person same = new Person(alice.master(), alice.master());
    List<Answer> refusals =
        List.of(
            v1.proof(alice),
            v1.proof(bob),
            v1.proof(same),
            v1.proof(alice, T),
            v1.raw(STATUS, "{\"master_pkey\":\"" + alice.masterKey().hex() + "00\"}"));

    assertThat(refusals)
        .extracting(refusal -> refusal.json().path("status").textValue())
        .containsOnly("fail");
    assertThat(refusals)
        .extracting(Answer::text)
        .noneMatch(text -> text.contains(alice.masterKey().hex().substring(0, 8)))
        .noneMatch(text -> text.contains(bob.masterKey().hex().substring(0, 8)));
  }
}
