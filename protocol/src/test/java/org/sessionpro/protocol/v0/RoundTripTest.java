package org.sessionpro.protocol.v0;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.Consumer;
import java.util.function.Function;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.sessionpro.protocol.json.JsonObject;
import org.sessionpro.protocol.v0.clients.LibsessionClient;
import org.sessionpro.protocol.v0.clients.ReleasedClients;

/// What is written is what is read, here and by the released clients, for everything that v0 can
/// carry.
class RoundTripTest {
  @Provide
  Arbitrary<V0Request> requests() {
    return V0Arbitraries.requests();
  }

  @Property
  void requests(@ForAll("requests") V0Request request) {
    JsonObject body = JsonObject.parse(request.toJson());
    V0Request read =
        switch (request) {
          case AddProPaymentRequest ignored -> AddProPaymentRequest.parse(body);
          case GenerateProProofRequest r -> GenerateProProofRequest.parse(body, r.timestamp());
          case GetProRevocationsRequest ignored -> GetProRevocationsRequest.parse(body);
          case GetProDetailsRequest r -> GetProDetailsRequest.parse(body, r.timestamp());
          case SetPaymentRefundRequestedRequest r ->
              SetPaymentRefundRequestedRequest.parse(body, r.timestamp());
        };
    assertThat(read).isEqualTo(request);
  }

  @Provide
  Arbitrary<DevTerms> devTerms() {
    return V0Arbitraries.devTerms();
  }

  @Property
  void termsOfDevelopment(@ForAll("devTerms") DevTerms terms) {
    byte[] body = Samples.add(Samples.APPLE).toJson(terms);
    assertThat(DevTerms.parse(JsonObject.parse(body))).isEqualTo(terms);
  }

  @Provide
  Arbitrary<ProProof> proofs() {
    return V0Arbitraries.proofs();
  }

  @Property
  void proofs(@ForAll("proofs") ProProof proof) {
    assertReadBack(proof, ProProof::parse, ReleasedClients::acceptProof);
  }

  @Provide
  Arbitrary<ProRevocations> revocations() {
    return V0Arbitraries.revocations();
  }

  @Property
  void revocations(@ForAll("revocations") ProRevocations revocations) {
    assertReadBack(revocations, ProRevocations::parse, ReleasedClients::acceptRevocations);
  }

  @Provide
  Arbitrary<ProDetails> details() {
    return V0Arbitraries.details();
  }

  @Property(tries = 300)
  void details(@ForAll("details") ProDetails details) {
    // Android knows no subscriber without payments, which a server never answers to its request.
    boolean withoutItems = details.status() != UserStatus.NEVER && details.items().isEmpty();
    assertReadBack(
        details,
        ProDetails::parse,
        withoutItems ? LibsessionClient::acceptDetails : ReleasedClients::acceptDetails);
  }

  @Property(tries = 2)
  void refunds(@ForAll boolean updated) {
    assertReadBack(
        new RefundRequestedResult(updated),
        RefundRequestedResult::parse,
        ReleasedClients::acceptRefund);
  }

  @Provide
  Arbitrary<V0Answer.Failure<ProProof>> failures() {
    return Arbitraries.integers()
        .greaterOrEqual(1)
        .flatMap(status ->
            Arbitraries.strings()
                .ofMinLength(1)
                .list()
                .ofMinSize(1)
                .ofMaxSize(5)
                .map(errors -> new V0Answer.Failure<ProProof>(status, errors)));
  }

  @Property
  void failures(@ForAll("failures") V0Answer.Failure<ProProof> failure) {
    ReleasedClients.acceptAdd(failure.toJson());
    assertThat(V0Answer.parse(JsonObject.parse(failure.toJson()), ProProof::parse))
        .isEqualTo(failure);
  }

  private static <R extends V0Result> void assertReadBack(
      R result, Function<JsonObject, R> parser, Consumer<byte[]> clients) {
    V0Answer<R> answer = new V0Answer.Success<>(result);
    clients.accept(answer.toJson());
    assertThat(V0Answer.parse(JsonObject.parse(answer.toJson()), parser)).isEqualTo(answer);
  }
}
