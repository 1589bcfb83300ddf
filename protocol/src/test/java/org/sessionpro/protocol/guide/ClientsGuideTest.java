package org.sessionpro.protocol.guide;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.sessionpro.protocol.BackendKey;
import org.sessionpro.protocol.ByteString;
import org.sessionpro.protocol.OrderId;
import org.sessionpro.protocol.PurchaseToken;
import org.sessionpro.protocol.crypto.AgreementKey;
import org.sessionpro.protocol.crypto.Crypto;
import org.sessionpro.protocol.crypto.Seed;
import org.sessionpro.protocol.crypto.SigningKey;
import org.sessionpro.protocol.onion.SealedOnion;
import org.sessionpro.protocol.v0.PaymentTx;
import org.sessionpro.protocol.v0.ProProof;
import org.sessionpro.protocol.v0.ProRevocations;
import org.sessionpro.protocol.v1.KnownRevocations;
import org.sessionpro.protocol.v1.Proof;
import org.sessionpro.protocol.vectors.VectorSuite;

/// `docs/clients.md`: its examples are the code of this package, which gives the known answers.
class ClientsGuideTest {
  private static final Path PROJECT = Path.of("").toAbsolutePath().resolve("..").normalize();
  private static final Path EXAMPLES =
      PROJECT.resolve("protocol/src/test/java/org/sessionpro/protocol/guide");
  private static final Pattern BLOCK = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);
  private static final Pattern EXAMPLE =
      Pattern.compile("  // begin [a-z0-9-]+\n(.*?)  // end\n", Pattern.DOTALL);
  private static final ObjectMapper JSON = new ObjectMapper();

  private static final Crypto CRYPTO = Crypto.selfTested();
  private static final JsonNode V0 = VectorSuite.of("wire-v0.json").root();
  private static final JsonNode V1 = VectorSuite.of("wire-v1.json").root();
  private static final Instant NOW = Instant.ofEpochSecond(1_700_000_000);

  @Test
  void theGuideShowsTheseExamplesAndNoOthers() throws IOException {
    List<String> examples =
        Stream.of("V1Examples.java", "V0Examples.java")
            .flatMap(file -> blocks(EXAMPLE, EXAMPLES.resolve(file)))
            .map(ClientsGuideTest::outdented)
            .toList();

    assertThat(blocks(BLOCK, PROJECT.resolve("docs/clients.md")))
        .containsExactlyInAnyOrderElementsOf(examples);
  }

  @Test
  void aRequestOfV1IsTheKnownOne() throws IOException {
    byte[] request = V1Examples.proofRequest(key(V1, "master"), key(V1, "rotating"), NOW);

    assertThat(JSON.readTree(request)).isEqualTo(V1.at("/request_bodies/generate_pro_proof/body"));
  }

  @Test
  void questionsAboutAnAccountAreTheKnownOnes() throws IOException {
    assertThat(JSON.readTree(V1Examples.statusRequest(key(V1, "master"), NOW)))
        .isEqualTo(V1.at("/request_bodies/get_pro_status/body"));
    assertThat(JSON.readTree(V1Examples.paymentsRequest(key(V1, "master"), NOW, 10, "")))
        .isEqualTo(V1.at("/request_bodies/get_payment_details/body"));
  }

  @Test
  void theKnownProofEntitlesUntilItEndsOrIsRevoked() throws IOException {
    JsonNode known = V1.at("/proofs/0");
    Proof proof = V1Examples.proofIn(answer(known));
    BackendKey backend = BackendKey.fromHex(known.required("backend_pkey").textValue());
    KnownRevocations nothing = KnownRevocations.NONE;
    KnownRevocations revoked =
        V1Examples.learn(
            nothing,
            """
            {"status":"ok","result":{"ticket":7,"retry_in":86400,"retain_for":2678400,
            "items":[{"revocation_tag":"%s","effective_ts":%d}]}}\
            """
                .formatted(proof.tag().hex(), NOW.getEpochSecond())
                .getBytes(UTF_8),
            NOW);

    assertThat(V1Examples.entitles(CRYPTO, proof, backend, nothing, NOW)).isTrue();
    assertThat(V1Examples.entitles(CRYPTO, proof, backend, nothing, proof.expiry().plusNanos(1)))
        .isFalse();
    assertThat(V1Examples.entitles(CRYPTO, proof, backend, revoked, NOW)).isFalse();
    assertThat(JSON.readTree(V1Examples.poll(revoked))).isEqualTo(JSON.readTree("{\"ticket\":7}"));
  }

  private static byte[] answer(JsonNode proof) {
    return """
    {"status":"ok","result":{"revocation_tag":"%s","rotating_pkey":"%s","expiry_ts":%d,"sig":"%s",
    "account_expiry_ts":1704067200,"account_grace_period_duration":0,"account_auto_renewing":false}}\
    """
        .formatted(
            proof.required("revocation_tag").textValue(),
            proof.required("rotating_pkey").textValue(),
            proof.required("expiry_ts").longValue(),
            proof.required("sig").textValue())
        .getBytes(UTF_8);
  }

  @Test
  void aRequestOfV0IsTheKnownOne() throws IOException {
    JsonNode known = V0.at("/request_hashes/0");
    JsonNode tx = known.at("/inputs/payment_tx");
    PaymentTx.Google payment =
        new PaymentTx.Google(
            new PurchaseToken(tx.required("google_payment_token").textValue()),
            new OrderId(tx.required("google_order_id").textValue()));

    byte[] request = V0Examples.addRequest(CRYPTO, key(V0, "master"), key(V0, "rotating"), payment);

    assertThat(JSON.readTree(request)).isEqualTo(known.required("request_json"));
    JsonNode proof =
        JSON.readTree(V0Examples.proofRequest(CRYPTO, key(V0, "master"), key(V0, "rotating"), NOW));
    assertThat(proof.required("unix_ts_ms").longValue()).isEqualTo(NOW.toEpochMilli());
  }

  @Test
  void theKnownProofOfV0EntitlesUntilItEnds() {
    JsonNode known = V0.at("/proofs/0");
    ProProof proof =
        V0Examples.proofIn(
            ("{\"status\":0,\"result\":" + known.required("result_json") + "}").getBytes(UTF_8));
    BackendKey backend = BackendKey.fromHex(known.required("signer_public").textValue());
    Instant last = proof.expiry();

    assertThat(V0Examples.entitles(CRYPTO, proof, backend, ProRevocations.NONE, last)).isTrue();
    assertThat(
            V0Examples.entitles(
                CRYPTO, proof, backend, ProRevocations.NONE, last.plus(Duration.ofMillis(1))))
        .isFalse();
  }

  /// What the server makes of it is seen in the tests of the server; here, that it is sealed for it.
  @Test
  void anOnionIsSealedForTheServer() {
    JsonNode keys = V1.at("/keys/backend");
    BackendKey backend = BackendKey.fromHex(keys.required("public").textValue());
    AgreementKey server = CRYPTO.agreementKey(Seed.fromHex(keys.required("seed").textValue()));

    SealedOnion onion = V1Examples.onion(CRYPTO, backend, "/get_pro_status", "{}".getBytes(UTF_8));

    assertThat(server.publicKey()).isEqualTo(CRYPTO.agreementPublicKey(backend));
    assertThat(onion.outerBody()).isNotEmpty();
    assertThat(new String(onion.outerBody(), UTF_8)).doesNotContain("get_pro_status");
  }

  private static SigningKey key(JsonNode vectors, String name) {
    return CRYPTO.signingKey(
        new Seed(ByteString.fromHex(vectors.at("/keys/" + name + "/seed").textValue())));
  }

  private static Stream<String> blocks(Pattern pattern, Path file) {
    try {
      return pattern.matcher(Files.readString(file)).results().map(found -> found.group(1));
    } catch (IOException unreadable) {
      throw new AssertionError(unreadable);
    }
  }

  private static String outdented(String code) {
    return code.lines()
        .map(line -> line.startsWith("  ") ? line.substring(2) : line)
        .collect(Collectors.joining("\n"))
        .strip()
        .concat("\n");
  }
}
