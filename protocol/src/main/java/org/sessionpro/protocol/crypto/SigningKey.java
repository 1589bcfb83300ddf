package org.sessionpro.protocol.crypto;

import org.sessionpro.protocol.ByteString;
import org.sessionpro.protocol.Signature;

/// An Ed25519 key pair that can sign; made by [Crypto#signingKey(Seed)]. Safe for any number of
/// threads.
public interface SigningKey {
  /// The encoded public point, 32 bytes; wrap it in the key type of its role.
  ByteString publicKey();

  /// The deterministic signature of RFC 8032 over `message`, no pre-hash.
  Signature sign(byte[] message);
}
