package org.sessionpro.backend.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sessionpro.backend.config.LogLevel;
import org.sessionpro.backend.config.LogSettings;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Looks at what arrives on standard error once everything is written.
class LoggingTest {
  private final PrintStream before = System.err;

  @AfterEach
  void restore() {
    System.setErr(before);
    Logging.start(new LogSettings(LogLevel.WARNING));
  }

  @ParameterizedTest
  @CsvSource({
    "DEBUG, DEBUG INFO WARNING ERROR CRITICAL",
    "INFO, INFO WARNING ERROR CRITICAL",
    "WARNING, WARNING ERROR CRITICAL",
    "ERROR, ERROR CRITICAL",
    "CRITICAL, CRITICAL"
  })
  void aLevelShowsItselfAndWorse(LogLevel level, String shown) {
    assertThat(logged(level, LoggerName.BACKEND.logger())).isEqualTo(shown);
  }

  @Test
  void librariesAreHeardFromWarningsOn() {
    assertThat(logged(LogLevel.DEBUG, LoggerFactory.getLogger("org.eclipse.jetty.server.Server")))
        .isEqualTo("WARNING ERROR CRITICAL");
  }

  @ParameterizedTest
  @ValueSource(strings = {"org.eclipse.jetty.http.HttpParser", "org.eclipse.jetty.util.HostPort"})
  void warningsThatRepeatWhatAClientSentAreNotWritten(String library) {
    assertThat(logged(LogLevel.DEBUG, LoggerFactory.getLogger(library)))
        .isEqualTo("ERROR CRITICAL");
  }

  @ParameterizedTest
  @EnumSource(LoggerName.class)
  void everyLoggerOfTheProgramFollowsTheLevel(LoggerName name) {
    assertThat(logged(LogLevel.DEBUG, name.logger()))
        .isEqualTo("DEBUG INFO WARNING ERROR CRITICAL");
  }

  private static String logged(LogLevel level, Logger logger) {
    ByteArrayOutputStream written = new ByteArrayOutputStream();
    System.setErr(new PrintStream(written, true, StandardCharsets.UTF_8));
    Logging.start(new LogSettings(level));
    logger.debug("x");
    logger.info("x");
    logger.warn("x");
    logger.error("x");
    logger.error(Severity.CRITICAL, "x");
    Logging.stop();
    return String.join(
        " ",
        written
            .toString(StandardCharsets.UTF_8)
            .lines()
            .map(line -> line.split(" ", -1)[2])
            .toList());
  }
}
