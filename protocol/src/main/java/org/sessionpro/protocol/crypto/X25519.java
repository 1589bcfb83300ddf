package org.sessionpro.protocol.crypto;

import java.security.GeneralSecurityException;

/// X25519 (RFC 7748) as one library computes it. Safe for any number of threads.
interface X25519 {
  /// Name and version of the library.
  String library();

  /// Imports a private key once, for many agreements: libraries compute its public half then.
  ///
  /// @param privateKey 32 bytes, clamped
  Half half(byte[] privateKey) throws GeneralSecurityException;

  /// One agreement of a key that is used no more. As [#half(byte[])] and [Half#agree(byte[])].
  default byte[] agree(byte[] privateKey, byte[] peer) throws GeneralSecurityException {
    return half(privateKey).agree(peer);
  }

  /// One imported private key. Safe for any number of threads.
  @FunctionalInterface
  interface Half {
    /// The shared secret, 32 bytes. The caller has refused the inputs that lead to all zeros
    /// ([LowOrder]), so an exception is a fault of the library.
    ///
    /// @param peer 32 bytes; bit 255 is masked, a non-canonical `u` accepted
    byte[] agree(byte[] peer) throws GeneralSecurityException;
  }
}
