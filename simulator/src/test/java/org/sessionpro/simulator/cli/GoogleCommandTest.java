package org.sessionpro.simulator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PipedReader;
import java.io.PipedWriter;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sessionpro.protocol.crypto.Crypto;
import org.sessionpro.simulator.SimulatedClock;
import org.sessionpro.simulator.control.Control;
import org.sessionpro.simulator.google.GoogleClient;
import org.sessionpro.simulator.google.GoogleSettings;
import org.sessionpro.simulator.google.GoogleSimulator;
import org.sessionpro.simulator.google.control.ConfigurationFiles;
import org.sessionpro.simulator.google.control.StateDocument;
import org.sessionpro.simulator.google.play.Quirk;
import org.sessionpro.simulator.google.script.GoogleVocabulary;
import org.sessionpro.simulator.google.script.IdleServer;
import org.sessionpro.simulator.http.FrontDesk;
import org.sessionpro.simulator.script.ScriptRunner;
import picocli.CommandLine;
import picocli.CommandLine.ParseResult;

class GoogleCommandTest {
  private static final String KEY = "ab".repeat(32);

  @TempDir private Path folder;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  @AfterEach
  void stop() {
    threads.shutdownNow();
  }

  @Test
  void aPurchaseCanBeMadeByHand() throws Exception {
    SimulatedClock clock = new SimulatedClock(Instant.parse("2026-03-04T10:00:00Z"));
    GoogleSimulator simulator =
        new GoogleSimulator(GoogleSettings.ofSeed(1), clock, InstantSource.system());
    ScriptRunner runner =
        new ScriptRunner(clock, List.of(simulator.stage()), new IdleServer(), Crypto.selfTested());
    FrontDesk control =
        new FrontDesk(
            new Control(
                runner.open("control"),
                new GoogleVocabulary(),
                () -> StateDocument.of(simulator),
                simulator.desk().calls()),
            clock);
    try (GoogleSimulator.Served served = simulator.serve(0, Map.of(Control.PATH, control))) {
      String port = Integer.toString(served.url().getPort());

      assertThat(execute("buy", "--port", port, "--key", KEY).exit()).isZero();
      assertThat(execute("play", "--port", port, "cancel", "p-abababab").exit()).isZero();

      assertThat(execute("show", "--port", port).out())
          .contains("\"base_plan\":\"session-pro-1-month\"")
          .contains("\"phase\":\"canceled\"");
      assertThat(execute("show", "--port", port, "calls").out()).isEqualTo("{}");
      assertThat(execute("play", "--port", port, "frobnicate").exit()).isEqualTo(1);
    }
  }

  @Test
  void aKeyThatIsNoneIsRefused() {
    assertThat(execute("buy", "--port", "1", "--key", "zz").exit()).isNotZero();
  }

  @Test
  void theValueOfAnOptionMayBeCalledLikeACommand() {
    ParseResult parsed =
        GoogleCommand.commandLine(new PrintWriter(new StringWriter()), InstantSource.system())
            .parseArgs("--write-config", "play", "--dev-clock", "show");

    assertThat(parsed.hasSubcommand()).isFalse();
    assertThat(parsed.<Path>matchedOptionValue("--write-config", null)).isEqualTo(Path.of("play"));
  }

  @Test
  void theHelpNamesEveryQuirk() {
    assertThat(execute("--help").out()).contains(Quirk.ODD_TOKENS.name());
  }

  @Test
  void aScriptIsPlayedOnceAServerPulls() throws Exception {
    Path script = folder.resolve("a.scenario");
    Files.writeString(
        script,
        """
        scenario google_play 0 "A purchase"
        buyer alice
        buy a alice session-pro-1-month
        settle
        expect undelivered 0
        expect account alice active
        """);

    Running running = start("--script", script.toString());

    try (GoogleClient client = running.client(folder)) {
      Future<?> pulling = threads.submit(pulling(client));
      assertThat(running.out().readLine()).startsWith("not checked: Account");
      assertThat(running.out().readLine())
          .isEqualTo("A purchase: as it says; 1 expectations met, 1 not checked");
      assertThat(running.exit().get()).isZero();
      pulling.cancel(true);
    }
  }

  @Test
  void aScriptThatGoesOtherwiseFails() throws Exception {
    Path script = folder.resolve("a.scenario");
    Files.writeString(
        script,
        """
        scenario google_play 0 "A purchase"
        buyer alice
        buy a alice session-pro-1-month
        expect store a expired
        """);

    Running running = start("--script", script.toString());

    try (GoogleClient client = running.client(folder)) {
      Future<?> pulling = threads.submit(pulling(client));
      assertThat(running.out().readLine()).startsWith("a.scenario:4: but it is active");
      assertThat(running.exit().get()).isEqualTo(1);
      pulling.cancel(true);
    }
  }

  /// Takes messages and acknowledges them until it is interrupted.
  private static Callable<Integer> pulling(GoogleClient client) {
    return () -> {
      while (!Thread.currentThread().isInterrupted()) {
        for (var message : client.pubSub("pull", "{}").json().path("receivedMessages")) {
          client.pubSub("acknowledge", "{\"ackIds\":[" + message.get("ackId") + "]}");
        }
      }
      return 0;
    };
  }

  private record Executed(int exit, String out) {}

  private static Executed execute(String... arguments) {
    StringWriter out = new StringWriter();
    PrintWriter printer = new PrintWriter(out, true);
    CommandLine command =
        GoogleCommand.commandLine(printer, InstantSource.system()).setOut(printer).setErr(printer);
    return new Executed(command.execute(arguments), out.toString().strip());
  }

  private record Running(BufferedReader out, Future<Integer> exit, URI url) {
    GoogleClient client(Path folder) throws IOException {
      Path credentials = folder.resolve(ConfigurationFiles.CREDENTIALS);
      return new GoogleClient(url, Files.readAllBytes(credentials)).signIn();
    }
  }

  private Running start(String... further) throws IOException {
    PipedReader reader = new PipedReader();
    PrintWriter printer = new PrintWriter(new PipedWriter(reader), true);
    List<String> arguments = new ArrayList<>();
    arguments.addAll(
        List.of(
            "--port",
            "0",
            "--clock",
            folder.resolve("clock").toString(),
            "--write-config",
            folder.toString()));
    arguments.addAll(List.of(further));
    Future<Integer> exit =
        threads.submit(() ->
            GoogleCommand.commandLine(printer, InstantSource.system())
                .execute(arguments.toArray(String[]::new)));
    BufferedReader out = new BufferedReader(reader);
    String listening = out.readLine();
    assertThat(listening).startsWith("listening on ");
    return new Running(out, exit, URI.create(listening.substring("listening on ".length())));
  }
}
