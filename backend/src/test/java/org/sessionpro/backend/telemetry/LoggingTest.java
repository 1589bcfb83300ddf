package org.sessionpro.backend.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import ch.qos.logback.core.encoder.LayoutWrappingEncoder;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sessionpro.backend.config.LogFormat;
import org.sessionpro.backend.config.LogLevel;
import org.sessionpro.backend.config.LogSettings;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Looks at what arrives on standard error once everything is written.
class LoggingTest {
  @TempDir private Path folder;
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

  @Test
  void aLoggerMayHaveALevelOfItsOwn() {
    LogSettings settings =
        with(
            LogLevel.ERROR,
            Map.of(
                "google_play", LogLevel.DEBUG,
                "app_store", LogLevel.CRITICAL,
                "org.example", LogLevel.INFO,
                "org.example.loud", LogLevel.CRITICAL));

    assertThat(logged(settings, LoggerName.GOOGLE_PLAY.logger()))
        .isEqualTo("DEBUG INFO WARNING ERROR CRITICAL");
    assertThat(logged(settings, LoggerName.APP_STORE.logger())).isEqualTo("CRITICAL");
    assertThat(logged(settings, LoggerName.BACKEND.logger())).isEqualTo("ERROR CRITICAL");
    assertThat(logged(settings, LoggerFactory.getLogger("org.example.some.Type")))
        .isEqualTo("INFO WARNING ERROR CRITICAL");
    assertThat(logged(settings, LoggerFactory.getLogger("org.example.loud.Type")))
        .isEqualTo("CRITICAL");
  }

  @Test
  void onlyALoggerThatAsksForItIsHeardWhereTheRestIsSilent() {
    LogSettings settings = with(LogLevel.CRITICAL, Map.of("pro", LogLevel.ERROR));

    assertThat(logged(settings, LoggerName.PRO.logger())).isEqualTo("ERROR CRITICAL");
    assertThat(logged(settings, LoggerName.BACKEND.logger())).isEqualTo("CRITICAL");
  }

  @Test
  void noLevelMakesALibraryRepeatWhatAClientSent() {
    assertThat(
            logged(
                with(LogLevel.INFO, Map.of("org.eclipse.jetty.http.HttpParser", LogLevel.DEBUG)),
                LoggerFactory.getLogger("org.eclipse.jetty.http.HttpParser")))
        .isEqualTo("ERROR CRITICAL");
  }

  @Test
  void theLogIsWrittenToAFileToo() throws Exception {
    Path file = folder.resolve("a %d,b.log");
    Files.writeString(file, "before\n");

    assertThat(logged(toFile(file), LoggerName.PRO.logger()))
        .isEqualTo("INFO WARNING ERROR CRITICAL");
    assertThat(Files.readAllLines(file)).hasSize(5).first().isEqualTo("before");
    assertThat(Files.readAllLines(file).getLast()).endsWith(" CRITICAL pro x");
  }

  @Test
  void aLogInJsonIsOneObjectALine() {
    ByteArrayOutputStream written = new ByteArrayOutputStream();
    System.setErr(new PrintStream(written, true, StandardCharsets.UTF_8));
    Logging.start(new LogSettings(LogLevel.INFO, Map.of(), null, LogFormat.JSON, false, List.of()));
    LoggerName.PRO.logger().info("one");
    LoggerName.PRO.logger().error("two", new IllegalStateException("why"));
    Logging.stop();

    assertThat(written.toString(StandardCharsets.UTF_8).lines())
        .hasSize(2)
        .allMatch(line -> line.startsWith("{\"time\":\"") && line.endsWith("}"));
  }

  @ParameterizedTest
  @CsvSource({"TEXT, ' (reference %s)'", "JSON, ',\"reference\":\"%s\"}'"})
  void everyLineAboutARequestEndsWithItsReference(LogFormat format, String end) {
    ByteArrayOutputStream written = new ByteArrayOutputStream();
    System.setErr(new PrintStream(written, true, StandardCharsets.UTF_8));
    Logging.start(new LogSettings(LogLevel.INFO, Map.of(), null, format, false, List.of()));
    RequestId id =
        RequestId.within(_ -> {
          LoggerName.BACKEND.logger().info("one");
          return RequestId.within(inner -> {
            LoggerName.PRO.logger().warn("two");
            return inner;
          });
        });
    LoggerName.PRO.logger().info("of nobody");
    Logging.stop();

    List<String> lines = written.toString(StandardCharsets.UTF_8).lines().toList();
    assertThat(lines).hasSize(3);
    assertThat(lines.subList(0, 2)).allMatch(line -> line.endsWith(end.formatted(id)));
    assertThat(lines.getLast()).doesNotContain("reference");
  }

