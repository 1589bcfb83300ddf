package org.sessionpro.protocol.onion;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.sessionpro.protocol.ByteString;
import org.sessionpro.protocol.crypto.Aead;
import org.sessionpro.protocol.crypto.AgreementKey;
import org.sessionpro.protocol.crypto.Crypto;
import org.sessionpro.protocol.crypto.Seed;

/// A server and what clients send it, for tests that look at one detail of a request.
final class Exchange {
  static final Crypto CRYPTO = Crypto.selfTested();
  static final SecureRandom RANDOM = new SecureRandom();
  static final AgreementKey SERVER_KEY = CRYPTO.agreementKey(Seed.fromHex("01".repeat(32)));
  static final OnionServer SERVER = new OnionServer(CRYPTO, SERVER_KEY, List.of(), RANDOM);
  static final OnionClient CLIENT = new OnionClient(CRYPTO, SERVER_KEY.publicKey(), RANDOM);

  private static final AgreementKey CLIENT_KEY = CRYPTO.freshAgreementKey(RANDOM);

  private Exchange() {}

  static OnionRequest request(String path, byte[] body) {
    return new OnionRequest("POST", path, Optional.empty(), Map.of(), ByteString.of(body));
  }

  /// What the server makes of a plaintext, whatever it is.
  static Optional<OnionRequest> read(byte[] plaintext) {
    return SERVER.open(outerBody(plaintext, Aead.AES_256_GCM)).request();
  }

  /// What the server makes of that metadata, without a body.
  static Optional<OnionRequest> readMetadata(String json) {
    byte[] utf8 = json.getBytes(StandardCharsets.UTF_8);
    return read(Envelope.write(utf8, ByteString.of(new byte[0])));
  }

  /// A correctly encrypted outer body around any plaintext.
  static byte[] outerBody(byte[] plaintext, Aead aead) {
    return OuterBody.write(cipher(aead).seal(plaintext), CLIENT_KEY.publicKey(), aead);
  }

  /// A correctly encrypted outer body (AES-256-GCM) with any JSON behind the ciphertext; `%s` stands
  /// for the ephemeral key.
  static byte[] outerBody(String json) {
    byte[] sealed = cipher(Aead.AES_256_GCM).seal(new byte[0]);
    byte[] written = OuterBody.write(sealed, CLIENT_KEY.publicKey(), Aead.AES_256_GCM);
    byte[] text = json.replace("%s", CLIENT_KEY.publicKey().hex()).getBytes(StandardCharsets.UTF_8);
    int start = OuterBody.OFFSET + sealed.length;
    byte[] body = Arrays.copyOf(written, start + text.length);
    System.arraycopy(text, 0, body, start, text.length);
    return body;
  }

  private static OnionCipher cipher(Aead aead) {
    return new OnionCipher.Suite(CRYPTO, RANDOM)
        .forClient(aead, CLIENT_KEY, SERVER_KEY.publicKey())
        .orElseThrow();
  }
}
