package org.sessionpro.protocol;

/// The short-lived key that a proof entitles to Pro features (`wire-v1.md` §4). Never printed in
/// clear.
public record RotatingKey(ByteString bytes) implements PublicKey {
  public RotatingKey {
    bytes.requireSize(SIZE);
  }

  /// Reads 64 hex digits of either case.
  ///
  /// @throws IllegalArgumentException if `hex` is anything else
  public static RotatingKey fromHex(String hex) {
    return new RotatingKey(ByteString.fromHex(hex));
  }

  @Override
  public String toString() {
    return "RotatingKey(hidden)";
  }
}
