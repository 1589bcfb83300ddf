package org.sessionpro.protocol.crypto;

import java.security.GeneralSecurityException;

/// An Ed25519 library that errs as a test wants, and is right otherwise.
record FakeEd25519(Verifier verifier, Ed25519.Signer alteration) implements Ed25519 {
  private static final Ed25519 RIGHT = BouncyCastleCurves.ed25519();

  /// Answers in place of the equation.
  @FunctionalInterface
  interface Verifier {
    boolean verify(byte[] key, byte[] message, byte[] signature) throws GeneralSecurityException;
  }

  /// Verifies in its own way.
  static FakeEd25519 verifying(Verifier verifier) {
    return new FakeEd25519(verifier, signature -> signature);
  }

  /// Changes every signature that it makes.
  static FakeEd25519 signing(Ed25519.Signer alteration) {
    return new FakeEd25519(RIGHT::verify, alteration);
  }

  @Override
  public String library() {
    return "fake";
  }

  @Override
  public boolean verify(byte[] key, byte[] message, byte[] signature)
      throws GeneralSecurityException {
    return verifier.verify(key, message, signature);
  }

  @Override
  public Signer signer(byte[] seed, byte[] publicKey) throws GeneralSecurityException {
    Signer right = RIGHT.signer(seed, publicKey);
    return message -> alteration.sign(right.sign(message));
  }
}
