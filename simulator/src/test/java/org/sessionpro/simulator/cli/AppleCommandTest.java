package org.sessionpro.simulator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.PipedReader;
import java.io.PipedWriter;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sessionpro.protocol.crypto.Crypto;
import org.sessionpro.simulator.SimulatedClock;
import org.sessionpro.simulator.apple.AppleSettings;
import org.sessionpro.simulator.apple.AppleSimulator;
import org.sessionpro.simulator.apple.api.AppleEndpoint;
import org.sessionpro.simulator.apple.control.ConfigurationFiles;
import org.sessionpro.simulator.apple.control.StateDocument;
import org.sessionpro.simulator.apple.script.AppleVocabulary;
import org.sessionpro.simulator.control.Control;
import org.sessionpro.simulator.google.script.IdleServer;
import org.sessionpro.simulator.http.Answer;
import org.sessionpro.simulator.http.Endpoint;
import org.sessionpro.simulator.http.FrontDesk;
import org.sessionpro.simulator.http.LoopbackServer;
import org.sessionpro.simulator.http.Request;
import org.sessionpro.simulator.http.Service;
import org.sessionpro.simulator.script.ScriptRunner;
import picocli.CommandLine;

class AppleCommandTest {
  private static final String KEY = "ab".repeat(32);
  private static final Instant T = Instant.parse("2026-03-04T10:00:00Z");

  @TempDir private Path folder;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  @AfterEach
  void stop() {
    threads.shutdownNow();
  }

  @Test
  void aLifeCanBeLivedByHand() throws Exception {
    SimulatedClock clock = new SimulatedClock(T);
    AppleSimulator simulator =
        new AppleSimulator(AppleSettings.ofSeed(1), clock, InstantSource.system());
    ScriptRunner runner =
        new ScriptRunner(clock, List.of(simulator.stage()), new IdleServer(), Crypto.selfTested());
    FrontDesk control =
        new FrontDesk(
            new Control(
                runner.open("control"),
                new AppleVocabulary(),
                () -> StateDocument.of(simulator),
                simulator.desk().calls()),
            clock);
    try (AppleSimulator.Served served = simulator.serve(0, Map.of(Control.PATH, control))) {
      String port = Integer.toString(served.url().getPort());

      assertThat(execute("buy", "--port", port, "--key", KEY).exit()).isZero();
      for (String statement :
          List.of(
              "advance 31d",
              "change p-abababab 12-months",
              "refund p-abababab#1",
              "decline p-abababab",
              "cancel p-abababab")) {
        assertThat(execute(words(port, statement)).exit()).describedAs(statement).isZero();
      }

      assertThat(execute("show", "--port", port).out())
          .contains("\"product\":\"com.getsession.org.pro_sub_12_months\"")
          .contains("\"refunded_at\"")
          .contains("\"upgraded_at\"")
          .contains("\"renewing\":false");
      assertThat(execute("show", "--port", port, "calls").out()).isEqualTo("{}");
      assertThat(execute(words(port, "frobnicate")).exit()).isEqualTo(1);
    }
  }

  private static String[] words(String port, String statement) {
    return ("play --port " + port + " " + statement).split(" ", -1);
  }

  @Test
  void aScriptIsPlayedOnceAServerIsThere() throws Exception {
    Path script = folder.resolve("a.scenario");
    Files.writeString(
        script,
        """
        scenario app_store 0 "A purchase"
        buyer alice
        buy a alice 1-month
        settle
        expect answered 200
        expect account alice active
        """);
    try (LoopbackServer server =
        LoopbackServer.start(
            0, Map.of("/", new FrontDesk(new Accepting(), new SimulatedClock(T))))) {
      PipedReader reader = new PipedReader();
      PrintWriter printer = new PrintWriter(new PipedWriter(reader), true);
      Future<Integer> exit =
          threads.submit(() ->
              AppleCommand.commandLine(printer, InstantSource.system())
                  .execute(
                      "--port=0",
                      "--dev-clock=" + folder.resolve("clock"),
                      "--write-config=" + folder,
                      "--keys=" + folder.resolve("keys"),
                      "--webhook=" + server.url() + "/apple_notifications_v2",
                      "--script=" + script));
      BufferedReader out = new BufferedReader(reader);

      String listening = out.readLine();
      assertThat(listening).startsWith("listening on ");
      assertThat(out.readLine()).startsWith("not checked: Account");
      assertThat(out.readLine())
          .isEqualTo("A purchase: as it says; 1 expectations met, 1 not checked");
      assertThat(exit.get()).isZero();
      String url = listening.substring("listening on ".length());
      assertThat(Files.readAllLines(folder.resolve(ConfigurationFiles.SECTION)))
          .contains(
              "[apple]",
              "bundle_id = org.session.example",
              "sandbox_env = false",
              "app_id = 1234567890",
              "allow_custom_roots = true",
              "root_certificates = " + folder.toAbsolutePath().resolve("apple-root.pem"),
              "api_base_url = " + url + "/");
      assertThat(Files.readAllLines(folder.resolve(ConfigurationFiles.ENVIRONMENT)))
          .contains(
              "SESH_PRO_BACKEND_WITH_PROVIDER_APP_STORE='1'",
              "SESH_PRO_BACKEND_APPLE_SANDBOX_ENV='0'",
              "SESH_PRO_BACKEND_APPLE_ALLOW_CUSTOM_ROOTS='1'");
      assertThat(Files.readString(folder.resolve("apple-root.pem")))
          .isEqualTo(Files.readString(folder.resolve("keys/root.pem")));
    }
  }

  /// A server that accepts whatever it is sent.
  private static final class Accepting implements Service {
    @Override
    public Routed route(Request request) {
      return new Routed(AppleEndpoint.NOWHERE, null, () -> Answer.empty(200));
    }

    @Override
    public Answer refusal(
        Endpoint endpoint, int status, String reason, @Nullable Duration retryAfter) {
      return Answer.empty(status);
    }
  }

  private record Executed(int exit, String out) {}

  private static Executed execute(String... arguments) {
    StringWriter out = new StringWriter();
    PrintWriter printer = new PrintWriter(out, true);
    CommandLine command =
        AppleCommand.commandLine(printer, InstantSource.system()).setOut(printer).setErr(printer);
    return new Executed(command.execute(arguments), out.toString().strip());
  }
}
