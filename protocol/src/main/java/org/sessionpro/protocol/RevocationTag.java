package org.sessionpro.protocol;

/// The random handle of one generation of an account's proofs, 32 bytes; what the revocation list
/// names (`wire-v1.md` §5, v0's `gen_index_hash`). Opaque: compared for equality only. It links the
/// proofs of one account, so it is not printed in clear.
public record RevocationTag(ByteString bytes) {
  /// Length in bytes.
  public static final int SIZE = 32;

  public RevocationTag {
    bytes.requireSize(SIZE);
  }

  /// Reads 64 hex digits of either case.
  ///
  /// @throws IllegalArgumentException if `hex` is anything else
  public static RevocationTag fromHex(String hex) {
    return new RevocationTag(ByteString.fromHex(hex));
  }

  /// 64 lower-case hex digits.
  public String hex() {
    return bytes.hex();
  }

  @Override
  public String toString() {
    return "RevocationTag(hidden)";
  }
}
