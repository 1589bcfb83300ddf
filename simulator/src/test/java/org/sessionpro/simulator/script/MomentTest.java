package org.sessionpro.simulator.script;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MomentTest {
  private static final Instant T = Instant.parse("2026-01-31T10:00:00Z");

  @Test
  void aLabelIsItsInstant() {
    assertThat(Moment.parse("@bought").from(T)).isEqualTo(T);
  }

  @Test
  void shiftsAreTakenOneAfterTheOther() {
    assertThat(Moment.parse("@a+1mo+1mo-20h").from(T))
        .isEqualTo(Instant.parse("2026-03-27T14:00:00Z"));
    assertThat(Moment.parse("@a+2mo").from(T)).isEqualTo(Instant.parse("2026-03-31T10:00:00Z"));
  }

  @Test
  void labelsMayHoldDashes() {
    assertThat(Moment.parse("@first-paid-1d").label()).isEqualTo("first-paid");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", "@", "@a+", "@a+1", "@A", "@a +1d"})
  void refusesWhatIsNoMoment(String text) {
    assertThatThrownBy(() -> Moment.parse(text)).isInstanceOf(ScriptError.class);
  }
}
