package org.sessionpro.protocol.crypto;

import java.security.InvalidKeyException;

/// Both curves in plain Java, by BouncyCastle's low-level classes: slower than the native libraries
/// and always there.
final class BouncyCastleCurves {
  private static final String LIBRARY = "BouncyCastle";

  private BouncyCastleCurves() {}

  static Ed25519 ed25519() {
    return new BouncyCastleEd25519();
  }

  static X25519 x25519() {
    return new BouncyCastleX25519();
  }

  /// The public half of an Ed25519 seed of 32 bytes.
  static byte[] ed25519PublicKey(byte[] seed) {
    byte[] publicKey = new byte[org.bouncycastle.math.ec.rfc8032.Ed25519.PUBLIC_KEY_SIZE];
    org.bouncycastle.math.ec.rfc8032.Ed25519.generatePublicKey(seed, 0, publicKey, 0);
    return publicKey;
  }

  private record BouncyCastleX25519() implements X25519 {
    @Override
    public String library() {
      return LIBRARY;
    }

    @Override
    public Half half(byte[] privateKey) {
      byte[] own = privateKey.clone();
      return peer -> {
        byte[] secret = new byte[org.bouncycastle.math.ec.rfc7748.X25519.POINT_SIZE];
        if (!org.bouncycastle.math.ec.rfc7748.X25519.calculateAgreement(
            own, 0, peer, 0, secret, 0)) {
          throw new InvalidKeyException("peer of small order");
        }
        return secret;
      };
    }
  }

  private record BouncyCastleEd25519() implements Ed25519 {
    @Override
    public String library() {
      return LIBRARY;
    }

    @Override
    public boolean verify(byte[] key, byte[] message, byte[] signature) {
      return org.bouncycastle.math.ec.rfc8032.Ed25519.verify(
          signature, 0, key, 0, message, 0, message.length);
    }

    @Override
    public Signer signer(byte[] seed, byte[] publicKey) {
      byte[] ownSeed = seed.clone();
      byte[] ownKey = publicKey.clone();
      return message -> {
        byte[] signature = new byte[org.bouncycastle.math.ec.rfc8032.Ed25519.SIGNATURE_SIZE];
        org.bouncycastle.math.ec.rfc8032.Ed25519.sign(
            ownSeed, 0, ownKey, 0, message, 0, message.length, signature, 0);
        return signature;
      };
    }
  }
}
