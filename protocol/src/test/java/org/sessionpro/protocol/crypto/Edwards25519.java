package org.sessionpro.protocol.crypto;

import java.math.BigInteger;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Optional;

/// The curve of Ed25519 by school arithmetic: slow, short, and independent of every library under
/// test, so that it can say what they ought to answer.
final class Edwards25519 {
  static final BigInteger P = BigInteger.TWO.pow(255).subtract(BigInteger.valueOf(19));
  static final BigInteger L =
      BigInteger.TWO.pow(252).add(new BigInteger("27742317777372353535851937790883648493"));
  private static final BigInteger D =
      BigInteger.valueOf(-121665).multiply(BigInteger.valueOf(121666).modInverse(P)).mod(P);
  private static final BigInteger SQRT_MINUS_1 =
      BigInteger.TWO.modPow(P.subtract(BigInteger.ONE).shiftRight(2), P);

  static final Point IDENTITY = new Point(BigInteger.ZERO, BigInteger.ONE);
  static final Point BASE =
      decode(
              littleEndian(
                  BigInteger.valueOf(4).multiply(BigInteger.valueOf(5).modInverse(P)).mod(P)))
          .orElseThrow();

  private Edwards25519() {}

  /// An affine point; the addition law is complete, so that no case is special.
  record Point(BigInteger x, BigInteger y) {
    Point plus(Point that) {
      return Projective.of(this).plus(Projective.of(that)).toAffine();
    }

    Point negated() {
      return new Point(P.subtract(x).mod(P), y);
    }

    Point times(BigInteger factor) {
      Projective summand = Projective.of(this);
      Projective sum = Projective.of(IDENTITY);
      for (int i = factor.bitLength() - 1; i >= 0; i--) {
        sum = sum.plus(sum);
        if (factor.testBit(i)) {
          sum = sum.plus(summand);
        }
      }
      return sum.toAffine();
    }

    byte[] encoded() {
      byte[] bytes = littleEndian(y);
      if (x.testBit(0)) {
        bytes[31] |= (byte) 0x80;
      }
      return bytes;
    }
  }

  /// x = X / Z, y = Y / Z: adds without a division.
  private record Projective(BigInteger x, BigInteger y, BigInteger z) {
    static Projective of(Point point) {
      return new Projective(point.x(), point.y(), BigInteger.ONE);
    }

    Projective plus(Projective that) {
      BigInteger a = z.multiply(that.z).mod(P);
      BigInteger b = a.multiply(a).mod(P);
      BigInteger c = x.multiply(that.x).mod(P);
      BigInteger d = y.multiply(that.y).mod(P);
      BigInteger e = D.multiply(c).mod(P).multiply(d).mod(P);
      BigInteger f = b.subtract(e);
      BigInteger g = b.add(e);
      BigInteger cross = x.add(y).multiply(that.x.add(that.y)).subtract(c).subtract(d);
      return new Projective(
          a.multiply(f).mod(P).multiply(cross).mod(P),
          a.multiply(g).mod(P).multiply(d.add(c)).mod(P),
          f.multiply(g).mod(P));
    }

    Point toAffine() {
      BigInteger inverse = z.modInverse(P);
      return new Point(x.multiply(inverse).mod(P), y.multiply(inverse).mod(P));
    }
  }

  /// The point of an encoding, canonical or not, as libsodium decodes it.
  static Optional<Point> decode(byte[] encoding) {
    byte[] masked = encoding.clone();
    masked[31] &= 0x7f;
    BigInteger y = number(masked).mod(P);
    BigInteger ySquared = y.multiply(y);
    BigInteger u = ySquared.subtract(BigInteger.ONE);
    BigInteger v = D.multiply(ySquared).add(BigInteger.ONE);
    BigInteger xSquared = u.multiply(v.modInverse(P)).mod(P);
    BigInteger x = xSquared.modPow(P.add(BigInteger.valueOf(3)).shiftRight(3), P);
    if (!x.multiply(x).mod(P).equals(xSquared)) {
      x = x.multiply(SQRT_MINUS_1).mod(P);
    }
    if (!x.multiply(x).mod(P).equals(xSquared)) {
      return Optional.empty();
    }
    boolean negative = encoding[31] < 0;
    return Optional.of(new Point(x.testBit(0) == negative ? x : P.subtract(x).mod(P), y));
  }

  /// What libsodium 1.0.18 answers: canonical S, canonical key, neither key nor R of small order,
  /// and `S·B − h·A` encodes to the very bytes of R.
  static boolean verifies(byte[] key, byte[] message, byte[] signature) {
    byte[] r = Arrays.copyOf(signature, 32);
    BigInteger s = number(Arrays.copyOfRange(signature, 32, 64));
    byte[] masked = key.clone();
    masked[31] &= 0x7f;
    Optional<Point> point = decode(key);
    if (s.compareTo(L) >= 0
        || number(masked).compareTo(P) >= 0
        || point.isEmpty()
        || isSmallOrder(point.get())
        || decode(r).filter(Edwards25519::isSmallOrder).isPresent()) {
      return false;
    }
    return Arrays.equals(remainder(point.get(), key, message, r, s).encoded(), r);
  }

  /// `S·B − h·A`, which is R in a true signature.
  static Point remainder(Point point, byte[] key, byte[] message, byte[] r, BigInteger s) {
    return BASE.times(s).plus(point.times(challenge(r, key, message)).negated());
  }

  /// `h`, the hash of R, key and message.
  static BigInteger challenge(byte[] r, byte[] key, byte[] message) {
    return number(sha512(r, key, message)).mod(L);
  }

  static boolean isSmallOrder(Point point) {
    return point.times(BigInteger.valueOf(8)).equals(IDENTITY);
  }

  /// Little endian, without a sign bit.
  static BigInteger number(byte[] littleEndian) {
    return new BigInteger(1, reversed(littleEndian));
  }

  /// 32 bytes, little endian.
  static byte[] littleEndian(BigInteger number) {
    byte[] bigEndian = number.toByteArray();
    return Arrays.copyOf(reversed(bigEndian), 32);
  }

  static byte[] sha512(byte[]... parts) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-512");
      for (byte[] part : parts) {
        digest.update(part);
      }
      return digest.digest();
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static byte[] reversed(byte[] bytes) {
    byte[] turned = new byte[bytes.length];
    for (int i = 0; i < bytes.length; i++) {
      turned[i] = bytes[bytes.length - 1 - i];
    }
    return turned;
  }
}
