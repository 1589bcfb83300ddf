package org.sessionpro.backend;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.sessionpro.backend.RunningBackend.Options;
import org.sessionpro.backend.config.DatabaseUrl;
import org.sessionpro.backend.db.Databases;
import org.sessionpro.backend.db.Engine;
import org.sessionpro.backend.db.UnreachableDatabase;
import org.sessionpro.backend.http.RawClient;
import org.sessionpro.backend.http.clients.StrictClients;
import org.sessionpro.backend.http.ops.Exposition;
import org.sessionpro.backend.http.ops.OpsClient;
import org.sessionpro.backend.telemetry.Metric;

/// What a server shows to those who run it, over sockets.
@ParameterizedClass
@EnumSource(Engine.class)
class OperationsTest {
  private static final String REQUESTS = "session_pro_http_requests_total";

  @Parameter Engine engine;
  @TempDir Path folder;
  private UnreachableDatabase database;
  private RunningBackend server;

  @BeforeEach
  void start() {
    DatabaseUrl url = engine.empty(folder);
    database = new UnreachableDatabase(Databases.open(url));
    server = RunningBackend.startWithOps(url, database, folder, Options.DEFAULT);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private Exposition scrape() throws IOException {
    return OpsClient.scrape(server.opsAddress());
  }

  private RawClient.Answer get(String path) throws IOException {
    return OpsClient.get(server.opsAddress(), path);
  }

  private void post(String path, String body) throws IOException {
    var _ = StrictClients.post(server.address(), path, "", body.getBytes(UTF_8));
  }

  @Test
  void everyNumberIsOneThatIsKnownWithItsLabels() throws Exception {
    post("/get_pro_status", "{}");

    for (Exposition.Series series : scrape().series()) {
      Metric metric = Metric.ofSample(series.name());
      Set<String> labels = new HashSet<>(metric.labels());
      if (series.name().endsWith("_bucket")) {
        labels.add("le");
      }
      assertThat(series.labels().keySet()).as(series.name()).isEqualTo(labels);
    }
  }

  @Test
  void everyNumberIsShownButThoseOfStoresAndOfJobsThatRan() throws Exception {
    post("/get_pro_status", "{}");

    assertThat(scrape().names())
        .containsAll(
            Arrays.stream(Metric.values())
                .filter(metric -> !metric.name().matches("(STORE|INBOX)_.*|JOB_(TIME|SUCCESS)"))
                .filter(metric -> metric != ofOtherEngine())
                .flatMap(metric -> metric.samples().stream())
                .toList());
  }

  private Metric ofOtherEngine() {
    return switch (engine) {
      case SQLITE -> Metric.DATABASE_TIMEOUTS;
      case POSTGRESQL -> Metric.DATABASE_BATCH;
    };
  }

  @Test
  void requestsAreCountedByWhatCameOfThem() throws Exception {
    post("/get_pro_status", "{}");
    post("/get_pro_details", "{}");
    post("/get_pro_revocations", "{\"ticket\":0}");
    post("/get_pro_revocations", "{\"ticket\":0}");
    post("/nowhere", "");

    Exposition seen = scrape();

    assertThat(seen.sum(REQUESTS, "protocol", "v1", "outcome", "invalid_request")).isOne();
    assertThat(seen.sum(REQUESTS, "protocol", "v0", "outcome", "parse_error")).isOne();
    assertThat(seen.sum(REQUESTS, "route", "/get_pro_revocations", "outcome", "ok")).isEqualTo(2);
    assertThat(seen.sum(REQUESTS, "route", "none", "outcome", "http_404")).isOne();
    assertThat(seen.sum(REQUESTS, "transport", "onion")).isZero();
    assertThat(
            seen.sum(
                "session_pro_http_request_duration_seconds_count", "route", "/get_pro_revocations"))
        .isEqualTo(2);
  }

  @Test
  void faultsOfTheServerAreCountedApartFromRefusals() throws Exception {
    database.unreachable(true);
    server.clock().advance(Duration.ofMinutes(6));

    post("/get_pro_revocations", "{\"ticket\":0}");

    assertThat(scrape().sum(REQUESTS, "route", "/get_pro_revocations", "outcome", "fault")).isOne();
  }

  @Test
  void aServerThatCanServeIsReady() throws Exception {
    RawClient.Answer answer = get("/health/ready");

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.header("content-type")).isEqualTo("application/json");
    assertThat(answer.text())
        .isEqualTo(
            "{\"status\":\"ready\",\"checks\":{\"database\":\"ok\",\"schema\":\"ok\","
                + "\"revocation_list\":\"ok\",\"signing_key\":\"ok\"}}");
    assertThat(scrape().sum("session_pro_ready")).isOne();
  }

  @Test
  void aServerWithoutItsDatabaseLivesAndIsNotReady() throws Exception {
    database.unreachable(true);

    RawClient.Answer answer = get("/health/ready");

    assertThat(answer.status()).isEqualTo(503);
    assertThat(answer.text())
        .contains(
            "\"status\":\"unready\"", "\"database\":\"failed\"", "\"revocation_list\":\"ok\"");
    assertThat(get("/health/live").status()).isEqualTo(200);
    assertThat(scrape().sum("session_pro_ready")).isZero();
  }

  @Test
  void aListThatPollsNoLongerGetIsStale() throws Exception {
    database.unreachable(true);
    server.clock().advance(Duration.ofMinutes(6));

    assertThat(get("/health/ready").text()).contains("\"revocation_list\":\"stale\"");
  }

  @Test
  void aServerThatIsAboutToEndSaysSoAndServesOn() throws Exception {
    server.drain();

    RawClient.Answer answer = get("/health/ready");
    post("/get_pro_revocations", "{\"ticket\":0}");

    assertThat(answer.status()).isEqualTo(503);
    assertThat(answer.text()).startsWith("{\"status\":\"draining\"");
    assertThat(get("/health/live").status()).isEqualTo(200);
    assertThat(scrape().sum(REQUESTS, "outcome", "ok")).isOne();
  }

  @Test
  void withoutItsDatabaseAServerShowsWhatItKnows() throws Exception {
    assertThat(scrape().names()).contains("session_pro_accounts");
    database.unreachable(true);

    Exposition seen = scrape();

    assertThat(seen.names()).contains("session_pro_accounts", "session_pro_jvm_threads");
    assertThat(seen.sum("session_pro_readings_age_seconds", "of", "census")).isPositive();
  }

  @Test
  void numbersThatNeverCouldBeReadAreNotShown() throws Exception {
    database.unreachable(true);

    Exposition seen = scrape();

    assertThat(seen.names()).doesNotContain("session_pro_accounts");
    assertThat(seen.sum("session_pro_readings_failures_total", "of", "census")).isOne();
  }

  @Test
  void otherMethodsAndPathsAreRefused() throws Exception {
    for (String path : Set.of("/metrics", "/health/live", "/health/ready")) {
      assertThat(OpsClient.ask(server.opsAddress(), "POST", path).status()).isEqualTo(405);
      assertThat(StrictClients.send(server.address(), "GET", path, "", new byte[0]).status())
          .as("to clients")
          .isEqualTo(404);
    }
    assertThat(get("/health").status()).isEqualTo(404);
    assertThat(get("/status").status()).isEqualTo(404);
  }
}
