package org.sessionpro.protocol.crypto;

import org.sessionpro.protocol.ByteString;

/// An X25519 key pair. The private half is as powerful as the seed it may be derived from and is
/// never printed.
///
/// @param privateKey 32 bytes, clamped
/// @param publicKey 32 bytes
public record AgreementKey(ByteString privateKey, ByteString publicKey) {
  public AgreementKey {
    privateKey.requireSize(32);
    publicKey.requireSize(32);
  }

  @Override
  public String toString() {
    return "AgreementKey(" + publicKey.hex() + ")";
  }
}
