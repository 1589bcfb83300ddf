package org.sessionpro.protocol.onion;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Optional;
import org.sessionpro.protocol.ByteString;
import org.sessionpro.protocol.crypto.Aead;
import org.sessionpro.protocol.crypto.Agreement;
import org.sessionpro.protocol.crypto.AgreementKey;
import org.sessionpro.protocol.crypto.Blake2bParameters;
import org.sessionpro.protocol.crypto.Crypto;

/// The key of one exchange, which opens its request and seals its reply (`onion-requests.md` §5).
/// Never printed; dropped with the exchange.
final class OnionCipher {
  private static final byte[] HMAC_KEY = "LOKI".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] NO_ASSOCIATED_DATA = {};

  private final Crypto crypto;
  private final SecureRandom random;
  private final Aead aead;
  private final byte[] key;

  private OnionCipher(Crypto crypto, SecureRandom random, Aead aead, byte[] key) {
    this.crypto = crypto;
    this.random = random;
    this.aead = aead;
    this.key = key;
  }

  /// The libraries and the randomness that every exchange of a server or a client uses.
  record Suite(Crypto crypto, SecureRandom random) {
    /// As the server sees it; empty if the shared secret is all zero.
    Optional<OnionCipher> forServer(Aead aead, Agreement server, ByteString client) {
      return server
          .with(client.toByteArray())
          .map(secret -> cipher(aead, secret, client, server.publicKey()));
    }

    /// As the client sees it; empty if the shared secret is all zero.
    Optional<OnionCipher> forClient(Aead aead, AgreementKey client, ByteString server) {
      return crypto
          .agree(client, server.toByteArray())
          .map(secret -> cipher(aead, secret, client.publicKey(), server));
    }

    private OnionCipher cipher(
        Aead aead, byte[] secret, ByteString clientKey, ByteString serverKey) {
      byte[] key = deriveKey(crypto, aead, secret, clientKey, serverKey);
      Arrays.fill(secret, (byte) 0);
      return new OnionCipher(crypto, random, aead, key);
    }
  }

  /// The 32-byte key of both directions. The client's key comes first whoever computes it, and as
  /// it was received: neither masked nor reduced.
  static byte[] deriveKey(
      Crypto crypto, Aead aead, byte[] secret, ByteString clientKey, ByteString serverKey) {
    return switch (aead) {
      case XCHACHA20_POLY1305 ->
          crypto.blake2b256(
              Blake2bParameters.PLAIN, secret, clientKey.toByteArray(), serverKey.toByteArray());
      case AES_256_GCM -> crypto.hmacSha256(HMAC_KEY, secret);
    };
  }

  /// Opens nonce ‖ ciphertext ‖ tag; empty if it is too short or the tag does not match.
  Optional<byte[]> open(byte[] source, int offset, int length) {
    int nonceSize = aead.nonceSize();
    if (length < nonceSize + Aead.TAG_SIZE) {
      return Optional.empty();
    }
    byte[] nonce = Arrays.copyOfRange(source, offset, offset + nonceSize);
    return crypto.open(
        aead, key, nonce, NO_ASSOCIATED_DATA, source, offset + nonceSize, length - nonceSize);
  }

  /// Seals under a fresh nonce: nonce ‖ ciphertext ‖ tag.
  byte[] seal(byte[] plaintext) {
    byte[] nonce = new byte[aead.nonceSize()];
    random.nextBytes(nonce);
    byte[] sealed = crypto.seal(aead, key, nonce, NO_ASSOCIATED_DATA, plaintext);
    byte[] message = Arrays.copyOf(nonce, nonce.length + sealed.length);
    System.arraycopy(sealed, 0, message, nonce.length, sealed.length);
    return message;
  }
}
