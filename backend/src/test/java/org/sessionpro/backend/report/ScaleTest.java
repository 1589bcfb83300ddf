package org.sessionpro.backend.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ScaleTest {
  @ParameterizedTest
  @CsvSource({
    "0, 1, 1",
    "1, 1, 1",
    "4, 1, 4",
    "5, 2, 6",
    "17, 5, 20",
    "100, 50, 100",
    "861234, 500000, 1000000"
  })
  void marksAreRound(long most, long step, long top) {
    assertThat(Scale.reaching(most)).isEqualTo(new Scale(step, top));
  }

  @ParameterizedTest
  @ValueSource(longs = {3, 999, 12_345, 9_999_999, 4_000_000_000L})
  void thereAreFewMarksAndTheyReachTheMost(long most) {
    Scale scale = Scale.reaching(most);

    assertThat(scale.marks().count()).isBetween(3L, 5L);
    assertThat(scale.top()).isGreaterThanOrEqualTo(most);
  }

  @Test
  void marksAreShort() {
    assertThat(Scale.text(750)).isEqualTo("750");
    assertThat(Scale.text(1_500)).isEqualTo("1.5k");
    assertThat(Scale.text(20_000)).isEqualTo("20k");
    assertThat(Scale.text(2_250_000)).isEqualTo("2.25M");
  }
}
