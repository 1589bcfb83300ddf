package org.sessionpro.protocol;

/// The key that signs proofs; a public constant of every client (`wire-v1.md` §4).
public record BackendKey(ByteString bytes) implements PublicKey {
  public BackendKey {
    bytes.requireSize(SIZE);
  }

  /// Reads 64 hex digits of either case.
  ///
  /// @throws IllegalArgumentException if `hex` is anything else
  public static BackendKey fromHex(String hex) {
    return new BackendKey(ByteString.fromHex(hex));
  }

  @Override
  public String toString() {
    return "BackendKey(" + hex() + ")";
  }
}
