package org.sessionpro.backend;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sessionpro.backend.http.RawClient;
import org.sessionpro.backend.http.clients.StrictClients;
import org.sessionpro.backend.http.ops.OpsClient;

/// The packaged server as an operator runs it: what it leaves behind, and how it ends.
class ServeIT {
  private static final String STATUS = "GET /status HTTP/1.1\r\nHost: h\r\n\r\n";

  /// Seconds; far more than a client takes that comes meanwhile.
  private static final String DRAIN = "2";

  private static final String POLL = "{\"ticket\":0}";

  @TempDir private Path directory;

  @Test
  void theFirstStartMakesAKeyForItsOwnerOnlyAndTheNextOneKeepsIt() throws Exception {
    Path file = directory.resolve("data/signing.key");
    String key;
    try (PackagedServer first = PackagedServer.start(directory)) {
      key = Files.readString(file).strip();
      assertThat(Files.getPosixFilePermissions(file))
          .isEqualTo(PosixFilePermissions.fromString("rw-------"));
      assertThat(first.errors())
          .contains("made a new signing key", "its public key is " + key.substring(64))
          .doesNotContain(key.substring(0, 64));
      assertThat(status(first)).contains("\"signing_pubkey\":\"" + key.substring(64) + "\"");
      first.signal("TERM");
      first.waitForEnd();
    }

    try (PackagedServer second = PackagedServer.start(directory)) {
      assertThat(second.errors()).doesNotContain("made a new signing key");
      assertThat(status(second)).contains("\"signing_pubkey\":\"" + key.substring(64) + "\"");
    }
    assertThat(Files.readString(file).strip()).isEqualTo(key);
  }

  @Test
  void settingsAndLogMayBeFiles() throws Exception {
    Path log = directory.resolve("pro.log");
    Path file =
        Files.writeString(
            directory.resolve("pro.ini"),
            """
            [base]
            db_url = sqlite:///ledger.db
            provider_testing_env = yes
            [logging]
            path = %s
            [ops]
            port = 0
            """
                .formatted(log));

    try (PackagedServer server =
        PackagedServer.start(directory, Map.of("SESH_PRO_BACKEND_INI_PATH", file.toString()))) {
      assertThat(server.opsAddress().getAddress().isLoopbackAddress()).isTrue();
      assertThat(directory.resolve("ledger.db")).exists();
      server.stop();
    }
    assertThat(Files.readString(log))
        .contains("configuration " + file)
        .contains("WARNING pro [base] provider_testing_env (" + file + ":3) has no effect")
        .contains("ledger sqlite:///ledger.db")
        .contains("listening on http://127.0.0.1:")
        .endsWith("INFO pro stopped\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"INT", "TERM"})
  void anEndThatIsAskedForIsInOrderAndAnswersWhatIsInFlight(String signal) throws Exception {
    try (PackagedServer server = PackagedServer.start(directory);
        RawClient client = RawClient.to(server.address())) {
      client.send(
          "POST /get_pro_revocations HTTP/1.1\r\nHost: h\r\nExpect: 100-continue\r\nContent-Length: "
              + POLL.length()
              + "\r\n\r\n");
      assertThat(client.readHead().status()).as("the server waits for the body").isEqualTo(100);

      server.signal(signal);
      awaitRefusal(server.address());
      RawClient.Answer answer = client.send(POLL).read();

      StrictClients.accept("/get_pro_revocations", POLL.getBytes(StandardCharsets.UTF_8), answer);
      assertThat(answer.status()).isEqualTo(200);
      assertThat(answer.text()).contains("\"status\":\"ok\"", "\"retry_in\":86400");
      assertThat(server.waitForEnd()).isZero();
      assertThat(server.errors())
          .contains("stopping", "stopped")
          .doesNotContain("ERROR", "Exception", "\tat ");
    }
    assertThat(directory.resolve("data/pro.db-wal")).as("the database is closed").doesNotExist();
  }

  @Test
  void aServerThatIsAboutToEndSaysSoAndServesOnForAsLongAsItWasTold() throws Exception {
    Map<String, String> drain = Map.of("SESH_PRO_BACKEND_OPS_DRAIN", DRAIN);
    try (PackagedServer server = PackagedServer.start(directory, drain, "--ops-port", "0")) {
      InetSocketAddress ops = server.opsAddress();
      assertThat(OpsClient.get(ops, "/health/ready").status()).isEqualTo(200);

      server.signal("TERM");
      awaitDraining(ops);

      assertThat(status(server)).contains("\"status\":\"ok\"");
      assertThat(server.waitForEnd()).isZero();
      assertThat(server.errors()).contains("stopped").doesNotContain("ERROR", "Exception", "\tat ");
    }
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void idleClientsLeaveFilesToAServerThatMayOpenFew() throws Exception {
    int descriptors = 700;
    List<RawClient> idle = new ArrayList<>();
    try (PackagedServer server = PackagedServer.startWithDescriptors(directory, descriptors)) {
      long own = server.descriptors();
      for (int i = 0; i < descriptors; i++) {
        idle.add(RawClient.to(server.address()).send(STATUS));
      }
      assertThat(idle.getFirst().read().status()).isEqualTo(200);
      assertThat(idle.get(199).read().status()).isEqualTo(200);
      assertThat(idle.get(200).staysSilentFor(200)).as("waits to be accepted").isTrue();
      assertThat(server.descriptors()).isLessThan(own + 250);

      for (RawClient client : idle) {
        client.close();
      }
      assertThat(status(server)).contains("\"signing_pubkey\"");
      assertThat(server.errors()).contains("only 200 connections at a time");
    }
  }

  @Test
  void aLedgerInMemoryLeavesNothing() throws Exception {
    Path temporary = Files.createDirectory(directory.resolve("tmp"));
    Map<String, String> variables =
        Map.of(
            "SESH_PRO_BACKEND_DB_PATH",
            ":memory:",
            "PRO_JAVA_OPTS",
            "-Djava.io.tmpdir=" + temporary);
    try (PackagedServer server = PackagedServer.start(directory, variables, "--dev")) {
      assertThat(ledgers(temporary)).hasSize(1);

      server.signal("TERM");

      assertThat(server.waitForEnd()).isZero();
    }
    assertThat(ledgers(temporary)).isEmpty();
  }

  private static Stream<Path> ledgers(Path temporary) throws IOException {
    try (Stream<Path> found = Files.list(temporary)) {
      return found
          .filter(path -> path.getFileName().toString().startsWith("session-pro-"))
          .toList()
          .stream();
    }
  }

  private static String status(PackagedServer server) throws IOException {
    return StrictClients.post(server.address(), "/status", "", new byte[0]).text();
  }

  private static void awaitDraining(InetSocketAddress ops) throws IOException {
    boolean draining = false;
    while (!draining) {
      RawClient.Answer answer = OpsClient.get(ops, "/health/ready");
      draining = answer.text().contains("\"status\":\"draining\"");
      assertThat(answer.status()).isEqualTo(draining ? 503 : 200);
    }
  }

  private static void awaitRefusal(InetSocketAddress address) throws IOException {
    boolean refused = false;
    while (!refused) {
      try {
        RawClient.to(address).close();
      } catch (ConnectException expected) {
        refused = true;
      } catch (SocketException reset) {
        // Accepted by the kernel a moment before the server closed its socket.
      }
    }
  }
}
