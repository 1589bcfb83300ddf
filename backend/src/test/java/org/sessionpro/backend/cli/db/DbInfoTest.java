package org.sessionpro.backend.cli.db;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DbInfoTest {
  @ParameterizedTest
  @CsvSource({
    "0, 0.00 B",
    "1023, 1023.00 B",
    "1024, 1.00 kB",
    "86016, 84.00 kB",
    "1572864, 1.50 MB",
    "1073741824, 1.00 GB",
    "1099511627776, 1.00 TB",
    "1125899906842624, 1024.00 TB",
  })
  void aSizeHasTwoDecimalsInTheLargestUnit(long bytes, String shown) {
    assertThat(DbInfo.size(bytes)).isEqualTo(shown);
  }
}
