package org.sessionpro.bench.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.sessionpro.bench.load.TestParties.ANOTHER;
import static org.sessionpro.bench.load.TestParties.BACKEND;
import static org.sessionpro.bench.load.TestParties.BACKEND_KEY;
import static org.sessionpro.bench.load.TestParties.CLOCK;
import static org.sessionpro.bench.load.TestParties.CRYPTO;
import static org.sessionpro.bench.load.TestParties.CUSTOMER;
import static org.sessionpro.bench.load.TestParties.FORGER;
import static org.sessionpro.bench.load.TestParties.NOW;
import static org.sessionpro.bench.load.TestParties.TAG;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.sessionpro.protocol.ByteString;
import org.sessionpro.protocol.Plan;
import org.sessionpro.protocol.Ticket;
import org.sessionpro.protocol.crypto.SigningKey;
import org.sessionpro.protocol.json.JsonObject;
import org.sessionpro.protocol.v1.AccountTerm;
import org.sessionpro.protocol.v1.Admission;
import org.sessionpro.protocol.v1.ErrorCode;
import org.sessionpro.protocol.v1.GenerateProProofRequest;
import org.sessionpro.protocol.v1.GetPaymentDetailsRequest;
import org.sessionpro.protocol.v1.GetProRevocationsRequest;
import org.sessionpro.protocol.v1.GetProStatusRequest;
import org.sessionpro.protocol.v1.PaymentDetails;
import org.sessionpro.protocol.v1.PaymentId;
import org.sessionpro.protocol.v1.PaymentItem;
import org.sessionpro.protocol.v1.PaymentStatus;
import org.sessionpro.protocol.v1.PaymentTerm;
import org.sessionpro.protocol.v1.Proof;
import org.sessionpro.protocol.v1.ProofResult;
import org.sessionpro.protocol.v1.Refusal;
import org.sessionpro.protocol.v1.RevocationList;
import org.sessionpro.protocol.v1.StatusResult;
import org.sessionpro.protocol.v1.UserStatus;
import org.sessionpro.protocol.v1.V1Answer;
import org.sessionpro.protocol.v1.V1Result;

class V1ClientTest {
  private static final Instant EXPIRY = NOW.plus(Duration.ofDays(29));

  private final Client client = new V1Client(CRYPTO, BACKEND_KEY, CLOCK, false);
  private final List<ServedList> seen = new ArrayList<>();
  private final Question proof = client.proof(CUSTOMER, NOW);

  @Test
  void aProofRequestIsAdmitted() {
    GenerateProProofRequest request = GenerateProProofRequest.parse(body(proof));

    assertThat(proof.path()).isEqualTo("/generate_pro_proof");
    assertThat(request.admit(CRYPTO, BACKEND_KEY, NOW)).isEqualTo(Admission.ADMITTED);
  }

  @Test
  void aStatusRequestIsAdmitted() {
    Question status = client.status(CUSTOMER, NOW);

    assertThat(status.path()).isEqualTo("/get_pro_status");
    assertThat(GetProStatusRequest.parse(body(status)).admit(CRYPTO, NOW))
        .isEqualTo(Admission.ADMITTED);
  }

  @Test
  void aDetailsRequestAsksForTenPaymentsAndIsAdmitted() {
    Question details = client.details(CUSTOMER, NOW);

    assertThat(details.path()).isEqualTo("/get_payment_details");
    GetPaymentDetailsRequest request = GetPaymentDetailsRequest.parse(body(details));
    assertThat(request.admit(CRYPTO, NOW)).isEqualTo(Admission.ADMITTED);
    assertThat(request.limit().toLong()).isEqualTo(10);
  }

  @Test
  void aPollTellsTheListThatTheClientHas() {
    Question poll = client.revocations(new Ticket(5), list -> {});

    assertThat(poll.path()).isEqualTo("/get_pro_revocations");
    GetProRevocationsRequest request = GetProRevocationsRequest.parse(body(poll));
    assertThat(request.isBehind(new Ticket(5))).isFalse();
    assertThat(request.isBehind(new Ticket(6))).isTrue();
  }

  @Test
  void aValidProofForTheRightKeyIsRight() {
    assertThatCode(() -> proof.rule().check(proof(BACKEND, CUSTOMER, EXPIRY)))
        .doesNotThrowAnyException();
  }

  @Test
  void aForgedProofIsWrong() {
    assertWrong(proof, proof(FORGER, CUSTOMER, EXPIRY), "proof is BAD_SIGNATURE");
  }

  @Test
  void anExpiredProofIsWrong() {
    assertWrong(proof, proof(BACKEND, CUSTOMER, NOW.minusSeconds(1)), "proof is EXPIRED");
  }

