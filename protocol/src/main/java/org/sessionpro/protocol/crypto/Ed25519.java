package org.sessionpro.protocol.crypto;

import java.security.GeneralSecurityException;

/// Ed25519 (RFC 8032, pure) as one library computes it, without the rules of ours that come before
/// it. Safe for any number of threads.
interface Ed25519 {
  /// Name and version of the library.
  String library();

  /// Whether the equation of a signature holds. The caller has applied [Ed25519Filter]; a library
  /// may refuse a key or a signature by `false` or by any exception.
  boolean verify(byte[] key, byte[] message, byte[] signature) throws GeneralSecurityException;

  /// Imports a private key once, to sign many times.
  ///
  /// @param seed 32 bytes
  /// @param publicKey 32 bytes, the public half of `seed`
  Signer signer(byte[] seed, byte[] publicKey) throws GeneralSecurityException;

  /// One imported private key. Safe for any number of threads.
  @FunctionalInterface
  interface Signer {
    /// The 64 bytes `R ‖ S`.
    byte[] sign(byte[] message) throws GeneralSecurityException;
  }
}
