package org.sessionpro.protocol.crypto;

import java.security.GeneralSecurityException;

/// An X25519 library that answers as a test wants.
record FakeX25519(Curve curve) implements X25519 {
  /// Answers in place of the curve.
  @FunctionalInterface
  interface Curve {
    byte[] agree(byte[] privateKey, byte[] peer) throws GeneralSecurityException;
  }

  @Override
  public String library() {
    return "fake";
  }

  @Override
  public Half half(byte[] privateKey) {
    byte[] own = privateKey.clone();
    return peer -> curve.agree(own, peer);
  }
}
