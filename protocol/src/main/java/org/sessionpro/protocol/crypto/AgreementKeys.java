package org.sessionpro.protocol.crypto;

import java.math.BigInteger;
import java.util.Arrays;
import org.sessionpro.protocol.ByteString;
import org.sessionpro.protocol.PublicKey;

/// From Ed25519 to X25519 keys (`onion-requests.md` §4).
final class AgreementKeys {
  private static final BigInteger P = BigInteger.TWO.pow(255).subtract(BigInteger.valueOf(19));

  private AgreementKeys() {}

  /// Makes a scalar of 32 random bytes, in place: a multiple of 8 with bit 254 as the highest.
  static byte[] clamp(byte[] scalar) {
    scalar[0] &= (byte) 0xf8;
    scalar[31] &= 0x7f;
    scalar[31] |= 0x40;
    return scalar;
  }

  /// The X25519 public key of an Ed25519 one: u = (1 + y) / (1 − y) mod p.
  ///
  /// @throws IllegalArgumentException if y ≥ p or `key` is of small order
  static ByteString ofEd25519(PublicKey key) {
    byte[] point = key.bytes().toByteArray();
    if (!Ed25519Filter.isCanonical(point) || LowOrder.isEdwards(point, 0)) {
      throw new IllegalArgumentException("not the public key of a seed");
    }
    point[31] &= 0x7f;
    BigInteger y = new BigInteger(1, reversed(point));
    BigInteger u = BigInteger.ONE.add(y).multiply(BigInteger.ONE.subtract(y).modInverse(P)).mod(P);
    byte[] bigEndian = u.toByteArray();
    return ByteString.of(Arrays.copyOf(reversed(bigEndian), 32));
  }

  private static byte[] reversed(byte[] bytes) {
    byte[] turned = new byte[bytes.length];
    for (int i = 0; i < bytes.length; i++) {
      turned[i] = bytes[bytes.length - 1 - i];
    }
    return turned;
  }
}
