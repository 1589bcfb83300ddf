package org.sessionpro.protocol.crypto;

import java.util.Arrays;
import java.util.HexFormat;

/// The encodings of points of small order (1, 2, 4 or 8), little endian, bit 255 zero.
///
/// Under such a point a signature can be forged and a shared secret is known to everybody
/// (`wire-v1.md` §3.1, `onion-requests.md` §5). The lists are complete: a coordinate below 2^255 is
/// of small order exactly if it stands here, canonical or not.
final class LowOrder {
  private static final String ZERO = "00".repeat(32);
  private static final String ONE = "01" + "00".repeat(31);
  private static final String P_MINUS_1 = "ec" + "ff".repeat(30) + "7f";
  private static final String P = "ed" + "ff".repeat(30) + "7f";
  private static final String P_PLUS_1 = "ee" + "ff".repeat(30) + "7f";

  private static final byte[][] EDWARDS_Y =
      decode(
          ZERO,
          ONE,
          "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
          "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
          P_MINUS_1,
          P,
          P_PLUS_1);

  private static final byte[][] MONTGOMERY_U =
      decode(
          ZERO,
          ONE,
          "e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800",
          "5f9c95bca3508c24b1d0b1559c83ef5b04445cc4581c8e86d8224eddd09f1157",
          P_MINUS_1,
          P,
          P_PLUS_1);

  private LowOrder() {}

  /// Whether the 32 bytes of `source` from `offset` encode an Ed25519 point of small order, with
  /// either sign bit.
  static boolean isEdwards(byte[] source, int offset) {
    return contains(EDWARDS_Y, source, offset);
  }

  /// Whether the 32 bytes of `u` are an X25519 public key of small order, bit 255 masked.
  static boolean isMontgomery(byte[] u) {
    return contains(MONTGOMERY_U, u, 0);
  }

  private static boolean contains(byte[][] list, byte[] source, int offset) {
    for (byte[] encoding : list) {
      if (Arrays.equals(encoding, 0, 31, source, offset, offset + 31)
          && encoding[31] == (source[offset + 31] & 0x7f)) {
        return true;
      }
    }
    return false;
  }

  private static byte[][] decode(String... hex) {
    return Arrays.stream(hex).map(HexFormat.of()::parseHex).toArray(byte[][]::new);
  }
}
