package org.sessionpro.backend.cli.inspection;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sessionpro.backend.cli.CapturedShell;
import org.sessionpro.backend.cli.PromisedMembers;
import org.sessionpro.backend.config.DatabaseUrl;
import org.sessionpro.backend.db.Engine;

class ClockCommandsTest {
  private static final Instant NOW = Instant.parse("2026-03-01T00:00:00.5Z");

  @TempDir Path folder;
  private final CapturedShell shell = new CapturedShell(Map.of());

  private int check(Instant now, DatabaseUrl url, String... more) {
    List<String> all = new ArrayList<>(List.of("clock", "check", "--json"));
    all.addAll(List.of("--db", Engine.text(url)));
    all.addAll(List.of(more));
    return PromisedMembers.run(
        shell, List.of(new ClockCommands(shell.shell(), () -> now)), all.toArray(String[]::new));
  }

  private DatabaseUrl sqlite() {
    return Engine.SQLITE.empty(folder);
  }

  @Test
  void theClockOfADatabaseOnThisMachineIsOursSoThatNothingIsCompared() {
    assertThat(check(NOW, sqlite())).as(shell::err).isZero();

    assertThat(shell.err()).startsWith("pro: nothing was compared");
    assertThat(shell.out())
        .isEqualTo(
            "{\"sound\":null,\"clock_ts\":1772323200,\"limit_duration\":5,"
                + "\"database_ahead_ms\":null,\"server_ahead_ms\":null}\n");
  }

  /// Also before a first start.
  @Test
  void theClockOfADatabaseServerIsAskedWhateverTablesThereAre() {
    DatabaseUrl url = Engine.POSTGRESQL.withoutTables(folder);

    assertThat(check(NOW, url)).as("2026-03-01 is long ago or to come").isOne();

    assertThat(shell.out()).matches(".*\"database_ahead_ms\":-?[0-9]{6,},.*\n");
    assertThat(shell.err()).contains("differ by more than 5 s");
  }

  /// Against a web server that gives this as its Date.
  private int checkAgainst(String date, String... more) throws IOException {
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Thread.ofVirtual().start(() -> answer(server, date));
      List<String> all = new ArrayList<>(List.of(more));
      all.addAll(List.of("--against", "http://127.0.0.1:" + server.getLocalPort()));
      return check(NOW, sqlite(), all.toArray(String[]::new));
    }
  }

  private static void answer(ServerSocket server, String date) {
    try (Socket client = server.accept();
        BufferedReader in =
            new BufferedReader(
                new InputStreamReader(client.getInputStream(), StandardCharsets.US_ASCII))) {
      String line = in.readLine();
      while (line != null && !line.isEmpty()) {
        line = in.readLine();
      }
      String head = "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nDate: " + date + "\r\n\r\n";
      client.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
    } catch (IOException gone) {
      // The command says what it got.
    }
  }

  private static String date(Instant at) {
    return DateTimeFormatter.RFC_1123_DATE_TIME.format(at.atZone(ZoneOffset.UTC));
  }

  @Test
  void aWebServerThatIsWithinTheLimitIsNoTrouble() throws IOException {
    assertThat(checkAgainst(date(NOW.plusSeconds(3)))).as(shell::err).isZero();
    assertThat(shell.out()).contains("\"sound\":true", "\"server_ahead_ms\":2500");
    assertThat(shell.err()).isEmpty();
  }

  @Test
  void aWebServerBeyondTheLimitIs() throws IOException {
    assertThat(checkAgainst(date(NOW.minusSeconds(10)), "--limit", "8")).isOne();
    assertThat(shell.out()).contains("\"sound\":false", "\"server_ahead_ms\":-9500");
  }

  @Test
  void aWebServerWithoutATimeIsNoAnswer() throws IOException {
    assertThat(checkAgainst("yesterday")).isOne();
    assertThat(shell.err()).contains("no usable Date");
  }

  @Test
  void nobodyThereIsNoAnswer() {
    assertThat(check(NOW, sqlite(), "--against", "http://127.0.0.1:1", "--timeout", "1")).isOne();
    assertThat(shell.err()).contains("the web server tells no time");
  }

  @ParameterizedTest
  @ValueSource(strings = {"ftp://example.org", "x", "/path"})
  void whatIsNoWebServerIsNotUnderstood(String url) {
    assertThat(check(NOW, sqlite(), "--against", url)).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "61", "-1", "x"})
  void aLimitOutOfRangeIsNotUnderstood(String seconds) {
    assertThat(check(NOW, sqlite(), "--limit", seconds)).isEqualTo(2);
  }

  @ParameterizedTest
  @CsvSource({"0, 0, 0", "500, 600, 0", "1500, 1600, -500", "-700, -600, 600", "-100, 1100, 0"})
  void whatAWholeSecondCannotTellIsNoDifference(long asked, long answered, long ahead) {
    Instant second = Instant.parse("2026-03-01T00:00:00Z");

    assertThat(WebClock.ahead(second, second.plusMillis(asked), second.plusMillis(answered)))
        .isEqualTo(Duration.ofMillis(ahead));
  }
}
