package org.sessionpro.protocol.onion;

import java.security.SecureRandom;
import org.sessionpro.protocol.ByteString;
import org.sessionpro.protocol.crypto.Aead;
import org.sessionpro.protocol.crypto.AgreementKey;
import org.sessionpro.protocol.crypto.Crypto;

/// The client's side of onion v4: the innermost layer, as the exit node hands it to the server
/// (`onion-requests.md`). Immutable, safe for any number of threads.
public final class OnionClient {
  private final OnionCipher.Suite suite;
  private final ByteString serverKey;

  /// @param serverKey the server's X25519 key, 32 bytes; see [Crypto#agreementPublicKey]
  /// @param random source of ephemeral keys and nonces
  public OnionClient(Crypto crypto, ByteString serverKey, SecureRandom random) {
    serverKey.requireSize(32);
    this.suite = new OnionCipher.Suite(crypto, random);
    this.serverKey = serverKey;
  }

  /// Encrypts `request` under a key of its own.
  ///
  /// @throws IllegalArgumentException if the server's key is of small order
  public SealedOnion seal(OnionRequest request, Aead aead) {
    AgreementKey ephemeral = suite.crypto().freshAgreementKey(suite.random());
    OnionCipher cipher =
        suite
            .forClient(aead, ephemeral, serverKey)
            .orElseThrow(() -> new IllegalArgumentException("the server's key is no key"));
    byte[] sealed = cipher.seal(RequestPlaintext.write(request));
    return new SealedOnion(cipher, OuterBody.write(sealed, ephemeral.publicKey(), aead));
  }
}
