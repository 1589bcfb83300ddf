package org.sessionpro.backend.http.clients;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.sessionpro.backend.RunningBackend;
import org.sessionpro.backend.config.DatabaseUrl;
import org.sessionpro.backend.db.Databases;
import org.sessionpro.backend.db.Engine;
import org.sessionpro.backend.http.HttpLimits;
import org.sessionpro.backend.http.Method;
import org.sessionpro.backend.http.OpenApi;
import org.sessionpro.backend.http.RawClient;
import org.sessionpro.backend.http.Reply;
import org.sessionpro.backend.http.Route;
import org.sessionpro.backend.http.RouteTable;
import org.sessionpro.backend.http.TestServer;
import org.sessionpro.backend.http.onion.OnionRoute;
import org.sessionpro.backend.http.webhook.AppleWebhook;
import org.sessionpro.backend.store.apple.Notification.SignedText;
import org.sessionpro.backend.store.apple.work.IntakeRig;
import org.sessionpro.protocol.ByteString;
import org.sessionpro.protocol.TransactionId;
import org.sessionpro.protocol.crypto.Aead;
import org.sessionpro.protocol.onion.OnionClient;
import org.sessionpro.protocol.onion.OnionRequest;
import org.sessionpro.protocol.v0.DevTerms;
import org.sessionpro.protocol.v0.PaymentTx;

