package org.sessionpro.protocol.onion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;
import org.sessionpro.protocol.BackendKey;
import org.sessionpro.protocol.ByteString;
import org.sessionpro.protocol.crypto.Aead;
import org.sessionpro.protocol.crypto.AgreementKey;
import org.sessionpro.protocol.crypto.Crypto;
import org.sessionpro.protocol.crypto.Seed;
import org.sessionpro.protocol.onion.OnionReply.ContentType;
import org.sessionpro.protocol.vectors.VectorHome;
import org.sessionpro.protocol.vectors.VectorSuite;

/// Every case of `onion-v4.json` that needs no HTTP server.
class OnionVectorsTest {
  private final Crypto crypto = Crypto.selfTested();
  private final VectorSuite suite = VectorSuite.of("onion-v4.json");
  private final JsonNode keys = suite.root().get("keys");
  private final AgreementKey serverKey =
      crypto.agreementKey(Seed.fromHex(text(keys, "server_ed25519_seed")));
  private final AgreementKey clientKey =
      new AgreementKey(bytes(keys, "client_x25519_priv"), bytes(keys, "client_x25519_pub"));

  @TestFactory
  Stream<DynamicNode> onionV4() {
    return suite
        .answersFor(VectorHome.ONION_CODECS)
        .run("keys", this::derivesKeys)
        .run("public_dev_backend_keys", this::convertsPublicKey)
        .run("requests", this::opensRequest)
        .run("responses", this::sealsAndOpensReply)
        .run("malformed_outer", this::rejectsOuterBody)
        .run("malformed_inner", this::answersMalformed)
        .elsewhere("dispatch")
        .elsewhere("http")
        .tests();
  }

  private void derivesKeys(JsonNode vector) {
    assertThat(serverKey.privateKey()).isEqualTo(bytes(vector, "server_x25519_priv"));
    assertThat(serverKey.publicKey()).isEqualTo(bytes(vector, "server_x25519_pub"));
    ByteString signingKey = crypto.signingKey(seed(vector)).publicKey();
    assertThat(signingKey).isEqualTo(bytes(vector, "server_ed25519_pub"));
    assertThat(crypto.agreementPublicKey(new BackendKey(signingKey)))
        .isEqualTo(serverKey.publicKey());
    assertThat(agreedSecret(clientKey.publicKey()))
        .isEqualTo(bytes(vector, "x25519_shared_secret"));
    assertThat(derivedKey(Aead.XCHACHA20_POLY1305, clientKey.publicKey()))
        .isEqualTo(bytes(vector, "key_xchacha20_poly1305"));
    assertThat(derivedKey(Aead.AES_256_GCM, clientKey.publicKey()))
        .isEqualTo(bytes(vector, "key_aes_gcm"));
  }

  private void convertsPublicKey(JsonNode vector) {
    BackendKey key = BackendKey.fromHex(text(vector, "ed25519_pub"));
    assertThat(crypto.agreementPublicKey(key)).isEqualTo(bytes(vector, "x25519_pub"));
  }

  private void opensRequest(JsonNode vector) {
    byte[] body = raw(vector, "outer_body");
    OuterBody outer = OuterBody.parse(body);
    assertThat(outer.aead()).isEqualTo(aead(vector));
    assertThat(derivedKey(outer.aead(), outer.ephemeralKey())).isEqualTo(bytes(vector, "key"));
    OnionCipher cipher =
        suite(new SecureRandom())
            .forServer(outer.aead(), crypto.agreement(serverKey), outer.ephemeralKey())
            .orElseThrow();
    assertThat(cipher.open(body, OuterBody.OFFSET, outer.length()).map(ByteString::of))
        .contains(bytes(vector, "plaintext"));

    JsonNode expected = vector.get("expect");
    OnionRequest request = server(new SecureRandom()).open(body).request().orElseThrow();
    assertThat(request.method()).isEqualTo(text(expected, "method"));
    assertThat(request.path()).isEqualTo(text(expected, "endpoint"));
    assertThat(request.query()).isEmpty();
    assertThat(request.body()).isEqualTo(bytes(expected, "body"));
    assertThat(request.headers()).hasSameSizeAs(expected.get("headers"));
    expected
        .get("headers")
        .properties()
        .forEach(header ->
            assertThat(request.headers())
                .containsEntry(
                    header.getKey().toLowerCase(Locale.ROOT), header.getValue().asText()));
  }

