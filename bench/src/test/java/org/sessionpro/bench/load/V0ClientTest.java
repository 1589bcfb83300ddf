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
import java.util.List;
import org.junit.jupiter.api.Test;
import org.sessionpro.protocol.ByteString;
import org.sessionpro.protocol.Ticket;
import org.sessionpro.protocol.crypto.SigningKey;
import org.sessionpro.protocol.json.JsonObject;
import org.sessionpro.protocol.v0.AddProPaymentRequest;
import org.sessionpro.protocol.v0.Authenticity;
import org.sessionpro.protocol.v0.GenerateProProofRequest;
import org.sessionpro.protocol.v0.GetProDetailsRequest;
import org.sessionpro.protocol.v0.GetProRevocationsRequest;
import org.sessionpro.protocol.v0.ProDetails;
import org.sessionpro.protocol.v0.ProProof;
import org.sessionpro.protocol.v0.ProRevocations;
import org.sessionpro.protocol.v0.UserStatus;
import org.sessionpro.protocol.v0.V0Answer;
import org.sessionpro.protocol.v0.V0Result;
import org.sessionpro.protocol.v0.V0Status;

class V0ClientTest {
  private static final Instant EXPIRY = NOW.plus(Duration.ofDays(29));

  private final V0Client client = new V0Client(CRYPTO, BACKEND_KEY, CLOCK, false);
  private final List<ServedList> seen = new ArrayList<>();
  private final Question proof = client.proof(CUSTOMER, NOW);

  @Test
  void aProofRequestIsAuthentic() {
    GenerateProProofRequest request = GenerateProProofRequest.parse(body(proof), NOW);

    assertThat(proof.path()).isEqualTo("/generate_pro_proof");
    assertThat(request.authenticity(CRYPTO, BACKEND_KEY)).isEqualTo(Authenticity.AUTHENTIC);
  }

  @Test
  void aStatusRequestAsksForDetailsWithoutPaymentsAndIsAuthentic() {
    assertAsksForDetails(client.status(CUSTOMER, NOW), 0);
  }

  @Test
  void aDetailsRequestAsksForTenPaymentsAndIsAuthentic() {
    assertAsksForDetails(client.details(CUSTOMER, NOW), 10);
  }

  private static void assertAsksForDetails(Question question, long payments) {
    assertThat(question.path()).isEqualTo("/get_pro_details");
    GetProDetailsRequest request = GetProDetailsRequest.parse(body(question), NOW);
    assertThat(request.isAuthentic(CRYPTO)).isTrue();
    assertThat(request.count()).isEqualTo(payments);
  }

  @Test
  void aPollTellsTheListThatTheClientHas() {
    Question poll = client.revocations(new Ticket(5), list -> {});

    assertThat(poll.path()).isEqualTo("/get_pro_revocations");
    GetProRevocationsRequest request = GetProRevocationsRequest.parse(body(poll));
    assertThat(request.isOlderThan(new Ticket(5))).isFalse();
    assertThat(request.isOlderThan(new Ticket(6))).isTrue();
  }

  @Test
  void aValidProofForTheRightKeyIsRight() {
    assertThatCode(() -> proof.rule().check(proof(BACKEND, CUSTOMER, EXPIRY)))
        .doesNotThrowAnyException();
  }

