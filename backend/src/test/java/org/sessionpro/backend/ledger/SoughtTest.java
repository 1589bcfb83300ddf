package org.sessionpro.backend.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sessionpro.protocol.MasterKey;

class SoughtTest {
  @ParameterizedTest
  @ValueSource(strings = {"", " ", "a\0b"})
  void whatCanBeNoNameIsRefused(String text) {
    assertThatThrownBy(() -> Sought.of(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("must be a master key or the id of a payment");
  }

  @Test
  void whatIsLongerThanAnyIdIsRefused() {
    assertThat(Sought.of("x".repeat(2_048)).key()).isNull();
    assertThatThrownBy(() -> Sought.of("x".repeat(2_049)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "0x"})
  void sixtyFourHexDigitsMayBeAKey(String prefix) {
    assertThat(Sought.of(prefix + "aB".repeat(32)).key())
        .isEqualTo(MasterKey.fromHex("ab".repeat(32)));
  }

  @Test
  void otherDigitsAreNoKey() {
    assertThat(Sought.of("٠".repeat(64)).key()).isNull();
    assertThat(Sought.of("g".repeat(64)).key()).isNull();
    assertThat(Sought.of("a".repeat(63)).key()).isNull();
  }

  @Test
  void aBarDividesTokenAndOrder() {
    assertThat(Sought.of("to|ken|order").tokenAndOrder())
        .contains(new Sought.TokenAndOrder("to|ken", "order"));
    assertThat(Sought.of("order").tokenAndOrder()).isEmpty();
    assertThat(Sought.of("|order").tokenAndOrder()).isEmpty();
  }

  @Test
  void itIsNotPrinted() {
    assertThat(Sought.of("secret")).asString().doesNotContain("secret");
  }
}
