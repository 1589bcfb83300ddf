package org.sessionpro.backend.http.v0;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sessionpro.backend.http.v0.AddProPaymentTest.assertStatus;
import static org.sessionpro.backend.http.v0.AddProPaymentTest.atOnce;
import static org.sessionpro.backend.http.v0.AddProPaymentTest.member;
import static org.sessionpro.backend.http.v0.AddProPaymentTest.proofIn;
import static org.sessionpro.backend.http.v0.AddProPaymentTest.text;
import static org.sessionpro.backend.http.v0.AddProPaymentTest.with;
import static org.sessionpro.backend.http.v0.PaymentsRig.ALICE;
import static org.sessionpro.backend.http.v0.PaymentsRig.BOB;
import static org.sessionpro.backend.http.v0.PaymentsRig.CRYPTO;
import static org.sessionpro.backend.http.v0.PaymentsRig.DAY;
import static org.sessionpro.backend.http.v0.PaymentsRig.SERVER;
import static org.sessionpro.backend.http.v0.PaymentsRig.T;
import static org.sessionpro.backend.http.v0.PaymentsRig.addRequest;
import static org.sessionpro.backend.http.v0.PaymentsRig.apple;
import static org.sessionpro.backend.http.v0.PaymentsRig.day;
import static org.sessionpro.backend.http.v0.PaymentsRig.google;
import static org.sessionpro.backend.http.v0.PaymentsRig.master;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.sessionpro.backend.db.Engine;
import org.sessionpro.backend.entitlement.Payment;
import org.sessionpro.backend.entitlement.PaymentFact.Acknowledgement;
import org.sessionpro.backend.entitlement.PaymentFact.ClaimedBy;
import org.sessionpro.backend.entitlement.PaymentFact.Source;
import org.sessionpro.protocol.v0.PaymentTx;
import org.sessionpro.protocol.v0.ProRevocations;
import org.sessionpro.protocol.v0.ProofVerdict;

/// Payments that come into being by being added to a server in development mode (`wire-v0.md` §7,
/// `decisions.md` §6).
@ParameterizedClass
@EnumSource(Engine.class)
class AddInDevelopmentTest {
  private static final PaymentTx.Google ORDER = google("any token", "DEV.order");

  @Parameter Engine engine;
  @TempDir Path folder;
  private PaymentsRig it;

  @BeforeEach
  void open() {
    it = new PaymentsRig(engine, folder);
  }

  @AfterEach
  void close() {
    it.close();
  }

  @Test
  void aPaymentOfGoogleIsRegisteredBoundAndProven() {
    JsonNode answer = it.addInDevelopment(ALICE, ORDER);

    assertThat(proofIn(answer).verify(CRYPTO, SERVER.publicKey(), T, ProRevocations.NONE))
        .isEqualTo(ProofVerdict.VALID);
    Payment payment = owned();
    assertThat(payment.witnessed().source()).isEqualTo(Source.DEV);
    assertThat(payment.witnessed().purchasedAt()).isEqualTo(T);
    assertThat(payment.witnessed().binding()).isNull();
    assertThat(payment.witnessed().refundDeadline()).isEqualTo(Instant.EPOCH);
    assertThat(payment.requests().acknowledgement()).isEqualTo(Acknowledgement.NOT_NEEDED);
    assertThat(payment.owner())
        .extracting(Payment.Owner::redeemedAt, Payment.Owner::how)
        .containsExactly(T, ClaimedBy.DEV);
  }

  @Test
  void withoutMembersOfDevelopmentItIsAMonthInNameAndADayInFact() {
    it.addInDevelopment(ALICE, ORDER);

    assertThat(owned().witnessed().product().plan().code()).isEqualTo("1m");
    assertThat(owned().terms().expiry()).isEqualTo(day(1));
    assertThat(owned().isRenewing()).isFalse();
    assertThat(owned().terms().grace()).isNull();
  }

  @Test
  void theMembersOfDevelopmentSayPlanLengthAndRenewal() {
    it.addInDevelopment(terms(addRequest(ALICE, ORDER), "twelvemonth", "5000", "true"));

    assertThat(owned().witnessed().product().plan().code()).isEqualTo("1y");
    assertThat(owned().terms().expiry()).isEqualTo(T.plusSeconds(5));
    assertThat(owned().isRenewing()).isTrue();
    assertThat(owned().terms().grace()).isEqualTo(Duration.ofSeconds(60));
  }

