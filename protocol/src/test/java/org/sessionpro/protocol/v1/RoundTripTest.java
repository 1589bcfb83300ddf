package org.sessionpro.protocol.v1;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.Function;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.sessionpro.protocol.json.JsonObject;

/// Whatever one side writes, the other reads as the same value.
class RoundTripTest {
  @Property(tries = 300)
  void proofRequests(@ForAll("proofRequest") GenerateProProofRequest request) {
    assertThat(GenerateProProofRequest.parse(JsonObject.parse(request.toJson())))
        .isEqualTo(request);
  }

  @Property(tries = 300)
  void statusRequests(@ForAll("statusRequest") GetProStatusRequest request) {
    assertThat(GetProStatusRequest.parse(JsonObject.parse(request.toJson()))).isEqualTo(request);
  }

  @Property(tries = 300)
  void detailsRequests(@ForAll("detailsRequest") GetPaymentDetailsRequest request) {
    assertThat(GetPaymentDetailsRequest.parse(JsonObject.parse(request.toJson())))
        .isEqualTo(request);
  }

  @Property(tries = 300)
  void revocationRequests(@ForAll("revocationRequest") GetProRevocationsRequest request) {
    assertThat(GetProRevocationsRequest.parse(JsonObject.parse(request.toJson())))
        .isEqualTo(request);
  }

  @Property(tries = 300)
  void proofAnswers(@ForAll("proofAnswer") V1Answer<ProofResult> answer) {
    assertRead(answer, ProofResult::parse);
  }

  @Property(tries = 300)
  void statusAnswers(@ForAll("statusAnswer") V1Answer<StatusResult> answer) {
    assertRead(answer, StatusResult::parse);
  }

  @Property(tries = 300)
  void detailsAnswers(@ForAll("detailsAnswer") V1Answer<PaymentDetails> answer) {
    assertRead(answer, PaymentDetails::parse);
  }

  @Property(tries = 300)
  void revocationAnswers(@ForAll("revocationAnswer") V1Answer<RevocationList> answer) {
    assertRead(answer, RevocationList::parse);
  }

  @Property(tries = 300)
  void serverAnswers(@ForAll("serverAnswer") V1Answer<ServerStatus> answer) {
    assertRead(answer, ServerStatus::parse);
  }

  private static <R extends V1Result> void assertRead(
      V1Answer<R> answer, Function<JsonObject, R> parse) {
    assertThat(V1Answer.parse(JsonObject.parse(answer.toJson()), parse)).isEqualTo(answer);
  }

  @Provide
  Arbitrary<GenerateProProofRequest> proofRequest() {
    return V1Arbitraries.generateProProofRequests();
  }

  @Provide
  Arbitrary<GetProStatusRequest> statusRequest() {
    return V1Arbitraries.getProStatusRequests();
  }

  @Provide
  Arbitrary<GetPaymentDetailsRequest> detailsRequest() {
    return V1Arbitraries.getPaymentDetailsRequests();
  }

  @Provide
  Arbitrary<GetProRevocationsRequest> revocationRequest() {
    return V1Arbitraries.getProRevocationsRequests();
  }

  @Provide
  Arbitrary<V1Answer<ProofResult>> proofAnswer() {
    return V1Arbitraries.proofAnswers();
  }

  @Provide
  Arbitrary<V1Answer<StatusResult>> statusAnswer() {
    return V1Arbitraries.statusAnswers();
  }

  @Provide
  Arbitrary<V1Answer<PaymentDetails>> detailsAnswer() {
    return V1Arbitraries.detailsAnswers();
  }

  @Provide
  Arbitrary<V1Answer<RevocationList>> revocationAnswer() {
    return V1Arbitraries.revocationAnswers();
  }

  @Provide
  Arbitrary<V1Answer<ServerStatus>> serverAnswer() {
    return V1Arbitraries.serverAnswers();
  }
}
