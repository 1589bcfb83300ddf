package org.sessionpro.protocol.crypto;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.sessionpro.protocol.ByteString;
import org.sessionpro.protocol.crypto.Edwards25519.Point;

/// A signature that must not verify, although the group equation may hold.
///
/// @param what for the message of a failing test
record Forgery(String what, ByteString key, ByteString message, ByteString signature) {
  private static final Random RANDOM = new Random(25_519);
  private static final int MESSAGES = 8;

  /// A point of order 8: its multiples are all points of small order.
  private static final Point TORSION =
      Edwards25519.decode(
              HexFormat.of()
                  .parseHex("26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05"))
          .orElseThrow();

  private static final List<Point> TORSION_POINTS =
      IntStream.range(0, 8).mapToObj(i -> TORSION.times(BigInteger.valueOf(i))).toList();

  private static final BigInteger SECRET = new BigInteger(252, RANDOM);
  private static final Point HONEST_KEY = Edwards25519.BASE.times(SECRET);
  private static final BigInteger NONCE = new BigInteger(252, RANDOM);

  static Forgery of(String what, byte[] key, byte[] message, byte[] r, BigInteger s) {
    byte[] signature = Arrays.copyOf(r, 64);
    System.arraycopy(Edwards25519.littleEndian(s), 0, signature, 32, 32);
    return new Forgery(what, ByteString.of(key), ByteString.of(message), ByteString.of(signature));
  }

  /// All encodings of points of small order: both sign bits, and y + p where it fits 255 bits.
  static List<byte[]> smallOrderEncodings() {
    List<byte[]> encodings = new ArrayList<>();
    TORSION_POINTS.stream()
        .map(Point::y)
        .distinct()
        .forEach(y -> {
          for (BigInteger form : List.of(y, y.add(Edwards25519.P))) {
            if (form.bitLength() <= 255) {
              encodings.add(Edwards25519.littleEndian(form));
              encodings.add(Edwards25519.littleEndian(form.setBit(255)));
            }
          }
        });
    return encodings;
  }

  /// Every small-order key with every small-order R, and with R = S·B + T for every T of small
  /// order, one of which satisfies the equation; S zero, random, and either plus L.
  static List<Forgery> underSmallOrderKeys() {
    List<Forgery> forgeries = new ArrayList<>();
    for (BigInteger s : List.of(BigInteger.ZERO, NONCE)) {
      List<byte[]> rs = new ArrayList<>(smallOrderEncodings());
      Point base = Edwards25519.BASE.times(s);
      TORSION_POINTS.forEach(t -> rs.add(base.plus(t).encoded()));
      for (byte[] key : smallOrderEncodings()) {
        for (byte[] r : rs) {
          messages().forEach(message -> add(forgeries, "small-order key", key, message, r, s));
        }
      }
    }
    return forgeries;
  }

  /// The owner of a key, pure or mixed with a point of small order, signs with an R of small order
  /// so that the equation holds up to a point of small order; S as it is, and plus L.
  static List<Forgery> withSmallOrderR() {
    List<Forgery> forgeries = new ArrayList<>();
    for (Point t : TORSION_POINTS) {
      byte[] key = HONEST_KEY.plus(t).encoded();
      for (byte[] r : smallOrderEncodings()) {
        for (byte[] message : messages()) {
          BigInteger s = answer(BigInteger.ZERO, r, key, message);
          add(forgeries, "small-order R", key, message, r, s);
        }
      }
    }
    return forgeries;
  }

  /// Not forgeries all of them: signatures by keys and with an R that are mixed with points of small
  /// order, which only their owner can make. The equation holds for about one in eight.
  static List<Forgery> ofMixedOrder() {
    List<Forgery> signatures = new ArrayList<>();
    Point pureR = Edwards25519.BASE.times(NONCE);
    for (Point keyTorsion : TORSION_POINTS) {
      byte[] key = HONEST_KEY.plus(keyTorsion).encoded();
      for (Point rTorsion : TORSION_POINTS) {
        byte[] r = pureR.plus(rTorsion).encoded();
        byte[] message = messages().getFirst();
        signatures.add(of("mixed order", key, message, r, answer(NONCE, r, key, message)));
      }
    }
    return signatures;
  }

  private static void add(
      List<Forgery> forgeries, String what, byte[] key, byte[] message, byte[] r, BigInteger s) {
    forgeries.add(of(what, key, message, r, s));
    forgeries.add(of(what + ", S + L", key, message, r, s.add(Edwards25519.L)));
  }

  /// S of the owner of [#SECRET].
  private static BigInteger answer(BigInteger nonce, byte[] r, byte[] key, byte[] message) {
    BigInteger h = Edwards25519.challenge(r, key, message);
    return nonce.add(h.multiply(SECRET)).mod(Edwards25519.L);
  }

  private static List<byte[]> messages() {
    List<byte[]> messages = new ArrayList<>();
    for (int i = 0; i < MESSAGES; i++) {
      messages.add(("ProGenerateProof" + i).getBytes(StandardCharsets.US_ASCII));
    }
    return messages;
  }
}
