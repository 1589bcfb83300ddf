package org.sessionpro.protocol.onion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.sessionpro.protocol.ByteString;
import org.sessionpro.protocol.crypto.Aead;
import org.sessionpro.protocol.crypto.AgreementKey;
import org.sessionpro.protocol.crypto.Seed;
import org.sessionpro.protocol.vectors.VectorSuite;

/// Keys of the server, old ones included (`decisions.md` §1), and the exchange of `wire-v1.json`.
class OnionServerTest {
  private static final OnionReply REPLY = OnionReply.json(ByteString.of(new byte[] {'{', '}'}));
  private static final JsonNode VECTOR = VectorSuite.of("wire-v1.json").root().get("onion_v4");

  @ParameterizedTest
  @EnumSource
  void clientWithAnOldConstantIsAnsweredUnderIt(Aead aead) {
    OnionServer server =
        new OnionServer(Exchange.CRYPTO, key("02"), List.of(key("03"), key("04")), Exchange.RANDOM);
    for (AgreementKey known : List.of(key("02"), key("03"), key("04"))) {
      SealedOnion sealed = client(known).seal(Exchange.request("/x", new byte[0]), aead);
      OpenedOnion opened = server.open(sealed.outerBody());
      assertThat(opened.request()).isPresent();
      assertThat(sealed.open(opened.seal(REPLY))).isEqualTo(REPLY);
    }
  }

  @ParameterizedTest
  @EnumSource
  void keyOfAnotherServerIsRejected(Aead aead) {
    OnionServer server =
        new OnionServer(Exchange.CRYPTO, key("02"), List.of(key("03")), Exchange.RANDOM);
    SealedOnion sealed = client(key("05")).seal(Exchange.request("/x", new byte[0]), aead);
    assertThatThrownBy(() -> server.open(sealed.outerBody())).isInstanceOf(OnionRejected.class);
  }

  @ParameterizedTest
  @EnumSource
  void everyReplyHasANonceOfItsOwn(Aead aead) {
    SealedOnion sealed = Exchange.CLIENT.seal(Exchange.request("/x", new byte[0]), aead);
    OpenedOnion opened = Exchange.SERVER.open(sealed.outerBody());
    assertThat(nonce(opened.seal(REPLY), aead))
        .isNotEqualTo(nonce(opened.seal(REPLY), aead))
        .isNotEqualTo(ByteString.of(sealed.outerBody(), OuterBody.OFFSET, aead.nonceSize()));
  }

  private static ByteString nonce(byte[] httpBody, Aead aead) {
    return ByteString.of(httpBody, 0, aead.nonceSize());
  }

  @Test
  void requestOfWireV1IsOpenedAndAnswered() {
    OnionServer server = vectorServer(new FixedRandom(text("/response_nonce")));
    OpenedOnion opened = server.open(HexFormat.of().parseHex(text("/request_post_body")));
    OnionRequest request = opened.request().orElseThrow();
    assertThat(request.method()).isEqualTo("POST");
    assertThat(request.path()).isEqualTo("/get_pro_revocations");
    assertThat(request.headers()).isEqualTo(Map.of("content-type", "application/json"));
    assertThat(request.body()).isEqualTo(utf8("{\"ticket\":0}"));

    byte[] httpBody = opened.seal(OnionReply.json(responseBody()));
    assertThat(HexFormat.of().formatHex(httpBody)).isEqualTo(text("/response_body"));
  }

  @Test
  void responseOfWireV1IsReadByTheClient() {
    FixedRandom random = new FixedRandom(text("/ephemeral_private"), text("/request_nonce"));
    SealedOnion sealed =
        new OnionClient(Exchange.CRYPTO, ByteString.fromHex(text("/server_x25519_public")), random)
            .seal(Exchange.request("/x", new byte[0]), Aead.XCHACHA20_POLY1305);
    assertThat(sealed.open(HexFormat.of().parseHex(text("/response_body"))))
        .isEqualTo(OnionReply.json(responseBody()));
  }

  @Test
  void aesGcmRequestOfWireV1IsOpened() {
    byte[] body = HexFormat.of().parseHex(text("/aes_gcm/request_post_body"));
    OnionRequest request = vectorServer(new FixedRandom()).open(body).request().orElseThrow();
    assertThat(request.path()).isEqualTo("/get_pro_revocations");
    assertThat(request.body()).isEqualTo(utf8("{\"ticket\":0}"));
  }

  @Test
  void keysOfWireV1AreDerived() {
    OuterBody outer = OuterBody.parse(HexFormat.of().parseHex(text("/request_post_body")));
    assertThat(outer.ephemeralKey().hex()).isEqualTo(text("/ephemeral_public"));
    AgreementKey server = vectorServerKey();
    assertThat(server.publicKey().hex()).isEqualTo(text("/server_x25519_public"));
    assertThat(derivedKey(server, outer, Aead.XCHACHA20_POLY1305)).isEqualTo(text("/shared_key"));
    assertThat(derivedKey(server, outer, Aead.AES_256_GCM)).isEqualTo(text("/aes_gcm/key"));
  }

  private static String derivedKey(AgreementKey server, OuterBody outer, Aead aead) {
    ByteString client = outer.ephemeralKey();
    byte[] secret = Exchange.CRYPTO.agree(server, client.toByteArray()).orElseThrow();
    return HexFormat.of()
        .formatHex(
            OnionCipher.deriveKey(Exchange.CRYPTO, aead, secret, client, server.publicKey()));
  }

  private static ByteString responseBody() {
    String plaintext = text("/response_plaintext");
    int start = plaintext.indexOf(":{\"status\"") + 1;
    return utf8(plaintext.substring(start, plaintext.length() - 1));
  }

  private static OnionServer vectorServer(FixedRandom random) {
    return new OnionServer(Exchange.CRYPTO, vectorServerKey(), List.of(), random);
  }

  private static AgreementKey vectorServerKey() {
    return key("03");
  }

  private static AgreementKey key(String seedByte) {
    return Exchange.CRYPTO.agreementKey(Seed.fromHex(seedByte.repeat(32)));
  }

  private static OnionClient client(AgreementKey server) {
    return new OnionClient(Exchange.CRYPTO, server.publicKey(), Exchange.RANDOM);
  }

  private static ByteString utf8(String text) {
    return ByteString.of(text.getBytes(StandardCharsets.UTF_8));
  }

  private static String text(String pointer) {
    return VECTOR.at(pointer).asText();
  }
}
