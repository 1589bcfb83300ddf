package org.sessionpro.protocol.v0;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.sessionpro.protocol.BadRequest;
import org.sessionpro.protocol.Signature;
import org.sessionpro.protocol.fuzz.Allowed;
import org.sessionpro.protocol.fuzz.FuzzTarget;
import org.sessionpro.protocol.json.JsonObject;
import org.sessionpro.protocol.v0.clients.LibsessionClient;
import org.sessionpro.protocol.v0.clients.ReleasedClients;

/// Every request and every answer of v0: what is read is written as the same, what is written as an
/// answer is understood by the released clients, and no changed signature is authentic.
public final class V0Fuzz {
  private static final Allowed ALLOWED = Allowed.only(BadRequest.class);
  public static final FuzzTarget TARGET =
      new FuzzTarget("v0", V0Fuzz.class, V0Fuzz::fuzzerTestOneInput, ALLOWED);

  private V0Fuzz() {}

  public static void fuzzerTestOneInput(byte[] document) {
    Optional<JsonObject> object = ALLOWED.read(() -> JsonObject.parse(document));
    object.ifPresent(body -> {
      for (Endpoint endpoint : Endpoint.values()) {
        ALLOWED
            .read(() -> endpoint.parse(body, Samples.NOW))
            .ifPresent(request -> check(endpoint, request));
      }
      ALLOWED.read(() -> DevTerms.parse(body)).ifPresent(V0Fuzz::check);
      answer(body, ProProof::parse, ReleasedClients::acceptProof)
          .ifPresent(proof ->
              proof.verify(Samples.CRYPTO, Samples.BACKEND_KEY, Samples.NOW, ProRevocations.NONE));
      answer(body, ProRevocations::parse, ReleasedClients::acceptRevocations)
          .ifPresent(list -> list.revokes(Samples.TAG, Samples.NOW));
      answer(body, ProDetails::parse, V0Fuzz::acceptDetails);
      answer(body, RefundRequestedResult::parse, ReleasedClients::acceptRefund);
    });
  }

  private static void check(Endpoint endpoint, V0Request request) {
    byte[] written = request.toJson();
    V0Request again = endpoint.parse(JsonObject.parse(written), Samples.NOW);
    assertThat(again).isEqualTo(request);
    assertThat(again.toJson()).isEqualTo(written);
    switch (request) {
      case AddProPaymentRequest add -> {
        if (isAuthentic(add)) {
          assertThat(
                  isAuthentic(
                      new AddProPaymentRequest(
                          add.master(),
                          add.rotating(),
                          add.payment(),
                          changed(add.masterSignature()),
                          add.rotatingSignature())))
              .isFalse();
        }
      }
      case GenerateProProofRequest generate -> {
        if (isAuthentic(generate)) {
          assertThat(
                  isAuthentic(
                      new GenerateProProofRequest(
                          generate.master(),
                          generate.rotating(),
                          generate.timestamp(),
                          generate.masterSignature(),
                          changed(generate.rotatingSignature()))))
              .isFalse();
        }
      }
      case GetProDetailsRequest details -> {
        if (details.isAuthentic(Samples.CRYPTO)) {
          assertThat(
                  new GetProDetailsRequest(
                          details.master(),
                          details.timestamp(),
                          details.count() ^ 1,
                          details.masterSignature())
                      .isAuthentic(Samples.CRYPTO))
              .isFalse();
        }
      }
      case SetPaymentRefundRequestedRequest refund -> refund.isAuthentic(Samples.CRYPTO);
      case GetProRevocationsRequest poll -> poll.isOlderThan(ProRevocations.NONE.ticket());
    }
  }

  private static boolean isAuthentic(SignedByBoth request) {
    return request.authenticity(Samples.CRYPTO, Samples.BACKEND_KEY) == Authenticity.AUTHENTIC;
  }

  private static Signature changed(Signature signature) {
    String hex = signature.hex();
    char first = hex.charAt(0) == '0' ? '1' : '0';
    return Signature.fromHex(first + hex.substring(1));
  }

  private static void check(DevTerms terms) {
    byte[] written = Samples.add(Samples.APPLE).toJson(terms);
    assertThat(DevTerms.parse(JsonObject.parse(written))).isEqualTo(terms);
  }

  /// Reads the body as an answer and checks that.
  private static <R extends V0Result> Optional<R> answer(
      JsonObject body, Function<JsonObject, R> result, Consumer<byte[]> clients) {
    Optional<V0Answer<R>> read = ALLOWED.read(() -> V0Answer.parse(body, result));
    return read.flatMap(answer -> {
      byte[] written = answer.toJson();
      clients.accept(written);
      assertThat(V0Answer.parse(JsonObject.parse(written), result)).isEqualTo(answer);
      return answer instanceof V0Answer.Success<R>(R value) ? Optional.of(value) : Optional.empty();
    });
  }

  /// Android knows no subscriber without payments, which a server never answers to its request.
  private static void acceptDetails(byte[] answer) {
    boolean items =
        switch (V0Answer.parse(JsonObject.parse(answer), ProDetails::parse)) {
          case V0Answer.Success<ProDetails>(ProDetails details) ->
              details.status() == UserStatus.NEVER || !details.items().isEmpty();
          case V0Answer.Failure<ProDetails> _ -> true;
        };
    if (items) {
      ReleasedClients.acceptDetails(answer);
    } else {
      LibsessionClient.acceptDetails(answer);
    }
  }
}
