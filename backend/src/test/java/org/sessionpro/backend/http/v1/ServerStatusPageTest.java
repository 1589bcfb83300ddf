package org.sessionpro.backend.http.v1;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.sessionpro.backend.RunningBackend.T;
import static org.sessionpro.backend.http.clients.V1Calls.assertOk;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sessionpro.backend.config.ProductVersion;
import org.sessionpro.backend.http.clients.Answer;
import org.sessionpro.backend.http.clients.EndpointTest;

/// Who answers (`wire-v1.md` §11).
class ServerStatusPageTest extends EndpointTest {
  private static final byte[] NOTHING = new byte[0];

  @ParameterizedTest
  @ValueSource(strings = {"GET", "POST"})
  void itTellsVersionTimeAndKey(String method) {
    at(T.plusMillis(999));

    Answer answer = caller.send(method, "/status", NOTHING);

    assertOk(answer);
    assertThat(answer.result())
        .isEqualTo(
            Answer.json(
                """
                {"version": "%s", "timestamp": 1767225600, "signing_pubkey": "%s"}
                """
                    .formatted(ProductVersion.current(), backend.key().hex())));
  }

  @ParameterizedTest
  @ValueSource(strings = {"{", "null", "{\"version\":0}"})
  void noBodyIsLookedAt(String body) {
    assertOk(caller.post("/status", body.getBytes(UTF_8)));
  }

  @Test
  void headIsGetWithoutItsBody() {
    Answer head = caller.send("HEAD", "/status", NOTHING);

    assertThat(head.status()).isEqualTo(200);
    assertThat(head.contentType()).isEqualTo("application/json");
    assertThat(head.body().size()).isZero();
  }
}
