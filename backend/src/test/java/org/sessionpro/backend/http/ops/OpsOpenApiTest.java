package org.sessionpro.backend.http.ops;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.sessionpro.backend.RunningBackend;
import org.sessionpro.backend.config.DatabaseUrl;
import org.sessionpro.backend.db.Databases;
import org.sessionpro.backend.db.Engine;
import org.sessionpro.backend.db.SchemaState;
import org.sessionpro.backend.http.HttpLimits;
import org.sessionpro.backend.http.Method;
import org.sessionpro.backend.http.OpenApi;
import org.sessionpro.backend.http.RawClient;
import org.sessionpro.backend.http.Route;
import org.sessionpro.backend.http.RouteTable;
import org.sessionpro.backend.http.TestServer;

/// What `docs/openapi.yaml` says to those who run a server, against one, in both directions.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OpsOpenApiTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final SchemaState CURRENT = new SchemaState(1, 1);

  /// `GET /path 200`, and `check: value` of what has come.
  private final Set<String> seen = new TreeSet<>();

  private OpenApi document;

  @BeforeAll
  void seeEverything(@TempDir Path folder) throws IOException {
    document = new OpenApi();
    DatabaseUrl url = Engine.SQLITE.empty(folder);
    try (RunningBackend server =
        RunningBackend.startWithOps(
            url, Databases.open(url), folder, RunningBackend.Options.DEFAULT)) {
      for (OpenApi.Operation operation : document.operations(OpenApi.Port.OPERATIONS)) {
        compare(operation, server.opsAddress());
      }
    }
    show(
        new Readiness(
            () -> {
              throw new IllegalStateException("the database is gone");
            },
            () -> {
              throw new IllegalStateException("the list is stale");
            }));
    show(new Readiness(() -> new SchemaState(0, 1), () -> ""));
    Readiness draining = new Readiness(() -> CURRENT, () -> "");
    draining.drain();
    show(draining);
    showSilence();
  }

  private void show(Readiness readiness) throws IOException {
    show(routes(readiness));
  }

  private void show(List<Route> routes) throws IOException {
    try (TestServer server = TestServer.start(RouteTable.of(routes), HttpLimits.DEFAULT)) {
      compare(operation("/health/ready"), server.address());
    }
  }

  /// A database that says nothing, and somebody who does not wait for it.
  private void showSilence() throws IOException {
    CountDownLatch enough = new CountDownLatch(1);
    Readiness silent =
        new Readiness(
            () -> {
              try {
                enough.await();
              } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
              }
              return CURRENT;
            },
            () -> "");
    Route impatient =
        TestServer.client(
            "/health/ready",
            Set.of(Method.GET),
            exchange -> {
              Thread.currentThread().interrupt();
              try {
                return silent.handle(exchange);
              } finally {
                var _ = Thread.interrupted();
              }
            });
    try {
      show(List.of(impatient));
    } finally {
      enough.countDown();
    }
  }

  private static List<Route> routes(Readiness readiness) {
    return new OpsRoutes(new MetricsPage(List.of()), readiness).routes();
  }

  private OpenApi.Operation operation(String path) {
    return document.operations(OpenApi.Port.OPERATIONS).stream()
        .filter(one -> one.path().equals(path))
        .findFirst()
        .orElseThrow();
  }

  private void compare(OpenApi.Operation operation, InetSocketAddress server) throws IOException {
    RawClient.Answer answer = OpsClient.ask(server, operation.method(), operation.path());
    String what = operation.method() + " " + operation.path() + " " + answer.status();
    assertThat(operation.statuses()).as(what).contains(answer.status());
    seen.add(what);
    String type = answer.header("content-type").replaceAll(";.*", "");
    assertThat(operation.described().at("/responses/" + answer.status() + "/content").properties())
        .as("%s: %s", what, type)
        .extracting(entry -> entry.getKey())
        .contains(type);
    if (type.equals("application/json")) {
      JsonNode body = JSON.readTree(answer.text());
      assertThat(document.matching(operation.answers(answer.status()), body))
          .as("%s: %s", what, answer.text())
          .hasSize(1);
      values(body).forEach(seen::add);
    }
  }

  /// `name: value` of every text.
  private static Stream<String> values(JsonNode body) {
    return body.properties().stream()
        .flatMap(member ->
            member.getValue().isObject()
                ? values(member.getValue())
                : Stream.of(member.getKey() + ": " + member.getValue().textValue()));
  }

  @Test
  void itHasThePathsOfTheServerAndTheirMethods() {
    assertThat(document.methods(OpenApi.Port.OPERATIONS))
        .isEqualTo(OpenApi.methods(routes(new Readiness(() -> CURRENT, () -> ""))));
  }

  @Test
  void everyAnswerThatItDescribesComes() {
    assertThat(seen)
        .containsAll(
            document.operations(OpenApi.Port.OPERATIONS).stream()
                .flatMap(operation ->
                    operation.statuses().stream()
                        .map(status -> operation.method() + " " + operation.path() + " " + status))
                .collect(Collectors.toSet()));
  }

  @Test
  void everyReasonThatItDescribesComes() {
    Set<String> described = new TreeSet<>();
    String unready = "/components/schemas/OpsUnready/properties/";
    document
        .at(unready + "status/enum")
        .forEach(word -> described.add("status: " + word.textValue()));
    document
        .at(unready + "checks/properties")
        .properties()
        .forEach(check ->
            check
                .getValue()
                .path("enum")
                .forEach(word -> described.add(check.getKey() + ": " + word.textValue())));

    assertThat(described).isNotEmpty();
    assertThat(seen).containsAll(described);
  }
}
