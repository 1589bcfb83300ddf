package org.sessionpro.backend.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sessionpro.backend.cli.inspection.PaymentCommands;
import org.sessionpro.backend.config.LogLevel;
import org.sessionpro.backend.config.LogSettings;
import org.sessionpro.backend.telemetry.LoggerName;
import org.sessionpro.backend.telemetry.Logging;
import org.sessionpro.protocol.crypto.Crypto;

/// What commands leave in the log.
class CommandLogTest {
  private static final Instant NOW = Instant.ofEpochSecond(1_767_225_600);

  @TempDir private Path folder;
  private final PrintStream before = System.err;
  private final ByteArrayOutputStream console = new ByteArrayOutputStream();
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

  private CapturedShell mint(Path file, String... more) {
    CapturedShell shell = new CapturedShell(Map.of("SESH_PRO_BACKEND_LOG_PATH", file.toString()));
    List<String> words =
        new ArrayList<>(
            List.of("voucher", "mint", "--master-key", "a1".repeat(32), "--plan", "1M", "--json"));
    words.addAll(List.of("--db", "sqlite:///" + folder.resolve("pro.db")));
    words.addAll(List.of(more));
    assertThat(
            PromisedMembers.run(
                shell,
                List.of(new VoucherCommands(shell.shell(), () -> NOW)),
                words.toArray(String[]::new)))
        .as(shell::err)
        .isZero();
    return shell;
  }

  @Test
  void whatACommandMakesOfAPaymentIsALineInTheFile() throws IOException {
    Files.writeString(log, "of a server\n");

    mint(log, "--apply", "--reason", "a gift");

    assertThat(Files.readString(log))
        .matches(
            "of a server\n[0-9-]{8} [0-9:.]{12} INFO backend registered and bound at once:"
                + " order:[0-9a-f]{10}\n");
  }

  @Test
  void identifiersAreWrittenAsTheyAreWhereThatIsAskedFor() throws IOException {
    Path file = Files.writeString(folder.resolve("pro.ini"), "[base]\nunsafe_logging = yes");

    mint(log, "--apply", "--reason", "a gift", "--config", file.toString());

    assertThat(Files.readString(log))
        .matches(".* INFO backend registered and bound at once: order:[0-9a-f-]{36}\n");
  }

  @Test
  void aPaymentThatIsGivenToAnotherKeyIsALineInTheFile() throws IOException {
    CapturedShell minted = mint(log, "--apply", "--reason", "a gift");
    String payment = minted.out().replaceAll("(?s)^.*?\"payment_id\":\"([^\"]+)\".*$", "$1");
    CapturedShell shell = new CapturedShell(Map.of("SESH_PRO_BACKEND_LOG_PATH", log.toString()));
    PaymentCommands commands =
        new PaymentCommands(shell.shell(), Crypto::selfTested, () -> NOW.plusSeconds(60));

    int status =
        PromisedMembers.run(
            shell,
            List.of(commands),
            "payment",
            "reattribute",
            payment,
            "--to",
            "b0".repeat(32),
            "--apply",
            "--reason",
            "lost the first key",
            "--json",
            "--db",
            "sqlite:///" + folder.resolve("pro.db"));

    assertThat(status).as(shell::err).isZero();
    assertThat(Files.readAllLines(log))
        .last()
        .asString()
        .matches(".* INFO backend given to another key: order:[0-9a-f]{10}");
  }

  @Test
  void whatIsOnlyPlannedLeavesNoLineAndNoFile() {
    mint(log, "--apply", "--reason", "a gift");
    Path other = folder.resolve("other.log");

    mint(other);

    assertThat(other).doesNotExist();
  }

  @Test
  void outputHoldsTheResultAndNothingElse() {
    CapturedShell shell = mint(log, "--apply", "--reason", "a gift");
    Logging.stop();

    assertThat(shell.out()).startsWith("{\"payment_id\":").hasLineCount(1);
    assertThat(shell.err()).isEmpty();
    assertThat(console.toString(StandardCharsets.UTF_8)).isEmpty();
  }

  @Test
  void warningsAreShownToWhoeverRunsTheCommandToo() throws IOException {
    mint(log, "--apply", "--reason", "a gift");

    LoggerName.BACKEND.logger().warn("look");
    Logging.stop();

    assertThat(console.toString(StandardCharsets.UTF_8)).endsWith(" WARNING backend look\n");
    assertThat(Files.readString(log)).endsWith(" WARNING backend look\n");
  }

  @Test
  void aFileThatCannotBeWrittenIsAWarningAndStopsNothing() {
    mint(folder.resolve("none/pro.log"), "--apply", "--reason", "a gift");
    Logging.stop();

    assertThat(console.toString(StandardCharsets.UTF_8))
        .endsWith(
            " WARNING pro the log file "
                + folder.resolve("none/pro.log")
                + " cannot be written to: this command is not logged\n");
  }
}
