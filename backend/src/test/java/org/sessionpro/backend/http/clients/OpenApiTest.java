package org.sessionpro.backend.http.clients;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.sessionpro.backend.RunningBackend.T;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.sessionpro.backend.RunningBackend;
import org.sessionpro.backend.db.Engine;
import org.sessionpro.backend.http.OpenApi;
import org.sessionpro.backend.http.webhook.AppleWebhook;
import org.sessionpro.protocol.OrderId;
import org.sessionpro.protocol.PurchaseToken;
import org.sessionpro.protocol.TransactionId;
import org.sessionpro.protocol.json.DecimalInteger;
import org.sessionpro.protocol.v0.DevTerms;
import org.sessionpro.protocol.v0.PaymentTx;
import org.sessionpro.protocol.v1.ErrorCode;

/// `docs/openapi.yaml` against a running server, in both directions: it has the server's paths and no
/// others, every request and answer is one that it describes, and every answer that it describes comes.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OpenApiTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  /// `POST /path: V1ProofAnswer`, and `V1Refusal revoked` of what has come.
  private final Set<String> seen = new TreeSet<>();

  private OpenApi document;
  private RunningBackend backend;

  @BeforeAll
  void useEverything(@TempDir Path folder) throws IOException {
    document = new OpenApi();
    backend =
        RunningBackend.start(
            Engine.SQLITE, folder, RunningBackend.Options.DEFAULT.withMaxProofs(20));
    Caller caller = new Caller(backend.address(), backend.key(), Way.DIRECT, this::compare);
    V0Calls v0 = new V0Calls(backend, caller);
    V1Calls v1 = new V1Calls(backend, caller);
    caller.send("GET", "/status", new byte[0]);
    caller.post("/status", "anything".getBytes(UTF_8));
    strangers(v0, v1);
    subscribers(v0, v1);
    Person google = Person.unknown();
    developers(v0, google);
    refused(v0, v1);
    v1.revocations(0);
    v0.revocations(0);
  }

  @AfterAll
  void stop() {
    backend.close();
  }

  private static void strangers(V0Calls v0, V1Calls v1) {
    Person stranger = Person.unknown();
    v1.proof(stranger);
    v1.status(stranger);
    v1.payments(stranger, 10);
    v0.proof(stranger);
    v0.details(stranger, 10);
    v0.add(stranger, new PaymentTx.Apple(new TransactionId("nobody's")), DevTerms.DEFAULT);
    v0.refund(stranger, new PaymentTx.Apple(new TransactionId("nobody's")), T);
  }

  /// Every store's payments, in every state that they can be in.
  private void subscribers(V0Calls v0, V1Calls v1) {
    Shop shop = new Shop(backend);
    Person person = Person.unknown();
    Instant now = backend.now();
    Instant later = now.plus(Duration.ofDays(20));
    Purchase apple = Purchase.apple(person.id("o"), person.id("w"), person.id("t"), now, later);
    shop.sell(person, apple);
    shop.sell(
        person,
        Purchase.google(person.id("token"), person.id("order"), now, later),
        Purchase.google(
            person.id("token2"),
            person.id("order2"),
            now.minus(Duration.ofDays(90)),
            now.minus(Duration.ofDays(60))));
    shop.voucher(person, 30);
    read(v0, v1, person);
    v1.payments(person, 2);
    v0.proof(person);
    v0.refund(person, new PaymentTx.Apple(new TransactionId(person.id("t"))), now);
    for (int i = 0; i <= 20; i++) {
      v1.proof(person);
    }
    shop.refund(apple.key(), now);
    read(v0, v1, person);

    Person lapsed = Person.unknown();
    shop.sell(
        lapsed,
        Purchase.google(
            lapsed.id("token"),
            lapsed.id("order"),
            now.minus(Duration.ofDays(90)),
            now.minus(Duration.ofDays(60))));
    v1.proof(lapsed);
    read(v0, v1, lapsed);

    Person revoked = Person.unknown();
    Purchase only = Purchase.google(revoked.id("token"), revoked.id("order"), now, later);
    shop.sell(revoked, only);
    shop.refund(only.key(), now);
    backend.clock().advance(Duration.ofSeconds(1));
    v1.proof(revoked);
    read(v0, v1, revoked);
  }

  private static void read(V0Calls v0, V1Calls v1, Person person) {
    v1.status(person);
    v1.payments(person, 100);
    v0.details(person, 100);
  }

  private static void developers(V0Calls v0, Person person) {
    PaymentTx.Google payment =
        new PaymentTx.Google(
            new PurchaseToken(person.id("token")),
            new OrderId(PaymentTx.DEVELOPMENT_PREFIX + person.id("order")));
    v0.add(person, payment, DevTerms.DEFAULT);
    v0.add(person, payment, DevTerms.DEFAULT);
  }

  private void refused(V0Calls v0, V1Calls v1) {
    Person person = Person.unknown();
    Person thief = person.withMasterKeyOf(Person.unknown());
    Instant stale = backend.now().minus(Duration.ofHours(1));
    v1.proof(thief);
    v1.proof(person, stale);
    v1.proof(new Person(person.master(), person.master()));
    v1.status(person, stale);
    v1.payments(person, stale, DecimalInteger.of(1), "");
    v0.proof(thief);
    v0.details(person, 1, stale);
    for (String path :
        List.of(
            "/get_pro_status",
            "/get_payment_details",
            "/get_pro_details",
            "/add_pro_payment",
            "/set_payment_refund_requested")) {
      v1.raw(path, "{}");
    }
    v1.raw("/get_pro_revocations", "{}");
    v0.raw("/get_pro_revocations", "{\"version\":1}");
    v0.raw("/generate_pro_proof", "{\"version\":0}");
  }

  /// Requests that are answered without complaint are as described, and so is every answer.
  private void compare(String method, String path, byte[] body, Answer answer) {
    OpenApi.Operation operation = operation(method, path);
    List<String> matching = document.matching(operation.answers(200), answer.json());
    assertThat(matching).as("%s %s: %s", method, path, answer.text()).hasSize(1);
    String kind = matching.getFirst();
    seen.add(method + " " + path + ": " + kind);
    Optional.ofNullable(answer.json().get("error_code"))
        .ifPresent(slug -> seen.add(slug.textValue()));
    if (kind.startsWith("V0Failure")) {
      seen.add("v0 " + answer.json().required("status").intValue());
    }
    if (answer.json().has("result") && !operation.requests().isEmpty()) {
      assertThat(document.matching(operation.requests(), json(body)))
          .as("%s %s was answered: %s", method, path, new String(body, UTF_8))
          .hasSize(1);
    }
  }

  private OpenApi.Operation operation(String method, String path) {
    return document.operations(OpenApi.Port.CLIENTS).stream()
        .filter(one -> one.method().equals(method) && one.path().equals(path))
        .findFirst()
        .orElseThrow(() -> new AssertionError(method + " " + path + " is not described"));
  }

  private static JsonNode json(byte[] body) {
    try {
      return JSON.readTree(body);
    } catch (IOException malformed) {
      throw new AssertionError(malformed);
    }
  }

  @Test
  void itHasThePathsOfTheServerAndTheirMethods() {
    Map<String, Set<String>> served =
        new HashMap<>(
            OpenApi.methods(
                backend.routes().all().stream()
                    .filter(route -> !route.path().startsWith("/dev/"))
                    .toList()));
    served.put(AppleWebhook.PATH, Set.of("POST"));

    assertThat(document.methods(OpenApi.Port.CLIENTS)).isEqualTo(served);
  }

  @Test
  void everyAnswerThatItDescribesComes() {
    Set<String> described =
        document.operations(OpenApi.Port.CLIENTS).stream()
            .flatMap(operation ->
                operation.answers(200).stream()
                    .map(name -> operation.method() + " " + operation.path() + ": " + name))
            .collect(Collectors.toSet());

    assertThat(seen).containsAll(described);
  }

  @Test
  void everyRefusalThatItNamesComes() {
    Set<String> slugs = new TreeSet<>();
    document
        .at("/components/schemas/V1Refusal/properties/error_code/enum")
        .forEach(slug -> slugs.add(slug.textValue()));

    assertThat(slugs)
        .isEqualTo(Stream.of(ErrorCode.values()).map(ErrorCode::slug).collect(Collectors.toSet()));
    // What a fault of the server becomes is seen in FaultsTest, other statuses in
    // OpenApiStatusTest.
    slugs.remove(ErrorCode.INTERNAL_ERROR.slug());
    assertThat(seen).containsAll(slugs).contains("v0 1", "v0 2", "v0 100", "v0 101");
  }
}
