package org.sessionpro.protocol;

/// An Ed25519 public key in one of the three roles of the protocol (`wire-v1.md` §4).
///
/// Any 32 bytes are representable: whether they are an acceptable point is decided when a signature
/// is verified, never when a request is parsed.
public sealed interface PublicKey permits MasterKey, RotatingKey, BackendKey {
  /// Length of an encoded key in bytes.
  int SIZE = 32;

  /// The encoded point, 32 bytes.
  ByteString bytes();

  /// The encoded point as 64 lower-case hex digits.
  default String hex() {
    return bytes().hex();
  }
}
