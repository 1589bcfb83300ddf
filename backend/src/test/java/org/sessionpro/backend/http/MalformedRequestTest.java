package org.sessionpro.backend.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Requests that are none: each is answered or its connection closed, nothing inner is told, and
/// the server goes on.
class MalformedRequestTest {
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

  private static Arguments answered(String what, int status, String request) {
    return Arguments.of(what, status, request);
  }

  private static String post(String headers, String body) {
    return "POST /echo HTTP/1.1\r\nHost: h\r\n" + headers + "\r\n" + body;
  }

  static Stream<Arguments> malformedRequests() {
    String chunked = "Transfer-Encoding: chunked\r\n";
    return Stream.of(
        answered("words", 505, "how are you\r\n\r\n"),
        answered("no version", 505, "GET /status\r\nHost: h\r\n\r\n"),
        answered("bytes of TLS", 400, "\u0016\u0003\u0001\u0002\u0000\u0001\u0000\r\n\r\n"),
        answered("control bytes", 400, "\u0000\u0001\u0002 /status HTTP/1.1\r\n\r\n"),
        answered("version of the future", 505, "GET /status HTTP/9.9\r\nHost: h\r\n\r\n"),
        answered("HTTP/2 preface", 426, "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"),
        answered("no Host", 400, "GET /status HTTP/1.1\r\n\r\n"),
        answered("two Hosts", 400, "GET /status HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n"),
        answered("empty Host", 400, "GET /status HTTP/1.1\r\nHost:\r\n\r\n"),
        answered("header without colon", 400, "GET /status HTTP/1.1\r\nHost: h\r\nnone\r\n\r\n"),
        answered("space before colon", 400, "GET /status HTTP/1.1\r\nHost : h\r\n\r\n"),
        answered("bad escape", 400, "GET /%zz HTTP/1.1\r\nHost: h\r\n\r\n"),
        answered("escaped zero", 400, "GET /status%00 HTTP/1.1\r\nHost: h\r\n\r\n"),
        answered("target without slash", 400, "GET status HTTP/1.1\r\nHost: h\r\n\r\n"),
        answered("CONNECT", 404, "CONNECT h:443 HTTP/1.1\r\nHost: h:443\r\n\r\n"),
        answered("OPTIONS *", 404, "OPTIONS * HTTP/1.1\r\nHost: h\r\n\r\n"),
        answered(
            "long header", 431, "GET /status HTTP/1.1\r\nX: " + "x".repeat(65_536) + "\r\n\r\n"),
        answered(
            "many headers", 431, "GET /status HTTP/1.1\r\n" + "X: y\r\n".repeat(9_000) + "\r\n"),
        answered("long target", 414, "GET /" + "x".repeat(65_536) + " HTTP/1.1\r\nHost: h\r\n\r\n"),
        answered(
            "unknown expectation", 417, post("Expect: miracles\r\nContent-Length: 2\r\n", "{}")),
        answered("length not a number", 400, post("Content-Length: two\r\n", "{}")),
        answered("negative length", 400, post("Content-Length: -2\r\n", "{}")),
        answered("huge length", 400, post("Content-Length: 99999999999999999999\r\n", "{}")),
        answered("two lengths", 400, post("Content-Length: 2\r\nContent-Length: 3\r\n", "{}x")),
        answered("length and chunks", 400, post("Content-Length: 2\r\n" + chunked, "0\r\n\r\n")),
        answered("unknown transfer coding", 400, post("Transfer-Encoding: rot13\r\n", "{}")),
        answered("chunk size not hex", 400, post(chunked, "zz\r\n{}\r\n0\r\n\r\n")),
        answered("chunk size too big", 400, post(chunked, "fffffffffffffffff\r\n{}\r\n0\r\n\r\n")),
        answered("chunk without end", 400, post(chunked, "2\r\n{}no\r\n0\r\n\r\n")),
        answered("empty line for a chunk", 400, post(chunked, "\r\n\r\n")));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("malformedRequests")
  void malformedRequestsGetAShortText(String what, int status, String request) throws IOException {
    try (RawClient client = RawClient.to(server.address())) {
      RawClient.Answer answer =
          client.sendWhatIsTaken(request.getBytes(StandardCharsets.ISO_8859_1)).read();
      assertThat(answer.status()).isEqualTo(status);
      assertThat(answer.text()).isEqualTo(StatusText.of(status) + "\n");
      assertThat(answer.header("content-type")).isEqualTo("text/plain; charset=utf-8");
      assertThat(answer.headers()).doesNotContainKey("server");
    }
  }

  @Test
  void anOldClientIsServedAndItsConnectionClosed() throws IOException {
    try (RawClient client = RawClient.to(server.address())) {
      client.send("GET /status HTTP/1.0\r\n\r\n");
      assertThat(client.readToEnd()).startsWith("HTTP/1.1 200 OK\r\n").endsWith("\r\n\r\nup");
    }
  }

  @Test
  void aRequestOfVersionZeroPointNineIsRefused() throws IOException {
    try (RawClient client = RawClient.to(server.address())) {
      client.send("GET /status\r\n");
      assertThat(client.read().status()).isEqualTo(505);
    }
  }

  @Test
  void aBodyThatEndsEarlyIsAnsweredToAClientThatStillListens() throws IOException {
    try (RawClient client = RawClient.to(server.address())) {
      client.send(post("Content-Length: 10\r\n", "{}")).endSending();
      assertThat(client.read().status()).isEqualTo(400);
      assertThat(client.readToEnd()).isEmpty();
    }
  }

  @Test
  void chunksThatEndEarlyAreAnsweredToAClientThatStillListens() throws IOException {
    try (RawClient client = RawClient.to(server.address())) {
      client.send(post("Transfer-Encoding: chunked\r\n", "a\r\n{}")).endSending();
      assertThat(client.read().status()).isEqualTo(400);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"G", "GET /sta", "GET /status HTTP/1.1", "GET /status HTTP/1.1\r\nHost: h\r\n"})
  void aHeaderThatEndsEarlyIsAnsweredToAClientThatStillListens(String start) throws IOException {
    try (RawClient client = RawClient.to(server.address())) {
      client.send(start).endSending();
      RawClient.Answer answer = client.read();
      assertThat(answer.status()).isEqualTo(400);
      assertThat(answer.text()).isEqualTo("Bad request\n");
      assertThat(client.readToEnd()).isEmpty();
    }
  }

  @Test
  void aCompleteRequestIsAnsweredToAClientThatHasEndedSending() throws IOException {
    try (RawClient client = RawClient.to(server.address())) {
      client.send(post("Content-Length: 2\r\n", "{}")).endSending();
      assertThat(client.read().text()).isEqualTo("{}");
    }
  }

  @Test
  void aConnectionWithoutARequestIsClosedWithoutAnAnswer() throws IOException {
    try (RawClient client = RawClient.to(server.address())) {
      assertThat(client.endSending().readToEnd()).isEmpty();
    }
  }

  @Test
  void clientsThatVanishInTheMiddleDoNoHarm() throws IOException {
    String request = post("Content-Length: 5\r\n", "hello");
    for (int length = 1; length < request.length(); length++) {
      try (RawClient client = RawClient.to(server.address())) {
        client.send(request.substring(0, length));
      }
    }
  }

  @Test
  void randomBytesAreAnsweredOrTheConnectionClosed() throws IOException {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int round = 0; round < 200; round++) {
      byte[] noise = new byte[1 + random.nextInt(3_000)];
      random.nextBytes(noise);
      try (RawClient client = RawClient.to(server.address())) {
        String answer = client.sendWhatIsTaken(noise).endSendingIfOpen().readToEnd();
        assertThat(answer).as("seed %d, round %d", seed, round).matches(Inner::untold);
      }
    }
  }

  @Test
  void damagedRequestsAreAnsweredOrTheConnectionClosed() throws IOException {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    byte[] whole =
        post("Content-Length: 17\r\nAccept: */*\r\n", "{\"version\":\"zero\"}")
            .getBytes(StandardCharsets.US_ASCII);
    for (int round = 0; round < 300; round++) {
      byte[] damaged = whole.clone();
      for (int hits = 1 + random.nextInt(3); hits > 0; hits--) {
        damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
      }
      try (RawClient client = RawClient.to(server.address())) {
        String answer = client.sendWhatIsTaken(damaged).endSendingIfOpen().readToEnd();
        assertThat(answer).as("seed %d, round %d", seed, round).matches(Inner::untold);
        assertThat(answer).as("seed %d, round %d", seed, round).startsWith("HTTP/1.1 ");
      }
    }
  }

  /// What must never be told.
  private static final class Inner {
    static boolean untold(String answer) {
      return Stream.of("\tat ", "Exception", "org.", "java.", "jetty", "Jetty", "<html")
          .noneMatch(answer::contains);
    }
  }
}
