package org.sessionpro.simulator.google.control;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sessionpro.protocol.ByteString;
import org.sessionpro.protocol.crypto.Crypto;
import org.sessionpro.simulator.SimulatedClock;
import org.sessionpro.simulator.control.Control;
import org.sessionpro.simulator.google.GoogleClient;
import org.sessionpro.simulator.google.GoogleSettings;
import org.sessionpro.simulator.google.GoogleSimulator;
import org.sessionpro.simulator.google.script.GoogleVocabulary;
import org.sessionpro.simulator.google.script.IdleServer;
import org.sessionpro.simulator.http.Answer;
import org.sessionpro.simulator.http.FrontDesk;
import org.sessionpro.simulator.http.Request;
import org.sessionpro.simulator.script.ScriptRunner;

class ControlTest {
  private static final Instant T = Instant.parse("2026-03-04T10:00:00Z");

  private final SimulatedClock clock = new SimulatedClock(T);
  private final GoogleSimulator simulator =
      new GoogleSimulator(GoogleSettings.ofSeed(1), clock, InstantSource.system());
  private final FrontDesk desk =
      new FrontDesk(
          new Control(
              new ScriptRunner(
                      clock, List.of(simulator.stage()), new IdleServer(), Crypto.selfTested())
                  .open("control"),
              new GoogleVocabulary(),
              () -> StateDocument.of(simulator),
              simulator.desk().calls()),
          clock);

  @TempDir private Path folder;

  @Test
  void statementsHappen() throws Exception {
    JsonNode answer = json(post("buyer alice\nbuy a alice session-pro-1-month\n\nadvance 1d"));

    assertThat(answer.get("played").asInt()).isEqualTo(3);
    assertThat(answer.get("now").asText()).isEqualTo("2026-03-05T10:00:00Z");
    assertThat(simulator.store().subscriptions()).hasSize(1);
  }

