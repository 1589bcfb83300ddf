package org.sessionpro.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PlanTest {
  @ParameterizedTest
  @ValueSource(
      strings = {"1s", "7d", "2w", "1m", "3m", "12m", "1y", "10y", "999999999999999d", "lifetime"})
  void aCodeOfTheGrammarIsKeptAsSold(String code) {
    assertThat(new Plan(code)).hasToString(code);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "0m",
        "01m",
        "1",
        "m",
        "1M",
        "1y6m",
        "-1m",
        "1.5m",
        "1mo",
        "Lifetime",
        " 1m",
        "1m ",
        "1m\n",
        "nil",
        "1h",
        "１m",
        "9999999999999999d"
      })
  void anythingElseIsNoCode(String code) {
    assertThat(Plan.ofCode(code)).isEmpty();
    assertThatThrownBy(() -> new Plan(code)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aYearIsNotTwelveMonths() {
    assertThat(new Plan("1y")).isNotEqualTo(new Plan("12m"));
  }

  @ParameterizedTest
  @CsvSource({
    "1M, 1m",
    "3M, 3m",
    "12M, 1y",
    "1m, 1m",
    "12m, 1y",
    "1y, 1y",
    "1Y, 1y",
    "OneMonth, 1m",
    "onemonth, 1m",
    "ThreeMonth, 3m",
    "TWELVEMONTH, 1y",
    "7D, 7d",
    "Lifetime, lifetime"
  })
  void operatorsMayWriteLabelsNamesAndCodesInAnyCase(String label, String code) {
    assertThat(Plan.ofLabel(label)).contains(new Plan(code));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "SixMonth", "0M", "nil", "1 m", "OneMonths"})
  void otherLabelsAreNoPlan(String label) {
    assertThat(Plan.ofLabel(label)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"1m, 30", "3m, 90", "1y, 365"})
  void soldPlansHaveANominalLength(String code, int days) {
    assertThat(new Plan(code).nominalLength()).contains(Duration.ofDays(days));
  }

  @ParameterizedTest
  @ValueSource(strings = {"lifetime", "12m", "7d", "2y"})
  void otherPlansHaveNone(String code) {
    assertThat(new Plan(code).nominalLength()).isEmpty();
  }
}
