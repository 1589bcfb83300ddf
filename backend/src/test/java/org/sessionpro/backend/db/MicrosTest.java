package org.sessionpro.backend.db;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MicrosTest {
  @ParameterizedTest
  @ValueSource(
      longs = {
        Long.MIN_VALUE,
        Long.MIN_VALUE + 1,
        -1_000_001,
        -1_000_000,
        -999_999,
        -1,
        0,
        1,
        1_000_000,
        Long.MAX_VALUE
      })
  void whatIsReadIsWrittenAsTheSame(long micros) {
    assertThat(Micros.of(Micros.toInstant(micros))).isEqualTo(micros);
    assertThat(Micros.of(Micros.toDuration(micros))).isEqualTo(micros);
  }

  @Test
  void whatIsFinerIsLeftOff() {
    assertThat(Micros.of(Instant.ofEpochSecond(-1, 999_999_999))).isEqualTo(-1);
    assertThat(Micros.of(Instant.ofEpochSecond(1, 1_999))).isEqualTo(1_000_001);
  }

  @Test
  void anInstantBeyondTheLastOneIsRefused() {
    assertThatExceptionOfType(ArithmeticException.class)
        .isThrownBy(() -> Micros.of(Micros.LATEST.plusNanos(1_000)));
  }
}
