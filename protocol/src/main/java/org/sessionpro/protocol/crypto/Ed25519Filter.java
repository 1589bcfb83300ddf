package org.sessionpro.protocol.crypto;

import java.util.HexFormat;

/// The rules of `wire-v1.md` §3.1 that are decided on raw bytes, before any library sees a
/// signature: libraries differ in them, and most accept keys of small order, that is forgeries.
///
/// | bytes | refused |
/// |---|---|
/// | key A | y ≥ p (sign bit masked), small order |
/// | signature 0…31, R | small order. Any other non-canonical R fails the byte comparison of the equation |
/// | signature 32…63, S | S ≥ L |
final class Ed25519Filter {
  /// The group order L = 2^252 + 27742317777372353535851937790883648493, little endian.
  private static final byte[] L =
      HexFormat.of().parseHex("edd3f55c1a631258d69cf7a2def9de14" + "00".repeat(15) + "10");

  private Ed25519Filter() {}

  /// Whether a library may be asked about `signature` (64 bytes) under `key` (32 bytes).
  static boolean admits(byte[] key, byte[] signature) {
    return isBelowOrder(signature, 32)
        && isCanonical(key)
        && !LowOrder.isEdwards(key, 0)
        && !LowOrder.isEdwards(signature, 0);
  }

  /// Whether y, the low 255 bits, is below p = 2^255 − 19.
  static boolean isCanonical(byte[] point) {
    if ((point[31] & 0x7f) != 0x7f) {
      return true;
    }
    for (int i = 30; i > 0; i--) {
      if (point[i] != (byte) 0xff) {
        return true;
      }
    }
    return (point[0] & 0xff) < 0xed;
  }

  private static boolean isBelowOrder(byte[] source, int offset) {
    for (int i = 31; i >= 0; i--) {
      int difference = (source[offset + i] & 0xff) - (L[i] & 0xff);
      if (difference != 0) {
        return difference < 0;
      }
    }
    return false;
  }
}