  @Test
  void namesLastFromOneRequestToTheNext() throws Exception {
    post("buyer alice\nbuy a alice session-pro-1-month");

    assertThat(post("cancel a").status()).isEqualTo(200);
    assertThat(post("buyer alice").status()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(strings = {"purchase", "advance", "event", "fault", "publish"})
  void theNamesOfTheSpecificationTakeStatements(String name) throws Exception {
    Answer answer = ask("POST", Control.SHORT_PATH + name, "buyer alice\nadvance 1d");

    assertThat(json(answer).get("played").asInt()).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/simulator/", "/sim/", "/_sim/"})
  void eachOfItsPathsLeadsToTheSame(String path) throws Exception {
    assertThat(json(ask("POST", path + "play", "buyer alice")).get("played").asInt()).isOne();
    assertThat(ask("POST", path + "reset", "").status()).isEqualTo(200);
    assertThat(ask("GET", path + "state", "").status()).isEqualTo(200);
    assertThat(Control.PATHS).contains(path);
  }

  @ParameterizedTest
  @ValueSource(strings = {"state", "calls"})
  void theNamesOfTheSpecificationShowAsWell(String name) throws Exception {
    assertThat(ask("GET", Control.SHORT_PATH + name, "").status()).isEqualTo(200);
  }

  @Test
  void aResetEndsFaultsAndLosesNoPurchase() throws Exception {
    post("buyer alice\nbuy a alice session-pro-1-month\nbreak token status=503");
    Request token = new Request("POST", "/token", Map.of(), "", ByteString.of(new byte[0]));
    assertThat(Objects.requireNonNull(simulator.desk().handle(token).answer()).status())
        .isEqualTo(503);

    assertThat(ask("POST", Control.SHORT_PATH + "reset", "").status()).isEqualTo(200);

    assertThat(Objects.requireNonNull(simulator.desk().handle(token).answer()).status())
        .isNotEqualTo(503);
    assertThat(simulator.store().subscriptions()).hasSize(1);
  }

  @Test
  void whatIsNotUnderstoodIsSaid() throws Exception {
    Answer answer = post("frobnicate");

    assertThat(answer.status()).isEqualTo(400);
    assertThat(json(answer).get("error").asText()).contains("frobnicate");
  }

  @Test
  void whatPlayDoesNotDoIsSaid() throws Exception {
    post("buyer alice\nbuy a alice session-pro-1-month");

    assertThat(json(post("restart a")).get("error").asText()).contains("not cancelled");
  }

  @Test
  void theStateShowsEveryPurchase() throws Exception {
    post("buyer alice\nbuy a alice session-pro-1-month\nbuy-once i alice session_pro_gift");
    post("revoke a\ndecline a\nrefund i#1");

    JsonNode state = json(get("state"));

    JsonNode subscription = state.get("subscriptions").get(0);
    assertThat(subscription.get("phase").asText()).isEqualTo("expired");
    assertThat(subscription.get("cycles").get(0).has("revoked_at")).isTrue();
    assertThat(state.get("one_time_purchases").get(0).get("state").asText()).isEqualTo("canceled");
    assertThat(state.get("undelivered_messages").asInt()).isPositive();
  }

  @Test
  void callsAreCounted() throws Exception {
    simulator
        .desk()
        .handle(new Request("POST", "/token", Map.of(), "", ByteString.of(new byte[0])));

    assertThat(json(get("calls")).get("token").asInt()).isEqualTo(1);
  }

  @Test
  void whatIsNotServedIsNotFound() throws Exception {
    assertThat(get("other").status()).isEqualTo(404);
  }

  @Test
  void theFilesLetAServerIn() throws Exception {
    try (GoogleSimulator.Served served = simulator.serve(0, Map.of())) {
      ConfigurationFiles.write(folder, served.url(), simulator.tokens().account());
      Path credentials = folder.resolve(ConfigurationFiles.CREDENTIALS);
      try (GoogleClient client =
          new GoogleClient(served.url(), Files.readAllBytes(credentials)).signIn()) {
        assertThat(client.play("subscriptions/session_pro").status()).isEqualTo(200);
      }
    }
  }

  @Test
  void theEnvironmentHoldsTheSameAsVariables() throws Exception {
    try (GoogleSimulator.Served served = simulator.serve(0, Map.of())) {
      ConfigurationFiles.write(folder, served.url(), simulator.tokens().account());

      assertThat(Files.readAllLines(folder.resolve(ConfigurationFiles.ENVIRONMENT)))
          .contains(
              "SESH_PRO_BACKEND_WITH_PROVIDER_GOOGLE_PLAY='1'",
              "SESH_PRO_BACKEND_GOOGLE_PACKAGE_NAME='org.sessionpro.simulated'",
              "SESH_PRO_BACKEND_GOOGLE_ACCEPT_TEST_PURCHASES='0'",
              "SESH_PRO_BACKEND_GOOGLE_API_ROOT_URL='" + served.url() + "/'")
          .hasSize(12);
    }
  }

  @Test
  void theSectionHoldsEverySettingOfAProvider() throws Exception {
    try (GoogleSimulator.Served served = simulator.serve(0, Map.of())) {
      ConfigurationFiles.write(folder, served.url(), simulator.tokens().account());

      assertThat(Files.readAllLines(folder.resolve(ConfigurationFiles.SECTION)))
          .contains(
              "[google]",
              "package_name = org.sessionpro.simulated",
              "cloud_project_id = simulated-project",
              "cloud_subscription_name = play-notifications",
              "subscription_product_id = session_pro",
              "cloud_app_credentials_path = "
                  + folder.toAbsolutePath().resolve(ConfigurationFiles.CREDENTIALS),
              "one_time_products = session_pro_30_days=30d",
              "accept_test_purchases = false",
              "api_root_url = " + served.url() + "/",
              "pubsub_root_url = " + served.url() + "/")
          .anyMatch(line -> line.startsWith("base_plans = session-pro-1-month=1m,"))
          .noneMatch(line -> line.contains("session-pro-6-months"));
    }
  }

  @Test
  void theCredentialsAreForTheirOwnerOnly() throws IOException {
    ConfigurationFiles.write(
        folder, URI.create("http://127.0.0.1:1"), simulator.tokens().account());
    ConfigurationFiles.write(
        folder, URI.create("http://127.0.0.1:2"), simulator.tokens().account());

    assertThat(Files.getPosixFilePermissions(folder.resolve(ConfigurationFiles.CREDENTIALS)))
        .isEqualTo(PosixFilePermissions.fromString("rw-------"));
  }

  private Answer post(String statements) throws InterruptedException {
    return ask("POST", Control.PATH + "play", statements);
  }

  private Answer get(String what) throws InterruptedException {
    return ask("GET", Control.PATH + what, "");
  }

  private Answer ask(String method, String path, String body) throws InterruptedException {
    Request request =
        new Request(
            method, path, Map.of(), "", ByteString.of(body.getBytes(StandardCharsets.UTF_8)));
    return Objects.requireNonNull(desk.handle(request).answer());
  }

  private static JsonNode json(Answer answer) throws IOException {
    return new ObjectMapper().readTree(answer.body().toByteArray());
  }
}