  @Test
  void aLogFileThatCannotBeWrittenIsAnErrorAndStopsNothing() {
    Path file = folder.resolve("none/pro.log");

    assertThat(written(toFile(file)))
        .first()
        .asString()
        .endsWith(
            " ERROR pro the log file "
                + file
                + " cannot be written to: the log goes to standard error alone");
  }

  @Test
  void aLogFileThatAnotherProcessWritesToIsLeftToThatOne() throws Exception {
    Path file = folder.resolve("pro.log");
    try (FileChannel other =
            FileChannel.open(
                folder.resolve("pro.log.lock"),
                StandardOpenOption.CREATE,
                StandardOpenOption.WRITE);
        FileLock _ = other.lock()) {
      assertThat(written(toFile(file)))
          .first()
          .asString()
          .endsWith(
              " ERROR pro another process writes to the log file "
                  + file
                  + ": the log goes to standard error alone");
    }

    assertThat(file).isEmptyFile();
    assertThat(logged(toFile(file), LoggerName.PRO.logger()))
        .isEqualTo("INFO WARNING ERROR CRITICAL");
    assertThat(file).isNotEmptyFile();
  }

  @Test
  void aFullLogFileIsSetAsideAndTwoAreKept() throws Exception {
    Path file = folder.resolve("pro.log");
    LoggerContext context = new LoggerContext();
    context.setMDCAdapter(new LogbackMDCAdapter());
    LayoutWrappingEncoder<ILoggingEvent> encoder = new LayoutWrappingEncoder<>();
    encoder.setLayout(new LogLine(ZoneId.systemDefault()));
    encoder.setContext(context);
    encoder.start();
    ch.qos.logback.classic.Logger logger = context.getLogger("x");
    logger.addAppender(LogFile.open(file, 100, encoder, context));

    for (int line = 1; line <= 8; line++) {
      logger.info("{} {}", line, "x".repeat(100));
    }
    context.stop();

    assertThat(lineNumbers(file)).containsExactly("8");
    assertThat(lineNumbers(folder.resolve("pro.log.1"))).containsExactly("7");
    assertThat(lineNumbers(folder.resolve("pro.log.2"))).containsExactly("6");
    assertThat(folder.resolve("pro.log.3")).doesNotExist();
  }

  private static List<String> lineNumbers(Path file) throws IOException {
    return Files.readAllLines(file).stream().map(line -> line.split(" ", -1)[4]).toList();
  }

  @Test
  void whereNothingIsMaskedALibraryMayRepeatWhatAClientSent() {
    LogSettings unsafe =
        new LogSettings(LogLevel.INFO, Map.of(), null, LogFormat.TEXT, true, List.of());

    assertThat(logged(unsafe, LoggerFactory.getLogger("org.eclipse.jetty.http.HttpParser")))
        .isEqualTo("WARNING ERROR CRITICAL");
  }

  private static LogSettings with(LogLevel level, Map<String, LogLevel> levels) {
    return new LogSettings(level, levels, null, LogFormat.TEXT, false, List.of());
  }

  private static LogSettings toFile(Path file) {
    return new LogSettings(LogLevel.INFO, Map.of(), file, LogFormat.TEXT, false, List.of());
  }

  private static String logged(LogLevel level, Logger logger) {
    return logged(new LogSettings(level), logger);
  }

  private static List<String> written(LogSettings settings) {
    ByteArrayOutputStream written = new ByteArrayOutputStream();
    System.setErr(new PrintStream(written, true, StandardCharsets.UTF_8));
    Logging.start(settings);
    Logging.stop();
    return written.toString(StandardCharsets.UTF_8).lines().toList();
  }

  private static String logged(LogSettings settings, Logger logger) {
    ByteArrayOutputStream written = new ByteArrayOutputStream();
    System.setErr(new PrintStream(written, true, StandardCharsets.UTF_8));
    Logging.start(settings);
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