  @Test
  void aPaymentOfTheAppStoreIsItsOwnOriginal() {
    proofIn(it.addInDevelopment(ALICE, apple("DEV.1000")));

    assertThat(owned().key().subscription()).isEqualTo("DEV.1000");
    assertThat(owned().witnessed().transaction()).isEqualTo(apple("DEV.1000").transactionId());
    assertThat(owned().key().appleLineItem().value()).isEmpty();
  }

  @Test
  void addedAgainItIsAlreadyRedeemedAndKeepsItsTerms() {
    it.addInDevelopment(ALICE, ORDER);
    Payment first = owned();
    it.clock.advance(Duration.ofMinutes(1));

    JsonNode again =
        it.addInDevelopment(terms(addRequest(ALICE, ORDER), "ThreeMonth", "999999999", "true"));

    assertStatus(again, 100);
    assertThat(owned()).isEqualTo(first);
  }

  @Test
  void aPaymentOfSomebodyElseIsUnknown() {
    it.addInDevelopment(ALICE, ORDER);
    Payment first = owned();

    assertStatus(it.addInDevelopment(BOB, ORDER), 101);

    assertThat(owned()).isEqualTo(first);
    assertThat(it.ledger.account(master(BOB))).isEmpty();
  }

  @Test
  void whateverElseWaitsIsBoundToo() {
    it.sellGoogle("token", "order", ALICE, day(60));

    proofIn(it.addInDevelopment(ALICE, ORDER));

    assertThat(it.owned(ALICE)).hasSize(2);
  }

  @Test
  void aBadSignatureRegistersNothing() {
    byte[] request = addRequest(ALICE, ORDER);
    byte[] foreign = addRequest(BOB, ORDER);

    assertStatus(
        it.addInDevelopment(with(request, "master_sig", member(foreign, "master_sig"))), 1);
    assertStatus(
        it.addInDevelopment(with(request, "rotating_sig", member(foreign, "rotating_sig"))), 1);

    assertThat(it.owned(ALICE)).isEmpty();
    assertStatus(it.add(BOB, ORDER), 101);
    assertStatus(it.add(ALICE, ORDER), 101);
  }

  @Test
  void onlyTheOrderOrTransactionIdMakesAPaymentOneOfDevelopment() {
    assertStatus(it.addInDevelopment(ALICE, google("DEV.token", "order")), 101);
    assertStatus(it.addInDevelopment(ALICE, google("token", "dev.order")), 101);
    assertStatus(it.addInDevelopment(ALICE, google("token", "GPA.DEV.")), 101);
    assertStatus(it.addInDevelopment(ALICE, apple("1000")), 101);
  }

  @Test
  void namesThatNoPaymentCanHaveAreUnknown() {
    assertStatus(it.addInDevelopment(ALICE, google("", "DEV.order")), 101);
    assertStatus(it.addInDevelopment(ALICE, apple("DEV.\0")), 101);
  }

  @Test
  void membersOfDevelopmentThatBreakTheirRulesAreMalformed() {
    byte[] request = addRequest(ALICE, ORDER);

    for (List<String> wrong :
        List.of(
            List.of("Nil", "1", "true"),
            List.of("OneMonth", "0", "true"),
            List.of("OneMonth", "31536000001", "true"),
            List.of("OneMonth", "1", "1"))) {
      assertStatus(
          it.addInDevelopment(terms(request, wrong.get(0), wrong.get(1), wrong.get(2))), 2);
    }
    assertThat(it.owned(ALICE)).isEmpty();
  }

  @Test
  void ofManyRequestsAtOnceExactlyOneGetsTheProof() throws Exception {
    Callable<JsonNode> request = () -> it.addInDevelopment(ALICE, ORDER);

    assertThat(atOnce(Collections.nCopies(12, request)))
        .containsExactlyInAnyOrderEntriesOf(Map.of(0, 1L, 100, 11L));
    assertThat(it.owned(ALICE)).hasSize(1);
  }

  @Test
  void aSecondPaymentKeepsTheTag() {
    var first = proofIn(it.addInDevelopment(ALICE, ORDER));
    it.clock.advance(DAY.dividedBy(2));

    var second = proofIn(it.addInDevelopment(ALICE, google("t", "DEV.second")));

    assertThat(second.tag()).isEqualTo(first.tag());
  }

  private Payment owned() {
    return it.owned(ALICE).getFirst().payment();
  }

  private static byte[] terms(byte[] request, String plan, String millis, String renewing) {
    return ("{\"dev_plan\":\"%s\",\"dev_duration_ms\":%s,\"dev_auto_renewing\":%s,"
                .formatted(plan, millis, renewing)
            + text(request).substring(1))
        .getBytes(StandardCharsets.UTF_8);
  }
}
