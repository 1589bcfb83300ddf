package org.sessionpro.protocol;

/// The key that is a Pro account: payments are bound to it and it signs every account request
/// (`wire-v1.md` §4). Never printed in clear.
public record MasterKey(ByteString bytes) implements PublicKey {
  public MasterKey {
    bytes.requireSize(SIZE);
  }

  /// Reads 64 hex digits of either case.
  ///
  /// @throws IllegalArgumentException if `hex` is anything else
  public static MasterKey fromHex(String hex) {
    return new MasterKey(ByteString.fromHex(hex));
  }

  @Override
  public String toString() {
    return "MasterKey(hidden)";
  }
}
