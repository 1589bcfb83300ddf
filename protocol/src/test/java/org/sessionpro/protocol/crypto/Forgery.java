package org.sessionpro.protocol.crypto;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.sessionpro.protocol.ByteString;
import org.sessionpro.protocol.crypto.Edwards25519.Point;

/// A signature that must not verify (`wire-v1.md` §3.1), although the equation of the group may hold.
///
/// @param kind which rule it breaks; a forgery may break further ones
public record Forgery(Kind kind, Signed signed) {
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
  private static final Point HONEST_R = Edwards25519.BASE.times(NONCE);

  /// The honest key with every point of small order added to it; the first is the honest key.
  private static final List<ByteString> OWN_KEYS =
      TORSION_POINTS.stream().map(t -> ByteString.of(HONEST_KEY.plus(t).encoded())).toList();

  /// What a verifier is shown. Prints itself, so that a failing test says what has been accepted.
  public record Signed(ByteString key, ByteString message, ByteString signature) {
    static Signed of(ByteString key, ByteString message, byte[] r, BigInteger s) {
      byte[] signature = Arrays.copyOf(r, 64);
      System.arraycopy(Edwards25519.littleEndian(s), 0, signature, 32, 32);
      return new Signed(key, message, ByteString.of(signature));
    }

    @Override
    public String toString() {
      return "key " + key.hex() + " signature " + signature.hex();
    }
  }

  /// The rule that a forgery breaks.
  public enum Kind {
    SMALL_ORDER_KEY,
    SMALL_ORDER_R,
    NON_CANONICAL_KEY,
    /// S ≥ L.
    LARGE_S,
    /// Any but those of small order: fails the comparison of bytes.
    NON_CANONICAL_R,
    /// S = 0 under a key of full or mixed order: fails the equation.
    ZERO_S;

    /// Whether the bytes alone tell, without any arithmetic.
    boolean showsInBytes() {
      return switch (this) {
        case SMALL_ORDER_KEY, SMALL_ORDER_R, NON_CANONICAL_KEY, LARGE_S -> true;
        case NON_CANONICAL_R, ZERO_S -> false;
      };
    }
  }

  /// Every combination: all keys and R of each kind with each other, over several messages.
  static List<Forgery> all() {
    return IntStream.range(0, MESSAGES)
        .mapToObj(i -> ("ProGenerateProof" + i).getBytes(StandardCharsets.US_ASCII))
        .flatMap(message -> all(key -> ByteString.of(message)))
        .toList();
  }

  private static Stream<Forgery> all(UnaryOperator<ByteString> message) {
    return Stream.of(
            underSmallOrderKeys(message),
            withSmallOrderR(message),
            underNonCanonicalKeys(message),
            withLargeS(message),
            withNonCanonicalR(message),
            withZeroS(message))
        .flatMap(List::stream);
  }

  /// Those of every kind that come closest to verifying.
  ///
  /// @param message what is signed under a key
  public static List<Forgery> closest(UnaryOperator<ByteString> message) {
    return all(message)
        .filter(one ->
            switch (one.kind) {
              case SMALL_ORDER_KEY -> one.solvesTheEquation();
              case SMALL_ORDER_R -> one.signed.key().equals(OWN_KEYS.getFirst());
              case LARGE_S, NON_CANONICAL_KEY, ZERO_S -> true;
              case NON_CANONICAL_R -> one.signed.key().equals(OWN_KEYS.getFirst());
            })
        .toList();
  }

