package org.sessionpro.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class AimTest {
  @Test
  void whatIsAtItsLimitIsMet() {
    assertThat(Aim.cpu("x", 150, 150).isMet()).isTrue();
    assertThat(Aim.cpu("x", 150.1, 150).isMet()).isFalse();
  }

  @Test
  void whatWasNotMeasuredIsNeverMet() {
    assertThat(Aim.cpu("x", Double.NaN, 150).isMet()).isFalse();
    assertThat(Aim.memory("x", Double.NaN, 200).asGate().isMet()).isFalse();
  }

  @Test
  void aRatioIsTheMedianOfItsRounds() {
    assertThat(Aim.ratio("x", List.of(9.0, 1.5, 1.0), 1.2).measured()).isEqualTo(1.5);
    assertThat(Aim.ratio("x", List.of(1.5, 1.0), 1.2).measured()).isEqualTo(1.5);
  }

  @Test
  void aRatioNeedsAllOfItsRounds() {
    assertThat(Aim.ratio("x", List.of(1.0, 1.0, Double.NaN), 1.2).isMeasured()).isFalse();
    assertThat(Aim.ratio("x", List.of(1.0, 1.0, 30 / 0.0), 1.2).isMeasured()).isFalse();
  }

  @Test
  void aLineSaysFigureLimitAndVerdict() {
    assertThat(Aim.cpu("v1 proof", 1_234.56, 150).line())
        .isEqualTo("v1 proof                             1,234.6 µs  ≤   150.0  MISSED");
    assertThat(Aim.seconds("first answer", 0.5, 0.6).line())
        .isEqualTo("first answer                            0.50 s   ≤    0.60  met");
    assertThat(Aim.cpu("v1 proof", Double.NaN, 150).line())
        .isEqualTo("v1 proof                                   – µs  ≤   150.0  not measured");
  }
}
