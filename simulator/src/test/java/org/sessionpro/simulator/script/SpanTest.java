package org.sessionpro.simulator.script;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.time.Period;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SpanTest {
  private static final Instant T = Instant.parse("2026-01-31T10:00:00Z");

  @Test
  void readsPartsFromLongToShort() {
    assertThat(Span.parse("1y2mo3d4h5m6s7ms"))
        .isEqualTo(
            new Span(
                Period.of(1, 2, 0),
                Duration.ofDays(3).plusHours(4).plusMinutes(5).plusSeconds(6).plusMillis(7)));
  }

  @Test
  void tellsMinutesFromMonths() {
    assertThat(Span.parse("5m").exact()).isEqualTo(Duration.ofMinutes(5));
    assertThat(Span.parse("5mo").calendar()).isEqualTo(Period.ofMonths(5));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "5", "d", "5x", "5m1h", "-5m", "99999999999d"})
  void refusesWhatIsNoSpan(String text) {
    assertThatThrownBy(() -> Span.parse(text)).isInstanceOf(ScriptError.class);
  }

  @Test
  void monthsFollowTheCalendar() {
    assertThat(Span.parse("1mo").after(T)).isEqualTo(Instant.parse("2026-02-28T10:00:00Z"));
    assertThat(Span.parse("2mo").after(T)).isEqualTo(Instant.parse("2026-03-31T10:00:00Z"));
    assertThat(Span.parse("2mo").before(T)).isEqualTo(Instant.parse("2025-11-30T10:00:00Z"));
  }

  @Test
  void daysAreExact() {
    assertThat(Span.parse("1d2h").after(T)).isEqualTo(T.plus(Duration.ofHours(26)));
  }

  @Test
  void monthsAreNoDuration() {
    assertThatThrownBy(() -> Span.parse("1mo").duration()).isInstanceOf(ScriptError.class);
    assertThat(Span.parse("36h").duration()).isEqualTo(Duration.ofHours(36));
  }

  @Test
  void hoursAreNoPeriod() {
    assertThatThrownBy(() -> Span.parse("36h").period()).isInstanceOf(ScriptError.class);
    assertThat(Span.parse("1mo3d").period()).isEqualTo(Period.of(0, 1, 3));
  }
}
