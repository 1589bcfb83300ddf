package org.sessionpro.backend.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxy;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class LogLineTest {
  private final LogLine layout = new LogLine(ZoneOffset.ofHours(2));

  @Test
  void aLineIsTimeLevelLoggerMessage() {
    assertThat(line(Level.INFO, "proof issued", null))
        .isEqualTo("26-03-01 14:05:09.007 INFO backend proof issued\n");
  }

  static Stream<Arguments> levels() {
    return Stream.of(
        Arguments.of(Level.TRACE, "DEBUG"),
        Arguments.of(Level.DEBUG, "DEBUG"),
        Arguments.of(Level.INFO, "INFO"),
        Arguments.of(Level.WARN, "WARNING"),
        Arguments.of(Level.ERROR, "ERROR"));
  }

  @ParameterizedTest
  @MethodSource("levels")
  void levelsHaveTheNamesOfTheContract(Level level, String name) {
    assertThat(line(level, "x", null)).contains(" " + name + " backend ");
  }

  @Test
  void anErrorMarkedCriticalIsCritical() {
    LoggingEvent event = event(Level.ERROR, "x", null);
    event.addMarker(Severity.CRITICAL);

    assertThat(layout.doLayout(event)).contains(" CRITICAL backend ");
  }

  @ParameterizedTest
  @ValueSource(ints = {'\n', '\r', 0x1b, 0, 0x7f, 0x85, 0x2028})
  void controlCharactersCannotForgeALine(int character) {
    assertThat(line(Level.INFO, "a" + (char) character + "b", null))
        .endsWith(String.format("a\\u%04xb%n", character))
        .hasLineCount(1);
  }

  @Test
  void aThrowableFollowsTheLine() {
    assertThat(line(Level.ERROR, "failed", new IllegalStateException("why")))
        .contains("failed\njava.lang.IllegalStateException: why\n\tat ");
  }

  private String line(Level level, String message, @Nullable Throwable thrown) {
    return layout.doLayout(event(level, message, thrown));
  }

  private static LoggingEvent event(Level level, String message, @Nullable Throwable thrown) {
    LoggingEvent event = new LoggingEvent();
    event.setLoggerContext(new LoggerContext());
    event.setLoggerName("backend");
    event.setLevel(level);
    event.setMessage(message);
    event.setInstant(Instant.parse("2026-03-01T12:05:09.007Z"));
    if (thrown != null) {
      event.setThrowableProxy(new ThrowableProxy(thrown));
    }
    return event;
  }
}