  @Test
  void aProofForAnotherKeyIsWrong() {
    assertWrong(proof, proof(BACKEND, ANOTHER, EXPIRY), "proof for another key");
  }

  @Test
  void aRefusalIsWrongAndSaysWhy() {
    Refusal refusal = Refusal.of(ErrorCode.NOT_SUBSCRIBED, "no payment");

    assertWrong(
        proof, answer(new V1Answer.Refused<ProofResult>(refusal)), "refused: not_subscribed");
  }

  @Test
  void anythingElseIsWrong() {
    assertWrong(proof, ByteString.of(new byte[] {'o', 'k'}), "not an answer of v1");
  }

  @Test
  void statusPaymentsAndListAreRightInTheirOwnPlacesOnly() {
    ByteString details = answer(new V1Answer.Ok<>(PaymentDetails.NONE));
    ByteString status = answer(new V1Answer.Ok<>(StatusResult.NEVER));
    ByteString list = answer(new V1Answer.Ok<>(RevocationList.of(Ticket.ZERO, List.of())));

    assertThatCode(() -> client.status(CUSTOMER, NOW).rule().check(status))
        .doesNotThrowAnyException();
    assertThatCode(() -> client.details(CUSTOMER, NOW).rule().check(details))
        .doesNotThrowAnyException();
    assertWrong(client.revocations(Ticket.ZERO, seen::add), status, "not an answer of v1");
    assertWrong(client.status(CUSTOMER, NOW), list, "not an answer of v1");
    assertWrong(client.details(CUSTOMER, NOW), list, "not an answer of v1");
    assertThat(seen).isEmpty();
  }

  @Test
  void whoHasBoughtSomethingIsNoStranger() {
    Client known = new V1Client(CRYPTO, BACKEND_KEY, CLOCK, true);

    assertWrong(
        known.status(CUSTOMER, NOW), answer(new V1Answer.Ok<>(StatusResult.NEVER)), "no account");
    assertWrong(
        known.details(CUSTOMER, NOW),
        answer(new V1Answer.Ok<>(PaymentDetails.NONE)),
        "no payments");
    assertThatCode(() ->
            known
                .status(CUSTOMER, NOW)
                .rule()
                .check(
                    answer(
                        new V1Answer.Ok<>(
                            new StatusResult(UserStatus.EXPIRED, AccountTerm.NONE, null)))))
        .doesNotThrowAnyException();
  }

  @Test
  void allPaymentsAreShownUpToTen() {
    Question details = client.details(CUSTOMER, NOW);

    assertThatCode(() -> details.rule().check(payments(1, 1))).doesNotThrowAnyException();
    assertThatCode(() -> details.rule().check(payments(12, 10))).doesNotThrowAnyException();
    assertWrong(details, payments(1, 0), "0 payments");
    assertWrong(details, payments(12, 1), "1 payments");
    assertWrong(details, payments(12, 11), "11 payments");
  }

  /// @param total of the account
  /// @param shown in the answer
  private static ByteString payments(long total, int shown) {
    PaymentItem item =
        new PaymentItem(
            PaymentStatus.EXPIRED,
            new Plan("1m"),
            PaymentId.voucher("order-1"),
            new PaymentTerm(NOW, Duration.ZERO, false),
            NOW.minus(Duration.ofDays(30)),
            null,
            null);
    return answer(
        new V1Answer.Ok<>(new PaymentDetails(total, Collections.nCopies(shown, item), null)));
  }

  @Test
  void aListIsJudgedByItsTicketAndLength() {
    RevocationList list =
        RevocationList.of(new Ticket(7), List.of(RevocationList.Item.recordedAt(TAG, NOW)));

    client.revocations(Ticket.ZERO, seen::add).rule().check(answer(new V1Answer.Ok<>(list)));

    assertThat(seen).containsExactly(new ServedList(new Ticket(7), 1));
  }

  private static JsonObject body(Question question) {
    return JsonObject.parse(question.body().toByteArray());
  }

  private static ByteString proof(SigningKey signer, Customer owner, Instant expiry) {
    Proof proof = Proof.sign(signer, TAG, owner.rotatingKey(), expiry);
    return answer(new V1Answer.Ok<>(new ProofResult(proof, AccountTerm.NONE)));
  }

  private static <R extends V1Result> ByteString answer(V1Answer<R> answer) {
    return ByteString.of(answer.toJson());
  }

  private static void assertWrong(Question question, ByteString answer, String reason) {
    assertThatThrownBy(() -> question.rule().check(answer))
        .isInstanceOf(WrongAnswer.class)
        .hasMessage(reason);
  }
}
