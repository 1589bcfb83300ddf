package org.sessionpro.backend.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sessionpro.backend.config.ConfigurationError;
import org.sessionpro.backend.config.LogLevel;
import org.sessionpro.backend.config.LogSettings;
import org.sessionpro.backend.config.Setting;
import org.sessionpro.backend.db.DatabaseFault;
import org.sessionpro.backend.telemetry.Logging;
import org.sessionpro.backend.telemetry.Receiver;

/// A server that does not start says so wherever it would have said anything.
class FailedStartTest {
  private static final String STARTS = " CRITICAL pro the server did not start: ";

  @TempDir private Path folder;
  private final PrintStream before = System.err;
  private final ByteArrayOutputStream console = new ByteArrayOutputStream();
  private final CapturedShell shell = new CapturedShell(Map.of());
  private Path log;

  @BeforeEach
  void listen() {
    log = folder.resolve("pro.log");
    System.setErr(new PrintStream(console, true, StandardCharsets.UTF_8));
  }

  @AfterEach
  void restore() {
    System.setErr(before);
    Logging.start(new LogSettings(LogLevel.WARNING));
  }

  /// As the process does it, to its end.
  private int serve(Runnable start, String settings, String... more) throws IOException {
    Path file = folder.resolve("pro.ini");
    Files.writeString(file, "[base]\nlog_path = " + log + "\n" + settings);
    List<String> words = new ArrayList<>(List.of("serve", "--config", file.toString()));
    words.addAll(List.of(more));
    int status =
        new Program(shell.shell(), _ -> start.run(), List.of()).run(words.toArray(String[]::new));
    Logging.stop();
    return status;
  }

  private static void noDatabase() {
    throw new DatabaseFault("the database cannot be reached");
  }

  @Test
  void whatWasForeseenIsOneLineInTheFile() throws IOException {
    assertThat(serve(FailedStartTest::noDatabase, "")).isOne();

    assertThat(Files.readAllLines(log))
        .singleElement()
        .asString()
        .endsWith(STARTS + "the database cannot be reached");
    assertThat(shell.err()).isEqualTo("pro: the database cannot be reached\n");
  }

  @Test
  void whatNobodyThoughtOfHasItsStackTraceInTheFile() throws IOException {
    Runnable fault =
        () -> {
          throw new IllegalStateException("odd");
        };

    assertThat(serve(fault, "")).isOne();

    assertThat(Files.readString(log))
        .contains(STARTS + "IllegalStateException: odd\n", "\tat org.sessionpro.backend.cli.");
    assertThat(shell.err()).isEqualTo("pro: IllegalStateException: odd\n");
  }

  @Test
  void anErrorOfTheVirtualMachineIsToldToo() throws IOException {
    Runnable fault =
        () -> {
          throw new NoClassDefFoundError("Missing");
        };

    assertThat(serve(fault, "")).isOne();

    assertThat(Files.readString(log)).contains(STARTS + "NoClassDefFoundError: Missing\n");
  }

  @Test
  void itIsPostedBeforeTheProcessEnds() throws Exception {
    try (Receiver receiver = Receiver.answering(200)) {
      serve(
          FailedStartTest::noDatabase,
          """
          [session_webhook.0]
          enabled = yes
          name = Alerts
          url = %s
          """
              .formatted(receiver.webhook("Alerts").url()));

      assertThat(receiver.next().path("text").textValue())
          .contains(STARTS + "the database cannot be reached");
    }
  }

  @Test
  void linesForProgramsAreAllThereIsOnStandardError() throws IOException {
    assertThat(serve(FailedStartTest::noDatabase, "[logging]\nformat = json\n")).isOne();

    assertThat(shell.err()).isEmpty();
    assertThat(console.toString(StandardCharsets.UTF_8))
        .startsWith("{")
        .hasLineCount(1)
        .contains("\"level\":\"CRITICAL\"", "the database cannot be reached");
  }

  @Test
  void eachSettingThatCannotBeUsedIsALine() throws IOException {
    assertThat(serve(() -> {}, "[http]\nport = x\n[ops]\nport = y\n")).isOne();

    assertThat(Files.readAllLines(log))
        .hasSize(2)
        .allMatch(line -> line.contains(STARTS + "["))
        .allMatch(line -> line.endsWith(" must be a whole number from 0 to 65535"));
  }

  @Test
  void aFileThatASettingNamesAndThatCannotBeUsedIsALine() throws IOException {
    Runnable start =
        () -> {
          throw ConfigurationError.of(Setting.GOOGLE, "must be a file");
        };

    assertThat(serve(start, "")).isOne();

    assertThat(Files.readAllLines(log))
        .singleElement()
        .asString()
        .contains(STARTS)
        .endsWith("must be a file");
  }

  @Test
  void aSlipOfTheHandAtATerminalIsNobodyElsesBusiness() throws IOException {
    assertThat(serve(() -> {}, "", "--port", "x")).isEqualTo(2);

    assertThat(log).doesNotExist();
  }
}
