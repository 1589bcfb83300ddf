package org.sessionpro.backend.http.v0;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sessionpro.backend.http.v0.AddProPaymentTest.assertStatus;
import static org.sessionpro.backend.http.v0.AddProPaymentTest.member;
import static org.sessionpro.backend.http.v0.AddProPaymentTest.with;
import static org.sessionpro.backend.http.v0.PaymentsRig.ALICE;
import static org.sessionpro.backend.http.v0.PaymentsRig.BOB;
import static org.sessionpro.backend.http.v0.PaymentsRig.CRYPTO;
import static org.sessionpro.backend.http.v0.PaymentsRig.T;
import static org.sessionpro.backend.http.v0.PaymentsRig.apple;
import static org.sessionpro.backend.http.v0.PaymentsRig.day;
import static org.sessionpro.backend.http.v0.PaymentsRig.google;
import static org.sessionpro.backend.http.v0.PaymentsRig.master;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.sessionpro.backend.db.Engine;
import org.sessionpro.backend.db.Micros;
import org.sessionpro.backend.entitlement.RenewalAllowance;
import org.sessionpro.protocol.v0.PaymentTx;
import org.sessionpro.protocol.v0.ProDetails;
import org.sessionpro.protocol.v0.SetPaymentRefundRequestedRequest;
import org.sessionpro.protocol.v0.V0Time;

/// The note that the owner of a payment asked the store for a refund (`wire-v0.md` §5.5,
/// `decisions.md` §2).
@ParameterizedClass
@EnumSource(Engine.class)
class SetPaymentRefundRequestedTest {
  private static final PaymentTx.Apple PAYMENT = apple("1000");
  private static final PaymentTx.Google ORDER = google("token", "order");

  @Parameter Engine engine;
  @TempDir Path folder;
  private PaymentsRig it;

  @BeforeEach
  void open() {
    it = new PaymentsRig(engine, folder);
    it.sellApple("1000", null, true, day(30));
  }

  @AfterEach
  void close() {
    it.close();
  }

  @Test
  void theOwnerNotesTheRequestAndSeesItInTheDetails() {
    it.add(ALICE, PAYMENT);

    assertUpdated(it.refund(false, ALICE, PAYMENT, T), true);

    assertThat(details().refundRequested()).isEqualTo(T);
    assertThat(details().items().getFirst().milestones().refundRequested()).isEqualTo(T);
  }

  @Test
  void theSameNoteAgainIsAnUpdateToo() {
    it.add(ALICE, PAYMENT);
    it.refund(false, ALICE, PAYMENT, T);

    assertUpdated(it.refund(false, ALICE, PAYMENT, T), true);
  }

  @Test
  void zeroWithdrawsTheNote() {
    it.add(ALICE, PAYMENT);
    it.refund(false, ALICE, PAYMENT, T);

    assertUpdated(it.refund(false, ALICE, PAYMENT, V0Time.NONE), true);

    assertThat(details().refundRequested()).isEqualTo(V0Time.NONE);
  }

  @Test
  void nobodyElseCanNoteIt() {
    it.add(ALICE, PAYMENT);

    assertUpdated(it.refund(false, BOB, PAYMENT, T), false);

    assertThat(details().refundRequested()).isEqualTo(V0Time.NONE);
    assertThat(it.ledger.account(master(BOB))).isEmpty();
  }

  @Test
  void aPaymentThatNobodyOwnsIsNotUpdated() {
    assertUpdated(it.refund(false, ALICE, PAYMENT, T), false);
    assertUpdated(it.refund(false, ALICE, apple("unknown"), T), false);
    assertUpdated(it.refund(false, ALICE, apple("a\0b"), T), false);
  }

  @Test
  void theRequestTouchesWhatWaitsForTheOwner() {
    it.sellGoogle("token", "order", ALICE, day(30));

    assertUpdated(it.refund(true, ALICE, ORDER, T), true);

    assertThat(it.owned(ALICE).getFirst().payment().owner())
        .extracting(owner -> owner.redeemedAt())
        .isEqualTo(T);
  }

  @Test
  void aPaymentOfGoogleIsMalformedOutsideDevelopment() {
    it.sellGoogle("token", "order", ALICE, day(30));
    it.add(ALICE, ORDER);

    assertStatus(it.refund(false, ALICE, ORDER, T), 2);

    assertThat(it.owned(ALICE).getFirst().payment().requests().refund().requestedAt()).isNull();
  }

  @Test
  void inDevelopmentAPaymentOfGoogleIsNamedByTokenAndOrder() {
    it.sellGoogle("token", "order", ALICE, day(30));
    it.add(ALICE, ORDER);

    assertUpdated(it.refund(true, ALICE, google("token", "another"), T), false);
    assertUpdated(it.refund(true, ALICE, ORDER, T), true);
    assertUpdated(it.refund(true, BOB, ORDER, T), false);
  }

  @Test
  void aBadSignatureIsMalformedAndTouchesNothing() {
    it.sellGoogle("token", "order", ALICE, day(30));
    byte[] own = request(T);
    byte[] other = request(T.plusSeconds(1));

    assertStatus(it.refund(false, with(own, "master_sig", member(other, "master_sig"))), 2);

    assertThat(it.ledger.account(master(ALICE))).isEmpty();
  }

  @Test
  void anyMillisecondIsTaken() {
    it.add(ALICE, PAYMENT);

    assertUpdated(it.refund(false, ALICE, PAYMENT, V0Time.instant(Long.MAX_VALUE)), true);

    assertThat(it.owned(ALICE).getFirst().payment().requests().refund().requestedAt())
        .isEqualTo(Micros.LATEST);
    assertThat(details().refundRequested()).isAfter(T);
  }

  @Test
  void aRequestFarFromTheServersTimeIsMalformed() {
    it.add(ALICE, PAYMENT);
    byte[] request = request(T);
    it.clock.moveTo(T.plusSeconds(70));

    assertStatus(it.refund(false, request), 2);
  }

  private static byte[] request(Instant requested) {
    return SetPaymentRefundRequestedRequest.sign(CRYPTO, ALICE, T, requested, PAYMENT).toJson();
  }

  private ProDetails details() {
    return new V0View(RenewalAllowance.DEFAULT)
        .details(it.ledger.details(master(ALICE), 10, T).orElseThrow(), false, T);
  }

  private static void assertUpdated(JsonNode answer, boolean updated) {
    assertStatus(answer, 0);
    assertThat(answer.path("result").path("updated").booleanValue()).isEqualTo(updated);
  }
}
