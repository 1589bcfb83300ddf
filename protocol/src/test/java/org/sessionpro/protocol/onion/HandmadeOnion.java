package org.sessionpro.protocol.onion;

import java.security.SecureRandom;
import org.sessionpro.protocol.ByteString;
import org.sessionpro.protocol.crypto.Aead;
import org.sessionpro.protocol.crypto.AgreementKey;
import org.sessionpro.protocol.crypto.Crypto;

/// Onion requests that are correct outside, whatever they hold.
public final class HandmadeOnion {
  private static final SecureRandom RANDOM = new SecureRandom();

  private final OnionCipher.Suite suite;
  private final ByteString serverKey;
  private final AgreementKey clientKey;

  /// @param serverKey the server's X25519 key, 32 bytes
  public HandmadeOnion(Crypto crypto, ByteString serverKey) {
    this.suite = new OnionCipher.Suite(crypto, RANDOM);
    this.serverKey = serverKey;
    this.clientKey = crypto.freshAgreementKey(RANDOM);
  }

  /// Any plaintext, correctly encrypted.
  public SealedOnion seal(byte[] plaintext, Aead aead) {
    OnionCipher cipher = suite.forClient(aead, clientKey, serverKey).orElseThrow();
    byte[] outer = OuterBody.write(cipher.seal(plaintext), clientKey.publicKey(), aead);
    return new SealedOnion(cipher, outer);
  }
}
