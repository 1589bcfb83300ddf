package org.sessionpro.simulator.apple;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.sessionpro.protocol.ByteString;
import org.sessionpro.protocol.json.JsonWriter;
import org.sessionpro.simulator.SimulatedClock;
import org.sessionpro.simulator.apple.api.ApiKey;
import org.sessionpro.simulator.apple.catalogue.Product;
import org.sessionpro.simulator.apple.catalogue.SessionCatalogue;
import org.sessionpro.simulator.apple.pki.Pem;
import org.sessionpro.simulator.apple.store.AppStore;
import org.sessionpro.simulator.apple.store.Customer;
import org.sessionpro.simulator.apple.store.Sale;
import org.sessionpro.simulator.apple.store.Subscription;
import org.sessionpro.simulator.apple.store.Wish;
import org.sessionpro.simulator.http.Answer;
import org.sessionpro.simulator.http.Request;

/// A simulator in this process, a webhook that keeps what it is told, and a client of its API.
public final class AppleRig {
  public static final Instant T = Instant.parse("2026-03-04T10:00:03.412Z");
  public static final UUID TOKEN = UUID.fromString("00010203-0405-4607-8809-0a0b0c0d0e0f");
  public static final Duration GRACE = Duration.ofDays(16);

  private static final ObjectMapper JSON = new ObjectMapper();

  public final SimulatedClock clock = new SimulatedClock(T);
  public final AppleSimulator simulator;
  public final List<String> received = new ArrayList<>();

  /// What the webhook answers; 0 is nothing.
  public int status = 200;

  public AppleRig() {
    this(AppleSettings.ofSeed(1));
  }

  public AppleRig(AppleSettings settings) {
    simulator = new AppleSimulator(settings, clock, InstantSource.system());
    simulator.delivery().deliverTo(this::receive);
  }

  private int receive(ByteString body) throws IOException {
    if (status == 0) {
      throw new IOException("nobody is there");
    }
    received.add(JSON.readTree(body.toByteArray()).path("signedPayload").asText());
    return status;
  }

  public AppStore store() {
    return simulator.store();
  }

  public Subscription buy(Product product) {
    return buy("customer", product);
  }

  public Subscription buy(String customer, Product product) {
    return store().buy(new Customer(customer), new Wish(Sale.of(product), TOKEN), GRACE);
  }

  public Subscription month() {
    return buy(SessionCatalogue.MONTH);
  }

  /// As it stands now.
  public Subscription now(Subscription one) {
    return store().subscription(one.original());
  }

  /// Time passes, and what there is to tell is delivered.
  public void pass(Duration span) {
    clock.advance(span);
    simulator.catchUp();
  }

  /// The words of everything that was told so far.
  public List<String> told() {
    return simulator.delivery().log().all().stream()
        .map(one -> one.letter().notice().news().word())
        .toList();
  }

  /// The last notification that the webhook received.
  public JsonNode last() throws GeneralSecurityException {
    return JwsReader.payload(received.getLast());
  }

  /// A part of the last notification that is signed itself.
  public JsonNode inner(String name) throws GeneralSecurityException {
    return JwsReader.payload(last().at("/data/" + name).asText());
  }

  public Answer get(String path, Map<String, String> query) throws InterruptedException {
    return ask(new Request("GET", path, query, bearer(Map.of()), nothing()));
  }

  public JsonNode getJson(String path, Map<String, String> query) throws Exception {
    return json(get(path, query));
  }

  public Answer send(String method, String path, Map<String, String> query, String body)
      throws InterruptedException {
    return ask(
        new Request(
            method,
            path,
            query,
            bearer(Map.of()),
            ByteString.of(body.getBytes(StandardCharsets.UTF_8))));
  }

  public Answer ask(Request request) throws InterruptedException {
    return Objects.requireNonNull(simulator.desk().handle(request).answer());
  }

  public static ByteString nothing() {
    return ByteString.of(new byte[0]);
  }

  public static JsonNode json(Answer answer) throws IOException {
    return JSON.readTree(answer.body().toByteArray());
  }

  /// The header that lets a server in.
  ///
  /// @param changes of its claims; of `exp` in seconds from now
  public String bearer(Map<String, String> changes) {
    return bearer(simulator.key(), changes);
  }

  public static String bearer(ApiKey key, Map<String, String> changes) {
    String life = changes.getOrDefault("exp", "300");
    long now = Instant.now().getEpochSecond();
    String signed =
        encoded(header ->
            header
                .text("alg", changes.getOrDefault("alg", "ES256"))
                .text("kid", changes.getOrDefault("kid", ApiKey.ID))
                .text("typ", "JWT"))
            + "."
            + encoded(claims ->
                claims
                    .text("iss", changes.getOrDefault("iss", ApiKey.ISSUER))
                    .integer("iat", now)
                    .integer("exp", now + Long.parseLong(life))
                    .text("aud", changes.getOrDefault("aud", "appstoreconnect-v1"))
                    .text("bid", changes.getOrDefault("bid", SessionCatalogue.BUNDLE.value())));
    return "Bearer " + signed + "." + signature(key, signed);
  }

  private static String encoded(Consumer<JsonWriter> content) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(JsonWriter.object(content));
  }

  private static String signature(ApiKey key, String signed) {
    try {
      Signature signature = Signature.getInstance("SHA256withECDSAinP1363Format");
      signature.initSign(
          KeyFactory.getInstance("EC")
              .generatePrivate(new PKCS8EncodedKeySpec(Pem.read(key.p8()))));
      signature.update(signed.getBytes(StandardCharsets.US_ASCII));
      return Base64.getUrlEncoder().withoutPadding().encodeToString(signature.sign());
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /// The documents of a list of signed ones.
  public static List<JsonNode> payloads(@Nullable JsonNode signed) throws GeneralSecurityException {
    List<JsonNode> payloads = new ArrayList<>();
    if (signed != null) {
      for (JsonNode one : signed) {
        payloads.add(JwsReader.payload(one.asText()));
      }
    }
    return payloads;
  }
}