  private static Forgery of(Kind kind, ByteString key, ByteString message, byte[] r, BigInteger s) {
    return new Forgery(kind, Signed.of(key, message, r, s));
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

  /// All y from p to 2^255 − 1, both sign bits; on the curve or not, of small order or not.
  static List<byte[]> nonCanonicalEncodings() {
    return Stream.iterate(Edwards25519.P, y -> y.bitLength() <= 255, y -> y.add(BigInteger.ONE))
        .flatMap(y -> Stream.of(y, y.setBit(255)))
        .map(Edwards25519::littleEndian)
        .toList();
  }

  /// Every small-order key with every small-order R, and with R = S·B + T for every T of small
  /// order, one of which satisfies the equation; S zero, random, and either plus L.
  private static List<Forgery> underSmallOrderKeys(UnaryOperator<ByteString> messages) {
    List<Forgery> forgeries = new ArrayList<>();
    for (BigInteger s : List.of(BigInteger.ZERO, NONCE)) {
      List<byte[]> rs = new ArrayList<>(smallOrderEncodings());
      Point base = s.signum() == 0 ? Edwards25519.IDENTITY : HONEST_R;
      TORSION_POINTS.forEach(t -> rs.add(base.plus(t).encoded()));
      for (byte[] encoding : smallOrderEncodings()) {
        ByteString key = ByteString.of(encoding);
        ByteString message = messages.apply(key);
        for (byte[] r : rs) {
          forgeries.add(of(Kind.SMALL_ORDER_KEY, key, message, r, s));
          forgeries.add(of(Kind.SMALL_ORDER_KEY, key, message, r, s.add(Edwards25519.L)));
        }
      }
    }
    return forgeries;
  }

  /// The owner of a key, pure or mixed with a point of small order, signs with an R of small order
  /// so that the equation holds up to a point of small order; S as it is, and plus L.
  private static List<Forgery> withSmallOrderR(UnaryOperator<ByteString> messages) {
    List<Forgery> forgeries = new ArrayList<>();
    for (ByteString key : OWN_KEYS) {
      ByteString message = messages.apply(key);
      for (byte[] r : smallOrderEncodings()) {
        BigInteger s = answer(BigInteger.ZERO, r, key, message);
        forgeries.add(of(Kind.SMALL_ORDER_R, key, message, r, s));
        forgeries.add(of(Kind.SMALL_ORDER_R, key, message, r, s.add(Edwards25519.L)));
      }
    }
    return forgeries;
  }

  /// R = S·B, which is right up to the multiple of the key.
  private static List<Forgery> underNonCanonicalKeys(UnaryOperator<ByteString> messages) {
    List<Forgery> forgeries = new ArrayList<>();
    for (byte[] encoding : nonCanonicalEncodings()) {
      ByteString key = ByteString.of(encoding);
      ByteString message = messages.apply(key);
      forgeries.add(of(Kind.NON_CANONICAL_KEY, key, message, HONEST_R.encoded(), NONCE));
      forgeries.add(
          of(
              Kind.NON_CANONICAL_KEY,
              key,
              message,
              Edwards25519.IDENTITY.encoded(),
              BigInteger.ZERO));
    }
    return forgeries;
  }

  /// A true signature with every other S that is the same modulo L, and the ends of what 256 bits
  /// can hold.
  private static List<Forgery> withLargeS(UnaryOperator<ByteString> messages) {
    List<Forgery> forgeries = new ArrayList<>();
    ByteString key = OWN_KEYS.getFirst();
    ByteString message = messages.apply(key);
    byte[] r = HONEST_R.encoded();
    BigInteger s = answer(NONCE, r, key, message).add(Edwards25519.L);
    for (; s.bitLength() <= 256; s = s.add(Edwards25519.L)) {
      forgeries.add(of(Kind.LARGE_S, key, message, r, s));
    }
    BigInteger last = BigInteger.TWO.pow(256).subtract(BigInteger.ONE);
    for (BigInteger bound :
        List.of(Edwards25519.L, Edwards25519.L.add(BigInteger.ONE), last.clearBit(255), last)) {
      forgeries.add(of(Kind.LARGE_S, key, message, r, bound));
    }
    return forgeries;
  }

  private static List<Forgery> withNonCanonicalR(UnaryOperator<ByteString> messages) {
    List<Forgery> forgeries = new ArrayList<>();
    for (ByteString key : OWN_KEYS) {
      ByteString message = messages.apply(key);
      for (byte[] r : nonCanonicalEncodings()) {
        BigInteger s = answer(BigInteger.ZERO, r, key, message);
        forgeries.add(of(Kind.NON_CANONICAL_R, key, message, r, s));
      }
    }
    return forgeries;
  }

  /// With the honest R, and with one that is all zero.
  private static List<Forgery> withZeroS(UnaryOperator<ByteString> messages) {
    List<Forgery> forgeries = new ArrayList<>();
    for (ByteString key : OWN_KEYS) {
      ByteString message = messages.apply(key);
      for (byte[] r : List.of(HONEST_R.encoded(), new byte[32])) {
        forgeries.add(of(Kind.ZERO_S, key, message, r, BigInteger.ZERO));
      }
    }
    return forgeries;
  }

  /// A true signature by the honest key.
  static Signed trueSignature() {
    ByteString key = OWN_KEYS.getFirst();
    ByteString message = ByteString.of(new byte[] {1, 2, 3});
    byte[] r = HONEST_R.encoded();
    return Signed.of(key, message, r, answer(NONCE, r, key, message));
  }

  /// Not forgeries all of them: signatures by keys and with an R that are mixed with points of small
  /// order, which only their owner can make. The equation holds for about one in eight.
  static List<Signed> ofMixedOrder() {
    List<Signed> signatures = new ArrayList<>();
    ByteString message = ByteString.of("mixed".getBytes(StandardCharsets.US_ASCII));
    for (ByteString key : OWN_KEYS) {
      for (Point torsion : TORSION_POINTS) {
        byte[] r = HONEST_R.plus(torsion).encoded();
        signatures.add(Signed.of(key, message, r, answer(NONCE, r, key, message)));
      }
    }
    return signatures;
  }

  /// Whether the equation holds under a key of small order, whose multiples are few.
  private boolean solvesTheEquation() {
    byte[] key = signed.key().toByteArray();
    byte[] signature = signed.signature().toByteArray();
    byte[] r = Arrays.copyOf(signature, 32);
    BigInteger s = Edwards25519.number(Arrays.copyOfRange(signature, 32, 64));
    if (s.signum() != 0 && !s.equals(NONCE)) {
      return false;
    }
    BigInteger h = Edwards25519.challenge(r, key, signed.message().toByteArray());
    Point multiple = Edwards25519.decode(key).orElseThrow().times(h.mod(BigInteger.valueOf(8)));
    Point base = s.signum() == 0 ? Edwards25519.IDENTITY : HONEST_R;
    return Arrays.equals(base.plus(multiple.negated()).encoded(), r);
  }

  /// S of the owner of [#SECRET].
  private static BigInteger answer(BigInteger nonce, byte[] r, ByteString key, ByteString message) {
    BigInteger h = Edwards25519.challenge(r, key.toByteArray(), message.toByteArray());
    return nonce.add(h.multiply(SECRET)).mod(Edwards25519.L);
  }
}
