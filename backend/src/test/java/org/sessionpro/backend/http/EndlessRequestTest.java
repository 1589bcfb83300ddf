package org.sessionpro.backend.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Clients that send as fast as they can and never come to an end: each is cut off.
class EndlessRequestTest {
  private static final String CHUNKED =
      "POST /echo HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n";

  private static TestServer server;

  @BeforeAll
  static void start() {
    server = TestServer.impatient(TestServer.echo(), TestServer.status());
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @AfterEach
  void theServerStillAnswers() throws Exception {
    assertThat(server.answers()).isTrue();
  }

  /// Sends `piece` again and again until the server closes the connection.
  ///
  /// @return the status of its answer; 0 if that was lost to the reset, as it may be for a client that
  ///     does not stop sending
  private static int statusAfterEndless(String start, String piece) throws IOException {
    byte[] bytes = piece.repeat(100).getBytes(StandardCharsets.US_ASCII);
    try (RawClient client = RawClient.to(server.address())) {
      client.send(start);
      client.sendUntilClosed(bytes);
      String answer = client.readToEnd();
      return answer.isEmpty() ? 0 : Integer.parseInt(answer.split(" ", 3)[1]);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"x", "X: y\r\n", "X: y\r\n z\r\n", "\u0000"})
  void aHeader(String piece) throws IOException {
    int status = statusAfterEndless("GET /status HTTP/1.1\r\nX: ", piece);
    assertThat(status).isIn(0, 400, 431);
  }

  @Test
  void aTarget() throws IOException {
    assertThat(statusAfterEndless("GET /", "x")).isIn(0, 414, 431);
  }

  @Test
  void aMethod() throws IOException {
    assertThat(statusAfterEndless("", "x")).isIn(0, 400, 431);
  }

  @Test
  void linesBeforeARequest() throws IOException {
    assertThat(statusAfterEndless("", "\r\n")).isIn(0, 400, 408, 431);
  }

  @Test
  void aChunkSize() throws IOException {
    assertThat(statusAfterEndless(CHUNKED, "0")).isIn(0, 400, 408);
  }

  @Test
  void theExtensionOfAChunk() throws IOException {
    assertThat(statusAfterEndless(CHUNKED + "1;", "x")).isIn(0, 400, 408);
  }

  @Test
  void trailers() throws IOException {
    assertThat(statusAfterEndless(CHUNKED + "0\r\n", "X: y\r\n")).isIn(0, 400, 408, 431);
  }

  @Test
  void tinyChunks() throws IOException {
    assertThat(statusAfterEndless(CHUNKED, "1\r\nx\r\n")).isIn(0, 400);
  }

  @Test
  void manyHugeHeadersAtOnceAreAllRefused() throws IOException {
    byte[] huge =
        ("GET /status HTTP/1.1\r\nX: " + "x".repeat(60_000) + "\r\n\r\n")
            .getBytes(StandardCharsets.US_ASCII);
    List<RawClient> clients = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      clients.add(RawClient.to(server.address()).sendWhatIsTaken(huge));
    }
    for (RawClient client : clients) {
      assertThat(client.read().status()).isEqualTo(431);
      client.close();
    }
  }
}
