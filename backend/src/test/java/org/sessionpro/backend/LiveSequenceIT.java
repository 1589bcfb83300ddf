package org.sessionpro.backend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sessionpro.backend.http.RawClient;
import org.sessionpro.backend.http.clients.StrictClients;
import org.sessionpro.protocol.BackendKey;
import org.sessionpro.protocol.OrderId;
import org.sessionpro.protocol.PurchaseToken;
import org.sessionpro.protocol.Ticket;
import org.sessionpro.protocol.crypto.Crypto;
import org.sessionpro.protocol.crypto.Seed;
import org.sessionpro.protocol.crypto.SigningKey;
import org.sessionpro.protocol.json.DecimalInteger;
import org.sessionpro.protocol.json.JsonObject;
import org.sessionpro.protocol.v0.AddProPaymentRequest;
import org.sessionpro.protocol.v0.GenerateProProofRequest;
import org.sessionpro.protocol.v0.GetProDetailsRequest;
import org.sessionpro.protocol.v0.GetProRevocationsRequest;
import org.sessionpro.protocol.v0.PaymentTx;
import org.sessionpro.protocol.v0.ProProof;
import org.sessionpro.protocol.v0.ProRevocations;
import org.sessionpro.protocol.v0.ProofVerdict;
import org.sessionpro.protocol.v0.SetPaymentRefundRequestedRequest;
import org.sessionpro.protocol.v0.V0Request;

/// The sequence by which a released client tests a development server, step by step, against the
/// packaged program with a fresh ledger (`wire-v0.md` §8).
class LiveSequenceIT {
  private static final BackendKey DEVELOPMENT_KEY =
      BackendKey.fromHex("fc947730f49eb01427a66e050733294d9e520e545c7a27125a780634e0860a27");
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final Crypto CRYPTO = Crypto.selfTested();

  private final SigningKey master = CRYPTO.signingKey(Seed.random(RANDOM));
  private final SigningKey rotating = CRYPTO.signingKey(Seed.random(RANDOM));

  @TempDir private Path directory;

  @Test
  void aReleasedClientsTestOfADevelopmentServerPasses() throws Exception {
    try (PackagedServer server = PackagedServer.start(directory, "--dev")) {
      Calls calls = new Calls(server.address());

      assertProof(calls.post(add(payment()), AddProPaymentRequest.PATH));

      assertProof(
          calls.post(
              GenerateProProofRequest.sign(CRYPTO, master, rotating, wholeSecond()),
              GenerateProProofRequest.PATH));

      JsonNode all = calls.post(details(10_000), GetProDetailsRequest.PATH);
      assertThat(all.path("status").intValue()).isEqualTo(1);
      assertThat(all.path("items")).hasSizeGreaterThanOrEqualTo(1);

      JsonNode none = calls.post(details(0), GetProDetailsRequest.PATH);
      assertThat(none.path("status").intValue()).isEqualTo(1);
      assertThat(none.path("items")).isEmpty();

      PaymentTx.Google second = payment();
      assertProof(calls.post(add(second), AddProPaymentRequest.PATH));

      JsonNode list =
          calls.post(
              new GetProRevocationsRequest(DecimalInteger.of(Ticket.ZERO.value())),
              GetProRevocationsRequest.PATH);
      assertThat(list.path("ticket").longValue()).isZero();
      assertThat(list.path("items")).isEmpty();

      JsonNode refund =
          calls.post(
              SetPaymentRefundRequestedRequest.sign(
                  CRYPTO, master, wholeSecond(), wholeSecond(), second),
              SetPaymentRefundRequestedRequest.PATH);
      assertThat(refund.path("version").intValue()).isZero();
      assertThat(refund.path("updated").booleanValue()).isTrue();
    }
  }

  /// Requests whose answers the clients understand and which succeed.
  private record Calls(InetSocketAddress server) {
    JsonNode post(V0Request request, String path) throws Exception {
      RawClient.Answer answer =
          StrictClients.post(server, path, "Content-Type: application/json\r\n", request.toJson());
      assertThat(answer.status()).isEqualTo(200);
      JsonNode body = JSON.readTree(answer.text());
      assertThat(body.path("status").intValue()).as("%s", body).isZero();
      return body.path("result");
    }
  }

  private AddProPaymentRequest add(PaymentTx.Google payment) {
    return AddProPaymentRequest.sign(CRYPTO, master, rotating, payment);
  }

  private GetProDetailsRequest details(long count) {
    return GetProDetailsRequest.sign(CRYPTO, master, wholeSecond(), count);
  }

  private static PaymentTx.Google payment() {
    return new PaymentTx.Google(new PurchaseToken("DEV." + hex16()), new OrderId("DEV." + hex16()));
  }

  private static String hex16() {
    byte[] bytes = new byte[8];
    RANDOM.nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }

  private static Instant wholeSecond() {
    return Instant.ofEpochSecond(Instant.now().getEpochSecond());
  }

  private void assertProof(JsonNode result) {
    ProProof proof =
        ProProof.parse(JsonObject.parse(result.toString().getBytes(StandardCharsets.UTF_8)));
    assertThat(proof.rotating().bytes()).isEqualTo(rotating.publicKey());
    assertThat(proof.verify(CRYPTO, DEVELOPMENT_KEY, Instant.now(), ProRevocations.NONE))
        .isEqualTo(ProofVerdict.VALID);
  }
}