  @Test
  void aForgedProofIsWrong() {
    assertWrong(proof, proof(FORGER, CUSTOMER, EXPIRY), "proof is FORGED");
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
  void aRefusalIsWrongAndSaysItsStatus() {
    V0Answer<ProProof> refusal = V0Answer.failure(V0Status.ERROR, "no payment");

    assertWrong(proof, answer(refusal), "refused: status 1");
  }

  @Test
  void anythingElseIsWrong() {
    assertWrong(proof, ByteString.of(new byte[] {'o', 'k'}), "not an answer of v0");
  }

  @Test
  void detailsAndListAreRightInTheirOwnPlacesOnly() {
    ByteString details = answer(new V0Answer.Success<>(ProDetails.UNKNOWN));
    ByteString list = answer(new V0Answer.Success<>(ProRevocations.NONE));

    assertThatCode(() -> client.status(CUSTOMER, NOW).rule().check(details))
        .doesNotThrowAnyException();
    assertThatCode(() -> client.details(CUSTOMER, NOW).rule().check(details))
        .doesNotThrowAnyException();
    assertWrong(client.revocations(Ticket.ZERO, seen::add), details, "not an answer of v0");
    assertWrong(client.status(CUSTOMER, NOW), list, "not an answer of v0");
    assertWrong(client.details(CUSTOMER, NOW), list, "not an answer of v0");
    assertThat(seen).isEmpty();
  }

  @Test
  void whoHasBoughtSomethingIsNoStrangerAndSeesIt() {
    Client known = new V0Client(CRYPTO, BACKEND_KEY, CLOCK, true);
    ProDetails one =
        new ProDetails(
            UserStatus.EXPIRED,
            ProDetails.UNKNOWN.term(),
            ProDetails.UNKNOWN.refundRequested(),
            1,
            false,
            List.of());
    ByteString untold = answer(new V0Answer.Success<>(one));

    assertWrong(
        known.status(CUSTOMER, NOW),
        answer(new V0Answer.Success<>(ProDetails.UNKNOWN)),
        "no account");
    assertThatCode(() -> known.status(CUSTOMER, NOW).rule().check(untold))
        .doesNotThrowAnyException();
    assertWrong(known.details(CUSTOMER, NOW), untold, "0 payments");
  }

  @Test
  void aListIsJudgedByItsTicketAndLength() {
    ProRevocations list =
        new ProRevocations(
            new Ticket(7),
            List.of(ProRevocations.Item.stamped(TAG, NOW)),
            ProRevocations.POLL_INTERVAL);

    client.revocations(Ticket.ZERO, seen::add).rule().check(answer(new V0Answer.Success<>(list)));

    assertThat(seen).containsExactly(new ServedList(new Ticket(7), 1));
  }

  @Test
  void anAddedPaymentIsAnotherOneEachTimeAndAuthentic() {
    Question add = client.add(CUSTOMER);
    AddProPaymentRequest request = AddProPaymentRequest.parse(body(add));

    assertThat(add.path()).isEqualTo("/add_pro_payment");
    assertThat(request.authenticity(CRYPTO, BACKEND_KEY)).isEqualTo(Authenticity.AUTHENTIC);
    assertThat(request.payment().isDevelopment()).isTrue();
    assertThat(AddProPaymentRequest.parse(body(client.add(CUSTOMER))).payment())
        .isNotEqualTo(request.payment());
  }

  @Test
  void anAddedPaymentIsAnsweredByAProofForTheRightKey() {
    Question add = client.add(CUSTOMER);

    assertThatCode(() -> add.rule().check(proof(BACKEND, CUSTOMER, EXPIRY)))
        .doesNotThrowAnyException();
    assertWrong(add, proof(BACKEND, ANOTHER, EXPIRY), "proof for another key");
  }

  private static JsonObject body(Question question) {
    return JsonObject.parse(question.body().toByteArray());
  }

  private static ByteString proof(SigningKey signer, Customer owner, Instant expiry) {
    return answer(
        new V0Answer.Success<>(ProProof.issue(CRYPTO, signer, TAG, owner.rotatingKey(), expiry)));
  }

  private static <R extends V0Result> ByteString answer(V0Answer<R> answer) {
    return ByteString.of(answer.toJson());
  }

  private static void assertWrong(Question question, ByteString answer, String reason) {
    assertThatThrownBy(() -> question.rule().check(answer))
        .isInstanceOf(WrongAnswer.class)
        .hasMessage(reason);
  }
}