/// The statuses of `docs/openapi.yaml` against a running server, in both directions: each that is given
/// on one of its paths is described there with its kind of content, and each that is described is given.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public class OpenApiStatusTest {
  private static final HttpLimits IMPATIENT =
      HttpLimits.DEFAULT.with(
          new HttpLimits.TimeLimits(
              Duration.ofMillis(600), Duration.ofMillis(900), Duration.ofSeconds(8)));

  /// `POST /path 413` of what has come.
  private final Set<String> seen = new ConcurrentSkipListSet<>();

  private OpenApi document;
  private List<OpenApi.Operation> operations;

  /// For those who run a server.
  private List<OpenApi.Operation> insights;

  @BeforeAll
  void seeEverything(@TempDir Path folder) throws Exception {
    document = new OpenApi();
    operations = document.operations(OpenApi.Port.CLIENTS);
    insights = document.operations(OpenApi.Port.OPERATIONS);
    DatabaseUrl url = Engine.SQLITE.empty(folder);
    try (RunningBackend backend =
            RunningBackend.startWithOps(
                url, Databases.open(url), folder, RunningBackend.Options.DEFAULT);
        IntakeRig rig = new IntakeRig(Engine.SQLITE, folder)) {
      AppleWebhook webhook = new AppleWebhook(rig.notifications(true), rig.clock());
      RouteTable routes = backend.routes().with(webhook.route(HttpLimits.DEFAULT));
      try (TestServer server = TestServer.start(routes, IMPATIENT)) {
        protocols(backend, server.address());
        notifications(server.address());
        noRequests(operations, server.address());
        slowRequests(operations, server.address());
      }
      try (TestServer server = TestServer.start(backend.opsRoutes(), IMPATIENT)) {
        for (OpenApi.Operation insight : insights) {
          see(insight, raw(server.address(), start(insight, "") + "\r\n"));
        }
        noRequests(insights, server.address());
        slowRequests(insights, server.address());
      }
      stop(operations, routes);
      stop(insights, backend.opsRoutes());
      backend.ledger().close();
      // Longer than the last revocation list is served.
      backend.clock().advance(Duration.ofMinutes(6));
      faults(backend);
    }
  }

  /// What is answered by the protocols themselves.
  private void protocols(RunningBackend backend, InetSocketAddress server) throws IOException {
    for (OpenApi.Operation operation : operations) {
      see(operation, ask(server, operation, "{}".getBytes(UTF_8)));
    }
    ByteString agreement = RunningBackend.CRYPTO.agreementPublicKey(backend.key());
    OnionRequest inner =
        new OnionRequest("GET", "/status", Optional.empty(), Map.of(), ByteString.of(new byte[0]));
    byte[] onion =
        new OnionClient(RunningBackend.CRYPTO, agreement, new SecureRandom())
            .seal(inner, Aead.AES_256_GCM)
            .outerBody();
    see(post(OnionRoute.PATH), ask(server, post(OnionRoute.PATH), onion));
  }

  private void notifications(InetSocketAddress server) throws IOException {
    for (SignedText text : List.of(IntakeRig.news("DID_RENEW"), new SignedText("nonsense"))) {
      byte[] body = "{\"signedPayload\":\"%s\"}".formatted(text.value()).getBytes(UTF_8);
      see(post(AppleWebhook.PATH), ask(server, post(AppleWebhook.PATH), body));
    }
  }

  private void noRequests(List<OpenApi.Operation> asked, InetSocketAddress server)
      throws IOException {
    String longText = "x".repeat(65_536);
    for (OpenApi.Operation one : asked) {
      see(one, raw(server, start(one, "") + "no colon\r\n\r\n"));
      see(one, raw(server, start(one, "") + "Content-Length: 10485761\r\n\r\n"));
      see(one, raw(server, start(one, "?" + longText) + "\r\n"));
      see(one, raw(server, start(one, "") + "Expect: miracles\r\nContent-Length: 2\r\n\r\n{}"));
      see(one, raw(server, start(one, "") + "X: " + longText + "\r\n\r\n"));
    }
  }

  /// All at the same time, because each takes as long as a request may take to arrive.
  private void slowRequests(List<OpenApi.Operation> asked, InetSocketAddress server)
      throws IOException {
    List<RawClient> slow = new ArrayList<>();
    for (OpenApi.Operation operation : asked) {
      slow.add(RawClient.to(server).send(start(operation, "")));
    }
    for (int i = 0; i < slow.size(); i++) {
      try (RawClient client = slow.get(i)) {
        see(asked.get(i), client.read());
      }
    }
  }

  /// One server for each path, all at the same time, because a stop takes a second.
  private void stop(List<OpenApi.Operation> asked, RouteTable routes) throws Exception {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<@Nullable Void>> stopped =
          threads.invokeAll(
              asked.stream()
                  .map(operation ->
                      (Callable<@Nullable Void>)
                          () -> {
                            stop(routes, operation);
                            return null;
                          })
                  .toList());
      for (Future<@Nullable Void> one : stopped) {
        one.get();
      }
    }
  }

  /// A request that begins before a stop and ends after it; another one that is at work holds the stop up.
  private void stop(RouteTable routes, OpenApi.Operation operation) throws Exception {
    CountDownLatch entered = new CountDownLatch(1);
    CountDownLatch release = new CountDownLatch(1);
    Route slow =
        TestServer.client(
            "/slow",
            Set.of(Method.POST),
            _ -> {
              entered.countDown();
              try {
                release.await();
              } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
              }
              return Reply.plain(404);
            });
    String request = start(operation, "") + "Content-Length: 2\r\n\r\n{}";
    try (TestServer server = TestServer.start(routes.with(slow), HttpLimits.DEFAULT);
        RawClient busy = RawClient.to(server.address());
        RawClient other = RawClient.to(server.address())) {
      InetSocketAddress address = server.address();
      busy.send("POST /slow HTTP/1.1\r\nHost: h\r\nContent-Length: 0\r\n\r\n");
      entered.await();
      other.send(request.substring(0, 9));
      CompletableFuture<Void> stopping = CompletableFuture.runAsync(server::close);
      awaitRefusal(address);
      see(operation, other.send(request.substring(9)).read());
      release.countDown();
      stopping.join();
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

  /// What a server answers whose database is gone.
  private void faults(RunningBackend backend) {
    Caller caller =
        new Caller(
            backend.address(),
            backend.key(),
            Way.DIRECT,
            (_, path, _, answer) -> see(post(path), answer.status(), answer.contentType()));
    V0Calls v0 = new V0Calls(backend, caller);
    Person person = Person.unknown();
    PaymentTx.Apple payment = new PaymentTx.Apple(new TransactionId("nobody's"));
    v0.proof(person);
    v0.details(person, 1);
    v0.revocations(0);
    v0.add(person, payment, DevTerms.DEFAULT);
    v0.refund(person, payment, backend.now());
  }

  private static String start(OpenApi.Operation operation, String query) {
    return "%s %s%s HTTP/1.1\r\nHost: h\r\n".formatted(operation.method(), operation.path(), query);
  }

  private static RawClient.Answer ask(
      InetSocketAddress server, OpenApi.Operation operation, byte[] body) throws IOException {
    return RawClient.ask(server, start(operation, ""), body);
  }

  private static RawClient.Answer raw(InetSocketAddress server, String request) throws IOException {
    try (RawClient client = RawClient.to(server)) {
      return client.sendWhatIsTaken(request.getBytes(UTF_8)).read();
    }
  }

  private OpenApi.Operation post(String path) {
    return operations.stream()
        .filter(one -> one.method().equals("POST") && one.path().equals(path))
        .findFirst()
        .orElseThrow();
  }

  private void see(OpenApi.Operation operation, RawClient.Answer answer) {
    see(operation, answer.status(), answer.body().size() == 0 ? "" : answer.header("content-type"));
  }

  private void see(OpenApi.Operation operation, int status, String type) {
    String what = operation.method() + " " + operation.path() + " " + status;
    assertThat(document.statuses(operation)).as(what).contains(status);
    assertThat(document.contentTypes(operation, status))
        .as("%s: %s", what, type)
        .containsAll(type.isEmpty() ? Set.of() : Set.of(type.replaceAll(";.*", "")))
        .matches(types -> types.isEmpty() == type.isEmpty(), "is there if there is content");
    seen.add(what);
  }

  @Test
  void everyStatusThatItDescribesComes() {
    Set<String> described =
        Stream.concat(operations.stream(), insights.stream())
            .flatMap(operation ->
                document.statuses(operation).stream()
                    .map(status -> operation.method() + " " + operation.path() + " " + status))
            .collect(Collectors.toCollection(TreeSet::new));

    assertThat(seen).isEqualTo(described);
  }

  @Test
  void otherMethodsAreRefusedWithThoseThatItDescribes(@TempDir Path folder) throws IOException {
    DatabaseUrl url = Engine.SQLITE.empty(folder);
    try (RunningBackend backend =
        RunningBackend.startWithOps(
            url, Databases.open(url), folder, RunningBackend.Options.DEFAULT)) {
      Map<String, Set<String>> methods = document.methods(OpenApi.Port.CLIENTS);
      methods.remove(AppleWebhook.PATH);
      refuse(methods, backend.address());
      refuse(document.methods(OpenApi.Port.OPERATIONS), backend.opsAddress());
    }
  }

  private static void refuse(Map<String, Set<String>> methods, InetSocketAddress server)
      throws IOException {
    for (Map.Entry<String, Set<String>> path : methods.entrySet()) {
      RawClient.Answer answer =
          raw(server, "PUT %s HTTP/1.1\r\nHost: h\r\n\r\n".formatted(path.getKey()));

      assertThat(answer.status()).as(path.getKey()).isEqualTo(405);
      Set<String> allowed = new TreeSet<>(List.of(answer.header("allow").split(", ", -1)));
      allowed.removeAll(Set.of("HEAD", "OPTIONS"));
      assertThat(allowed).as(path.getKey()).isEqualTo(path.getValue());
    }
  }

  @Test
  void pathsThatItDoesNotDescribeAreNotThere(@TempDir Path folder) throws IOException {
    DatabaseUrl url = Engine.SQLITE.empty(folder);
    try (RunningBackend backend =
        RunningBackend.startWithOps(
            url, Databases.open(url), folder, RunningBackend.Options.DEFAULT)) {
      for (InetSocketAddress port : List.of(backend.address(), backend.opsAddress())) {
        String request = "GET /elsewhere HTTP/1.1\r\nHost: h\r\n\r\n";

        assertThat(raw(port, request).status()).isEqualTo(404);
      }
    }
  }
}
