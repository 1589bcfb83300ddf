package org.sessionpro.backend.http.clients;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.sessionpro.backend.RunningBackend.CRYPTO;
import static org.sessionpro.backend.http.clients.V0Calls.DETAILS;
import static org.sessionpro.backend.http.clients.V0Calls.PROOF;
import static org.sessionpro.backend.http.clients.V0Calls.REVOCATIONS;
import static org.sessionpro.backend.http.clients.V0Calls.assertOk;
import static org.sessionpro.backend.http.clients.V1Calls.assertRefused;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;
import org.sessionpro.protocol.crypto.Seed;
import org.sessionpro.protocol.v1.ErrorCode;
import org.sessionpro.protocol.vectors.VectorSuite;
import org.sessionpro.protocol.vectors.VectorSuite.Kind;
import org.sessionpro.protocol.vectors.WireV0Replacements;

/// The known answers of `wire-v0.json` to whole requests, from a server to whom the owner of the
/// vectors' master key is a subscriber, so that every other answer is one to the request itself.
class WireV0OverHttpTest extends EndpointTest {
  /// What exists; the other cases belong to endpoints that do not.
  private static final List<String> SERVED = List.of(PROOF, REVOCATIONS, DETAILS);

  private static final JsonNode FILE = VectorSuite.of("wire-v0.json").root();

  @TestFactory
  Stream<DynamicNode> wireV0OverHttp() {
    shop.voucher(owner(), "1y", Duration.ofDays(365));
    VectorSuite suite = VectorSuite.of("wire-v0.json");
    suite
        .root()
        .fieldNames()
        .forEachRemaining(section -> {
          switch (section) {
            case "conventions", "cross_checks" -> suite.prose(section);
            case "request_hashes" ->
                suite.sorted(section, vector -> kindOf(vector.path("endpoint")), this::isFulfilled);
            case "negative" ->
                suite.sorted(section, WireV0OverHttpTest::kindOfNegative, this::isRefused);
            case "malformed" ->
                suite.sorted(section, WireV0OverHttpTest::kindOfMalformed, this::isToldItsProblems);
            default -> suite.elsewhere(section);
          }
        });
    return suite.tests();
  }

  private static Kind kindOf(JsonNode endpoint) {
    return SERVED.contains(endpoint.asText()) ? Kind.RUN : Kind.ELSEWHERE;
  }

  /// Keys of small order name no endpoint, but sign anything where they are not refused.
  private static Kind kindOfNegative(JsonNode vector) {
    return isSmallOrder(vector) ? Kind.RUN : kindOf(vector.at("/response/endpoint"));
  }

  private static Kind kindOfMalformed(JsonNode vector) {
    String endpoint = vector.path("endpoint").asText();
    return endpoint.equals("any") || isAnsweredAsV1(endpoint, vector.path("body").asText())
        ? Kind.REPLACED
        : kindOf(vector.path("endpoint"));
  }

  private static boolean isSmallOrder(JsonNode vector) {
    return List.of("ed25519-small-order-key", "ed25519-zero-key")
        .contains(vector.path("id").asText());
  }

  private static boolean isAnsweredAsV1(String path, String body) {
    return WireV0Replacements.ANSWERED_AS_V1.getOrDefault(path, List.of()).contains(body);
  }

  private void isFulfilled(JsonNode vector) {
    assertOk(send(vector.path("endpoint").asText(), vector.path("request_json")));
  }

  private void isRefused(JsonNode vector) {
    JsonNode request = isSmallOrder(vector) ? detailsRequest() : requestSignedLike(vector);
    ObjectNode forged = request.path("request_json").deepCopy();
    forged.put("master_sig", vector.path("signature").asText());
    forged.put("master_pkey", vector.path("public").asText());
    int status = isSmallOrder(vector) ? 2 : vector.at("/response/status").intValue();

    V0Calls.assertFailed(send(request.path("endpoint").asText(), forged), status, 1);
  }

  private void isToldItsProblems(JsonNode vector) {
    String endpoint = vector.path("endpoint").asText();
    String body = vector.path("body").asText();
    for (String path : endpoint.equals("any") ? SERVED : List.of(endpoint)) {
      Answer answer = v0.raw(path, body);
      if (isAnsweredAsV1(path, body)) {
        assertRefused(answer, ErrorCode.INVALID_REQUEST);
      } else if (vector.path("status").intValue() == 0) {
        assertOk(answer);
      } else {
        V0Calls.assertFailed(
            answer, vector.path("status").intValue(), vector.path("errors_count").asInt(1));
      }
    }
  }

  /// Sends a request at its own time.
  private Answer send(String path, JsonNode request) {
    at(Instant.ofEpochMilli(request.path("unix_ts_ms").longValue()));
    return caller.post(path, request.toString().getBytes(UTF_8));
  }

  /// The good request of whose digest `vector` shows a signature that is none.
  private static JsonNode requestSignedLike(JsonNode vector) {
    return requests()
        .filter(request -> request.path("digest_hex").equals(vector.path("message_hex")))
        .findFirst()
        .orElseThrow();
  }

  private static JsonNode detailsRequest() {
    return requests()
        .filter(request -> request.path("endpoint").asText().equals(DETAILS))
        .findFirst()
        .orElseThrow();
  }

  private static Stream<JsonNode> requests() {
    return StreamSupport.stream(FILE.path("request_hashes").spliterator(), false);
  }

  private static Person owner() {
    return new Person(
        CRYPTO.signingKey(Seed.fromHex(FILE.at("/keys/master/seed").asText())),
        CRYPTO.signingKey(Seed.fromHex(FILE.at("/keys/rotating/seed").asText())));
  }
}
