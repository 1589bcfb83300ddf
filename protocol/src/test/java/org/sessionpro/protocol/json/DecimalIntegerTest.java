package org.sessionpro.protocol.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DecimalIntegerTest {
  private static final DecimalInteger GOOGOL = new DecimalInteger("1" + "0".repeat(100));
  private static final DecimalInteger MINUS_GOOGOL = new DecimalInteger("-1" + "0".repeat(100));

  @ParameterizedTest
  @ValueSource(
      strings = {
        "", "-", "+1", "01", "-01", "00", "1.0", "1e3", " 1", "1 ", "0x1", "--1", "１", "1_000"
      })
  void anythingButAJsonIntegerTokenIsRefused(String text) {
    assertThatThrownBy(() -> new DecimalInteger(text)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void minusZeroIsZero() {
    assertThat(new DecimalInteger("-0")).isEqualTo(DecimalInteger.of(0));
  }

  @Property
  void everyLongRoundTrips(@ForAll long value) {
    assertThat(DecimalInteger.of(value).toLong()).isEqualTo(value);
  }

  @Property
  void everyMagnitudeIsKept(@ForAll("integers") BigInteger value) {
    assertThat(new DecimalInteger(value.toString())).hasToString(value.toString());
  }

  @Property
  void orderIsNumerical(@ForAll("integers") BigInteger left, @ForAll("integers") BigInteger right) {
    assertThat(Integer.signum(of(left).compareTo(of(right)))).isEqualTo(left.compareTo(right));
  }

  @Property
  void clampIsNumerical(@ForAll("integers") BigInteger value, @ForAll long a, @ForAll long b) {
    long min = Math.min(a, b);
    long max = Math.max(a, b);
    long expected =
        value.max(BigInteger.valueOf(min)).min(BigInteger.valueOf(max)).longValueExact();
    assertThat(of(value).clamp(min, max)).isEqualTo(expected);
  }

  @Property
  void rangeIsNumerical(@ForAll("integers") BigInteger value, @ForAll long a, @ForAll long b) {
    long min = Math.min(a, b);
    long max = Math.max(a, b);
    boolean expected =
        value.compareTo(BigInteger.valueOf(min)) >= 0
            && value.compareTo(BigInteger.valueOf(max)) <= 0;
    assertThat(of(value).isWithin(min, max)).isEqualTo(expected);
  }

  @Test
  void theBoundsOfALongAreWithinIt() {
    assertThat(new DecimalInteger("9223372036854775807").isWithin(Long.MIN_VALUE, Long.MAX_VALUE))
        .isTrue();
    assertThat(new DecimalInteger("-9223372036854775808").isWithin(Long.MIN_VALUE, Long.MAX_VALUE))
        .isTrue();
    assertThat(new DecimalInteger("9223372036854775808").isWithin(Long.MIN_VALUE, Long.MAX_VALUE))
        .isFalse();
    assertThat(new DecimalInteger("-9223372036854775809").isWithin(Long.MIN_VALUE, Long.MAX_VALUE))
        .isFalse();
  }

  @Test
  void whatDoesNotFitALongIsNotNarrowed() {
    assertThatThrownBy(GOOGOL::toLong).isInstanceOf(ArithmeticException.class);
    assertThatThrownBy(MINUS_GOOGOL::toLong).isInstanceOf(ArithmeticException.class);
  }

  /// Around the bounds of a long and far beyond them.
  @Provide
  Arbitrary<BigInteger> integers() {
    BigInteger far = BigInteger.TEN.pow(40);
    BigInteger near = BigInteger.TWO.pow(63);
    return Arbitraries.oneOf(
        Arbitraries.bigIntegers(),
        Arbitraries.bigIntegers().between(far.negate(), far),
        Arbitraries.integers()
            .between(-9, 9)
            .flatMap(d ->
                Arbitraries.of(
                    near.add(BigInteger.valueOf(d)), near.negate().add(BigInteger.valueOf(d)))));
  }

  private static DecimalInteger of(BigInteger value) {
    return new DecimalInteger(value.toString());
  }
}