  private void sealsAndOpensReply(JsonNode vector) {
    JsonNode decoded = vector.get("decoded");
    ContentType type =
        ContentType.ofValue(decoded.at("/headers/content-type").asText()).orElseThrow();
    OnionReply reply =
        new OnionReply(decoded.get("code").asInt(), type, Optional.empty(), bytes(decoded, "body"));
    assertThat(ByteString.of(ReplyPlaintext.write(reply))).isEqualTo(bytes(vector, "plaintext"));
    assertThat(derivedKey(aead(vector), clientKey.publicKey())).isEqualTo(bytes(vector, "key"));

    SealedOnion sealed = sealAsClient(aead(vector));
    OpenedOnion opened = server(new FixedRandom(text(vector, "nonce"))).open(sealed.outerBody());
    byte[] httpBody = opened.seal(reply);
    assertThat(ByteString.of(httpBody)).isEqualTo(bytes(vector, "http_body"));
    assertThat(sealed.open(httpBody)).isEqualTo(reply);
  }

  private SealedOnion sealAsClient(Aead aead) {
    FixedRandom random =
        new FixedRandom(text(keys, "client_x25519_priv"), "00".repeat(aead.nonceSize()));
    OnionRequest request =
        new OnionRequest("POST", "/", Optional.empty(), Map.of(), ByteString.of(new byte[0]));
    return new OnionClient(crypto, serverKey.publicKey(), random).seal(request, aead);
  }

  private void rejectsOuterBody(JsonNode vector) {
    assertThat(vector.at("/expect/http").asInt()).isEqualTo(400);
    assertThatThrownBy(() -> server(new SecureRandom()).open(raw(vector, "outer_body")))
        .isExactlyInstanceOf(OnionRejected.class);
  }

  private void answersMalformed(JsonNode vector) {
    byte[] body = raw(vector, "outer_body");
    OpenedOnion opened = server(new SecureRandom()).open(body);
    assertThat(opened.request()).isEmpty();

    byte[] httpBody = opened.seal(OnionReply.MALFORMED);
    byte[] plaintext =
        suite(new SecureRandom())
            .forClient(OuterBody.parse(body).aead(), clientKey, serverKey.publicKey())
            .orElseThrow()
            .open(httpBody, 0, httpBody.length)
            .orElseThrow();
    OnionReply reply = ReplyPlaintext.read(plaintext).orElseThrow();
    JsonNode expected = vector.get("expect");
    assertThat(reply.code()).isEqualTo(expected.get("code").asInt());
    assertThat(reply.contentType().value()).isEqualTo(text(expected, "content-type"));
    assertThat(reply.body()).isEqualTo(bytes(expected, "body"));
  }

  private OnionServer server(SecureRandom random) {
    return new OnionServer(crypto, serverKey, List.of(), random);
  }

  private OnionCipher.Suite suite(SecureRandom random) {
    return new OnionCipher.Suite(crypto, random);
  }

  private ByteString agreedSecret(ByteString ephemeralKey) {
    return ByteString.of(crypto.agree(serverKey, ephemeralKey.toByteArray()).orElseThrow());
  }

  private ByteString derivedKey(Aead aead, ByteString ephemeralKey) {
    return ByteString.of(
        OnionCipher.deriveKey(
            crypto,
            aead,
            agreedSecret(ephemeralKey).toByteArray(),
            ephemeralKey,
            serverKey.publicKey()));
  }

  private static Aead aead(JsonNode vector) {
    return switch (text(vector, "aead")) {
      case "aes-256-gcm" -> Aead.AES_256_GCM;
      case "xchacha20-poly1305" -> Aead.XCHACHA20_POLY1305;
      default -> throw new IllegalArgumentException(text(vector, "aead"));
    };
  }

  private static Seed seed(JsonNode vector) {
    return Seed.fromHex(text(vector, "server_ed25519_seed"));
  }

  private static ByteString bytes(JsonNode vector, String field) {
    return ByteString.fromHex(text(vector, field));
  }

  private static byte[] raw(JsonNode vector, String field) {
    return HexFormat.of().parseHex(text(vector, field));
  }

  private static String text(JsonNode vector, String field) {
    return vector.get(field).asText();
  }
}
