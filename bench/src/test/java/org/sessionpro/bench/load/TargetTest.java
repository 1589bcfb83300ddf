package org.sessionpro.bench.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.sessionpro.bench.load.TestParties.BACKEND_KEY;
import static org.sessionpro.bench.load.TestParties.NOW;

import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sessionpro.protocol.v1.ServerStatus;
import org.sessionpro.protocol.v1.V1Answer;

class TargetTest {
  @Test
  void aServerTellsItsKey() throws Exception {
    byte[] status = new V1Answer.Ok<>(new ServerStatus("1.0", NOW, BACKEND_KEY)).toJson();
    String answer = ScriptedServer.answer(200, new String(status, StandardCharsets.US_ASCII));
    try (ScriptedServer server = new ScriptedServer(answer)) {
      URI url = URI.create("http://127.0.0.1:" + server.address().getPort());

      Target target = Target.at(url);

      assertThat(target.host()).isEqualTo(url.getAuthority());
      assertThat(target.address()).isEqualTo(server.address());
      assertThat(target.key()).isEqualTo(BACKEND_KEY);
    }
  }

  @Test
  void aServerWhoseKeyIsKnownIsNotAsked() {
    Target target = Target.of(URI.create("http://127.0.0.1:1"), BACKEND_KEY);

    assertThat(target.key()).isEqualTo(BACKEND_KEY);
    assertThat(target.address().getPort()).isEqualTo(1);
  }

  @Test
  void aServerOfAnotherKindIsAFault() throws Exception {
    try (ScriptedServer server = new ScriptedServer(ScriptedServer.answer(200, "<html>"))) {
      URI url = URI.create("http://127.0.0.1:" + server.address().getPort());

      assertThatThrownBy(() -> Target.at(url)).isInstanceOf(UncheckedIOException.class);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"https://example.org", "example.org:80", "http:///status", ""})
  void otherUrlsAreRefused(String url) {
    assertThatThrownBy(() -> Target.at(URI.create(url)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Target.of(URI.create(url), BACKEND_KEY))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
