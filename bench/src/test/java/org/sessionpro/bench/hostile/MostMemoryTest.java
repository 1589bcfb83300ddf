package org.sessionpro.bench.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MostMemoryTest {
  private static final int ALLOWED = 300;

  @ParameterizedTest
  @CsvSource({
    "300000000, 250000000, true",
    "300000001, 250000000, false",
    "250000000, 300000000, true",
    "250000000, 300000001, false",
    "0,         300000000, true",
    "0,         300000001, false",
    "0,         0,         false"
  })
  void theGreaterOfPeakAndLooksIsJudgedAndOneMustBeThere(long peak, long seen, boolean isWithin) {
    assertThat(new MostMemory(peak, seen).isWithin(ALLOWED)).isEqualTo(isWithin);
  }

  @Test
  void itIsToldWhereTheFigureIsFrom() {
    assertThat(new MostMemory(251_400_000, 250_000_000).text(ALLOWED))
        .isEqualTo("most memory since its start 251 MB, 300 MB are allowed");
    assertThat(new MostMemory(0, 250_000_000).text(ALLOWED))
        .isEqualTo("most memory at all looks 250 MB, 300 MB are allowed");
    assertThat(new MostMemory(0, 0).text(ALLOWED))
        .isEqualTo("most memory not measured, 300 MB are allowed");
  }
}
