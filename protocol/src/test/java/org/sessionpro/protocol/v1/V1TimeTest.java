package org.sessionpro.protocol.v1;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sessionpro.protocol.json.DecimalInteger;

class V1TimeTest {
  private static final String BOUND = "9007199254740991";

  @ParameterizedTest
  @CsvSource({
    "1970-01-01T00:00:00.999999999Z, 0",
    "2023-11-14T22:13:20Z, 1700000000",
    "2023-11-14T22:13:20.999999Z, 1700000000",
    "1969-12-31T23:59:59.999Z, -1"
  })
  void integerInstantsAreFloored(Instant instant, long seconds) {
    assertThat(V1Time.seconds(instant)).isEqualTo(seconds);
    assertThat(V1Time.floor(instant)).isEqualTo(Instant.ofEpochSecond(seconds));
  }

  @Test
  void spansAreFloored() {
    assertThat(V1Time.seconds(Duration.ofMillis(86_400_999))).isEqualTo(86_400);
  }

  @ParameterizedTest
  @CsvSource({
    "1970-01-01T00:00:00Z, 0.0",
    "2023-11-14T22:13:20Z, 1700000000.0",
    "2023-11-14T22:13:20.25Z, 1700000000.25",
    "2023-11-14T22:13:20.123456Z, 1700000000.123456",
    "2023-11-14T22:13:20.000001Z, 1700000000.000001",
    "2023-11-14T22:13:20.1234567Z, 1700000000.123456",
    "1970-01-01T00:00:00.000001Z, 0.000001",
    "1969-12-31T23:59:59.5Z, -0.5",
    "2286-11-20T17:46:40Z, 10000000000.0"
  })
  void floatInstantsHaveAPointAndNoExponent(Instant instant, String number) {
    assertThat(V1Time.decimal(instant)).isEqualTo(number);
  }

  @Property
  void floatInstantsKeepEveryMicrosecond(
      @ForAll @LongRange(min = -9_000_000_000_000_000L, max = 9_000_000_000_000_000L) long seconds,
      @ForAll @LongRange(min = 0, max = 999_999) long micros) {
    Instant instant = Instant.ofEpochSecond(seconds, micros * 1_000);
    assertThat(V1Time.ofDecimal(V1Time.decimal(instant))).contains(instant);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1",
        "1.7e9",
        "1.7E9",
        "1e9",
        ".5",
        "9007199254740992.0",
        "-9007199254740992.0",
        "99999999999999999999999999999999999999999.0"
      })
  void otherNumbersAreNoFloatInstant(String number) {
    assertThat(V1Time.ofDecimal(number)).isEmpty();
  }

  @Test
  void partsFinerThanAMicrosecondAreFlooredInReading() {
    assertThat(V1Time.ofDecimal("1.1234569"))
        .contains(Instant.parse("1970-01-01T00:00:01.123456Z"));
  }

  @Test
  void instantsBelowTwoToThe53AreRead() {
    assertThat(V1Time.instant(new DecimalInteger(BOUND)))
        .contains(Instant.ofEpochSecond(9007199254740991L));
    assertThat(V1Time.instant(new DecimalInteger("-" + BOUND)))
        .contains(Instant.ofEpochSecond(-9007199254740991L));
  }

  @ParameterizedTest
  @ValueSource(strings = {"9007199254740992", "-9007199254740992", "99999999999999999999999999"})
  void instantsFromTwoToThe53OnAreNone(String seconds) {
    assertThat(V1Time.instant(new DecimalInteger(seconds))).isEmpty();
  }

  @Test
  void spansAreNotNegative() {
    assertThat(V1Time.duration(DecimalInteger.of(0))).contains(Duration.ZERO);
    assertThat(V1Time.duration(DecimalInteger.of(-1))).isEmpty();
  }
}
