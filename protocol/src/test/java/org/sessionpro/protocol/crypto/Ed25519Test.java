package org.sessionpro.protocol.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.sessionpro.protocol.ByteString;
import org.sessionpro.protocol.MasterKey;
import org.sessionpro.protocol.Signature;
import org.sessionpro.protocol.vectors.VectorSuite;

/// Signatures of the contract, true and false, over every library.
class Ed25519Test {
  private static final JsonNode V0 = VectorSuite.of("wire-v0.json").root();
  private static final JsonNode V1 = VectorSuite.of("wire-v1.json").root();

  static Stream<Crypto> libraries() {
    return Libraries.ed25519();
  }

  @TestFactory
  Stream<DynamicTest> falseSignaturesOfV1AreRefused() {
    return overLibraries(
        V1.get("negative_signatures"),
        "name",
        (crypto, vector) ->
            assertThat(verifies(crypto, vector, "public_key", "message", "signature")).isFalse());
  }

  @TestFactory
  Stream<DynamicTest> falseSignaturesOfV0AreRefused() {
    return overLibraries(
        V0.get("negative"),
        "id",
        (crypto, vector) ->
            assertThat(verifies(crypto, vector, "public", "message_hex", "signature")).isFalse());
  }

  @TestFactory
  Stream<DynamicTest> proofsOfV1AreAccepted() {
    return overLibraries(
        V1.get("proofs"),
        "name",
        (crypto, vector) ->
            assertThat(verifies(crypto, vector, "backend_pkey", "message", "sig")).isTrue());
  }

  @TestFactory
  Stream<DynamicTest> signedMessagesOfV1AreReproduced() {
    return overLibraries(
        V1.get("signed_messages"),
        "name",
        (crypto, vector) ->
            vector
                .get("signatures")
                .properties()
                .forEach(signature -> {
                  Seed seed = Seed.fromHex(V1.at("/keys/" + signature.getKey() + "/seed").asText());
                  assertThat(crypto.signingKey(seed).sign(bytes(vector, "message")).hex())
                      .isEqualTo(signature.getValue().asText());
                }));
  }

  @ParameterizedTest
  @MethodSource("libraries")
  void publicKeyIsDerivedFromTheSeed(Crypto crypto) {
    for (JsonNode key : V1.get("keys")) {
      assertThat(crypto.signingKey(Seed.fromHex(key.get("seed").asText())).publicKey().hex())
          .isEqualTo(key.get("public").asText());
    }
  }

  @ParameterizedTest
  @MethodSource("libraries")
  void emptyMessageCanBeSigned(Crypto crypto) {
    // RFC 8032 §7.1, TEST 1.
    Seed seed = Seed.fromHex("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60");
    assertThat(crypto.signingKey(seed).sign(new byte[0]).hex())
        .isEqualTo(
            "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e06522490155"
                + "5fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b");
  }

  @ParameterizedTest
  @MethodSource("libraries")
  void oneKeySignsAndVerifiesOnManyThreads(Crypto crypto) throws Exception {
    SigningKey key = crypto.signingKey(Seed.fromHex("07".repeat(32)));
    MasterKey publicKey = new MasterKey(key.publicKey());
    List<Callable<Boolean>> tasks =
        IntStream.range(0, 400)
            .<Callable<Boolean>>mapToObj(i ->
                () -> {
                  byte[] message = ("message " + i).getBytes(StandardCharsets.UTF_8);
                  return crypto.verify(publicKey, message, key.sign(message));
                })
            .toList();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Future<Boolean> verified : threads.invokeAll(tasks)) {
        assertThat(verified.get()).isTrue();
      }
    }
  }

  @Test
  void secretsAreNotPrinted() {
    Seed seed = Seed.fromHex("0123456789abcdef".repeat(4));
    Crypto crypto = Crypto.selfTested();
    assertThat(seed + " " + crypto.signingKey(seed) + " " + crypto.agreementKey(seed))
        .doesNotContain("0123456789abcdef")
        .doesNotContain(crypto.agreementKey(seed).privateKey().hex());
  }

  private interface Assertion {
    void on(Crypto crypto, JsonNode vector);
  }

  private static Stream<DynamicTest> overLibraries(
      JsonNode vectors, String name, Assertion assertion) {
    assertThat(vectors).isNotEmpty();
    return Libraries.ed25519()
        .flatMap(crypto ->
            vectors
                .valueStream()
                .map(vector ->
                    DynamicTest.dynamicTest(
                        Libraries.signer(crypto) + ", " + vector.get(name).asText(),
                        () -> assertion.on(crypto, vector))));
  }

  private static boolean verifies(
      Crypto crypto, JsonNode vector, String key, String message, String signature) {
    return crypto.verify(
        new MasterKey(ByteString.of(bytes(vector, key))),
        bytes(vector, message),
        new Signature(ByteString.of(bytes(vector, signature))));
  }

  private static byte[] bytes(JsonNode vector, String field) {
    return HexFormat.of().parseHex(vector.get(field).asText());
  }
}
