package org.sessionpro.backend.http.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sessionpro.backend.RunningBackend.CRYPTO;
import static org.sessionpro.backend.http.clients.V1Calls.assertOk;
import static org.sessionpro.backend.http.clients.V1Calls.assertRefused;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.sessionpro.backend.RunningBackend;
import org.sessionpro.backend.config.SigningKeySource;
import org.sessionpro.backend.proof.SigningKeyFile;
import org.sessionpro.protocol.crypto.Seed;
import org.sessionpro.protocol.json.DecimalInteger;
import org.sessionpro.protocol.v1.ErrorCode;
import org.sessionpro.protocol.vectors.VectorSuite;

/// The known answers of `wire-v1.json` to whole request bodies, from a server that has their key and
/// their time.
class WireV1OverHttpTest extends EndpointTest {
  private static final JsonNode FILE = VectorSuite.of("wire-v1.json").root();

  @Override
  protected RunningBackend.Options options(Path folder) {
    Path file = folder.resolve("vectors-" + way + engine + ".key");
    SigningKeyFile.create(file, seed("backend"), CRYPTO);
    return RunningBackend.Options.DEFAULT.withKey(new SigningKeySource.ConfiguredFile(file));
  }

  @Test
  void theServerHasTheKeyOfTheVectors() {
    assertThat(backend.key().hex()).isEqualTo(FILE.at("/keys/backend/public").asText());
  }

  @TestFactory
  Stream<DynamicNode> wireV1OverHttp() {
    VectorSuite suite = VectorSuite.of("wire-v1.json");
    suite
        .root()
        .fieldNames()
        .forEachRemaining(section -> {
          switch (section) {
            case "body_validation" -> suite.run(section, this::bodyIsJudged);
            case "timestamp_tolerance" -> suite.run(section, this::timestampIsJudged);
            default -> suite.elsewhere(section);
          }
        });
    return suite.tests();
  }

  private void bodyIsJudged(JsonNode vector) {
    at(Instant.ofEpochMilli(vector.required("now_ms").longValue()));
    String path = "/" + vector.required("endpoint").asText();
    Answer answer = v1.raw(path, vector.required("raw_body").asText());
    assertJudged(path, answer, vector.required("expect").asText());
  }

  private void timestampIsJudged(JsonNode vector) {
    at(Instant.ofEpochMilli(vector.required("now_ms").longValue()));
    Instant ts = Instant.ofEpochSecond(vector.required("ts").longValue());
    Person owner =
        new Person(CRYPTO.signingKey(seed("master")), CRYPTO.signingKey(seed("rotating")));

    assertJudged(V1Calls.PROOF, v1.proof(owner, ts), vector);
    assertJudged(V1Calls.STATUS, v1.status(owner, ts), vector);
    assertJudged(V1Calls.PAYMENTS, v1.payments(owner, ts, DecimalInteger.of(10), ""), vector);
  }

  private static void assertJudged(String path, Answer answer, JsonNode vector) {
    assertJudged(path, answer, vector.required(path.substring(1)).asText());
  }

  /// What passes all checks of the request itself comes to a key that never paid.
  private static void assertJudged(String path, Answer answer, String expected) {
    switch (expected) {
      case "accept", "accepted" -> {
        if (path.equals(V1Calls.PROOF)) {
          assertRefused(answer, ErrorCode.NOT_SUBSCRIBED);
        } else {
          assertOk(answer);
        }
      }
      default -> assertRefused(answer, ErrorCode.ofSlug(expected).orElseThrow());
    }
  }

  private static Seed seed(String key) {
    return Seed.fromHex(FILE.at("/keys/" + key + "/seed").asText());
  }
}
