package org.sessionpro.backend.http.onion;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;
import org.sessionpro.backend.http.FaultAnswer;
import org.sessionpro.backend.http.HttpLimits;
import org.sessionpro.backend.http.Method;
import org.sessionpro.backend.http.RawClient;
import org.sessionpro.backend.http.Reply;
import org.sessionpro.backend.http.Route;
import org.sessionpro.backend.http.RouteTable;
import org.sessionpro.backend.http.TestServer;
import org.sessionpro.protocol.crypto.Aead;
import org.sessionpro.protocol.crypto.Crypto;
import org.sessionpro.protocol.crypto.Seed;
import org.sessionpro.protocol.onion.OnionServer;
import org.sessionpro.protocol.vectors.VectorHome;
import org.sessionpro.protocol.vectors.VectorSuite;

/// The cases of `onion-v4.json` that speak of HTTP, against a running server. Replies are taken
/// apart by hand, byte by byte, so that nothing of the server's own codec hides a deviation.
class OnionHttpVectorsTest {
  private static final VectorSuite SUITE = VectorSuite.of("onion-v4.json");
  private static final JsonNode KEYS = SUITE.root().get("keys");
  private static final Crypto CRYPTO = Crypto.selfTested();
  private static final ObjectMapper JSON = new ObjectMapper();

  private static TestServer server;

  @BeforeAll
  static void start() {
    Seed seed = Seed.fromHex(KEYS.get("server_ed25519_seed").asText());
    OnionServer onions =
        new OnionServer(CRYPTO, CRYPTO.agreementKey(seed), List.of(), new SecureRandom());
    Route webhook =
        new Route(
            "/apple_notifications_v2",
            Set.of(Method.POST),
            Route.Reach.DIRECT_ONLY,
            HttpLimits.BodyLimits.DEFAULT.webhook(),
            FaultAnswer.plain(),
            e -> Reply.plain(200));
    RouteTable inner = RouteTable.of(List.of(TestServer.echo(), TestServer.boom(), webhook));
    int limit = HttpLimits.BodyLimits.DEFAULT.onion();
    Route onion = OnionRoute.to(inner, onions, limit, access -> {});
    server = TestServer.start(inner.with(onion), HttpLimits.DEFAULT);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @TestFactory
  Stream<DynamicNode> onionV4OverHttp() {
    return SUITE
        .answersFor(VectorHome.ONION_HTTP)
        .elsewhere("keys")
        .elsewhere("public_dev_backend_keys")
        .elsewhere("requests")
        .elsewhere("responses")
        .run("malformed_outer", this::isRefused)
        .run("malformed_inner", this::isAnswered)
        .run("dispatch", this::isAnswered)
        .run("http", this::keepsTheSurface)
        .tests();
  }

  private void isRefused(JsonNode vector) throws IOException {
    RawClient.Answer answer = post(vector.get("outer_body"));
    assertThat(answer.status()).isEqualTo(vector.at("/expect/http").asInt());
    assertThat(answer.text()).isEqualTo("Bad request\n");
    assertThat(answer.header("content-type")).isEqualTo("text/plain; charset=utf-8");
  }

  private void isAnswered(JsonNode vector) throws IOException {
    JsonNode expected = vector.get("expect");
    RawClient.Answer answer = post(vector.get("outer_body"));
    assertThat(answer.status()).isEqualTo(expected.get("http").asInt());
    assertThat(answer.header("content-type")).isEqualTo("application/octet-stream");
    assertThat(answer.headers()).doesNotContainKey("content-encoding");

    Inner inner = open(hex(vector.get("outer_body")), answer.body().toByteArray());
    assertThat(inner.metadata().get("code").isInt()).isTrue();
    assertThat(inner.metadata().get("code").asInt()).isEqualTo(expected.get("code").asInt());
    assertThat(fieldNames(inner.metadata())).containsExactly("code", "headers");
    JsonNode headers = inner.metadata().get("headers");
    assertThat(headers).allMatch(JsonNode::isTextual);
    assertThat(fieldNames(headers)).contains("content-type").isSubsetOf("content-type", "allow");
    assertThat(headers.has("allow")).isEqualTo(expected.get("code").asInt() == 405);
    assertThat(headers.get("content-type").asText())
        .isEqualTo(expected.path("content-type").asText("text/plain; charset=utf-8"));
    if (expected.has("body")) {
      assertThat(inner.bodyHex()).isEqualTo(expected.get("body").asText());
    }
  }

  private void keepsTheSurface(JsonNode vector) throws IOException {
    String type = vector.path("content-type").asText("");
    String head =
        "%s %s HTTP/1.1\r\nHost: h\r\n%s"
            .formatted(
                vector.get("method").asText(),
                vector.get("path").asText(),
                vector.hasNonNull("content-type") ? "Content-Type: " + type + "\r\n" : "");
    byte[] body =
        vector.has("outer_body_from")
            ? hex(SUITE.root().at("/requests/0/outer_body"))
            : new byte[0];
    RawClient.Answer answer = RawClient.ask(server.address(), head, body);
    assertThat(answer.status()).isEqualTo(vector.get("expect").asInt());
    assertThat(answer.header("allow")).isEqualTo(answer.status() == 405 ? "POST, OPTIONS" : "");
  }

  private static RawClient.Answer post(JsonNode outerBody) throws IOException {
    String head = "POST /oxen/v4/lsrpc HTTP/1.1\r\nHost: h\r\n";
    return RawClient.ask(server.address(), head, hex(outerBody));
  }

  private record Inner(JsonNode metadata, String bodyHex) {}

  private static Inner open(byte[] request, byte[] sealed) throws IOException {
    int length = ByteBuffer.wrap(request).order(ByteOrder.LITTLE_ENDIAN).getInt();
    JsonNode outer = JSON.readTree(request, 4 + length, request.length - 4 - length);
    boolean gcm = outer.path("enc_type").asText("gcm").endsWith("gcm");
    Aead aead = gcm ? Aead.AES_256_GCM : Aead.XCHACHA20_POLY1305;
    String key = KEYS.get(gcm ? "key_aes_gcm" : "key_xchacha20_poly1305").asText();
    int nonce = aead.nonceSize();
    byte[] plaintext =
        CRYPTO
            .open(
                aead,
                HexFormat.of().parseHex(key),
                Arrays.copyOf(sealed, nonce),
                new byte[0],
                sealed,
                nonce,
                sealed.length - nonce)
            .orElseThrow();
    return read(new String(plaintext, StandardCharsets.ISO_8859_1));
  }

  /// Reads `l<length>:<metadata><length>:<body>e`, and nothing else.
  private static Inner read(String list) throws IOException {
    assertThat(list).startsWith("l").endsWith("e");
    int colon = list.indexOf(':');
    int metadataEnd = colon + 1 + Integer.parseInt(list.substring(1, colon));
    int bodyColon = list.indexOf(':', metadataEnd);
    int bodyEnd = bodyColon + 1 + Integer.parseInt(list.substring(metadataEnd, bodyColon));
    assertThat(bodyEnd).isEqualTo(list.length() - 1);
    byte[] body = list.substring(bodyColon + 1, bodyEnd).getBytes(StandardCharsets.ISO_8859_1);
    return new Inner(
        JSON.readTree(list.substring(colon + 1, metadataEnd)), HexFormat.of().formatHex(body));
  }

  private static List<String> fieldNames(JsonNode object) {
    return object.properties().stream().map(Map.Entry::getKey).toList();
  }

  private static byte[] hex(JsonNode text) {
    return HexFormat.of().parseHex(text.asText());
  }
}
