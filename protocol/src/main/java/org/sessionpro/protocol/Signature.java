package org.sessionpro.protocol;

/// A detached Ed25519 signature, 64 bytes `R ‖ S` (`wire-v1.md` §3). Never printed in clear.
public record Signature(ByteString bytes) {
  /// Length in bytes.
  public static final int SIZE = 64;

  public Signature {
    bytes.requireSize(SIZE);
  }

  /// Reads 128 hex digits of either case.
  ///
  /// @throws IllegalArgumentException if `hex` is anything else
  public static Signature fromHex(String hex) {
    return new Signature(ByteString.fromHex(hex));
  }

  /// 128 lower-case hex digits.
  public String hex() {
    return bytes.hex();
  }

  @Override
  public String toString() {
    return "Signature(hidden)";
  }
}
