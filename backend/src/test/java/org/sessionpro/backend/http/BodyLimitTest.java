package org.sessionpro.backend.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Bodies around and beyond the limit of their route (`decisions.md` §1, "body over the limit").
class BodyLimitTest {
  private static final int LIMIT = 65_536;
  private static final int TEN_MEGABYTES = 10_000_000;
  private static final byte[] CRLF = "\r\n".getBytes(StandardCharsets.US_ASCII);

  private static TestServer server;

  @BeforeAll
  static void start() {
    Route roomy =
        new Route(
            "/roomy",
            Set.of(Method.POST),
            Route.Reach.DIRECT_ONLY,
            HttpLimits.BodyLimits.CEILING,
            FaultAnswer.plain(),
            e -> Reply.text(200, Integer.toString(e.body().size())));
    HttpLimits.BodyLimits bodies =
        new HttpLimits.BodyLimits(
            LIMIT, HttpLimits.BodyLimits.CEILING, LIMIT, 2 * HttpLimits.BodyLimits.CEILING);
    server =
        TestServer.start(
            RouteTable.of(List.of(TestServer.echo(), roomy)), HttpLimits.DEFAULT.with(bodies));
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static String head(String path, int length) {
    return "POST %s HTTP/1.1\r\nHost: h\r\nContent-Length: %d\r\n\r\n".formatted(path, length);
  }

  private static String chunkedHead(String path) {
    return "POST %s HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n".formatted(path);
  }

  private static void sendChunked(RawClient client, int total) throws IOException {
    byte[] piece = new byte[8_000];
    for (int sent = 0; sent < total; sent += piece.length) {
      int size = Math.min(piece.length, total - sent);
      client.send(Integer.toHexString(size) + "\r\n");
      client.send(Arrays.copyOf(piece, size)).send(CRLF);
    }
    client.send("0\r\n\r\n");
  }

  private static void assertTooLarge(RawClient.Answer answer) {
    assertThat(answer.status()).isEqualTo(413);
    assertThat(answer.text()).isEqualTo("Body too large\n");
    assertThat(answer.header("content-type")).isEqualTo("text/plain; charset=utf-8");
    assertThat(answer.header("connection")).isEqualTo("close");
  }

  @Test
  void aBodyOfExactlyTheLimitIsServed() throws IOException {
    try (RawClient client = RawClient.to(server.address())) {
      client.send(head("/echo", LIMIT)).send(new byte[LIMIT]);
      assertThat(client.read().body().size()).isEqualTo(LIMIT);
    }
  }

  @Test
  void oneByteMoreIsTooLarge() throws IOException {
    try (RawClient client = RawClient.to(server.address())) {
      client.send(head("/echo", LIMIT + 1)).send(new byte[LIMIT + 1]);
      assertTooLarge(client.read());
    }
  }

  @Test
  void aChunkedBodyOfExactlyTheLimitIsServed() throws IOException {
    try (RawClient client = RawClient.to(server.address())) {
      sendChunked(client.send(chunkedHead("/echo")), LIMIT);
      assertThat(client.read().body().size()).isEqualTo(LIMIT);
    }
  }

  @Test
  void aChunkedBodyThatGrowsTooLargeIsRefused() throws IOException {
    try (RawClient client = RawClient.to(server.address())) {
      sendChunked(client.send(chunkedHead("/echo")), LIMIT + 1);
      assertTooLarge(client.read());
    }
  }

  @Test
  void tenMegabytesSentToTheEndBeforeReadingAreAnswered() throws IOException {
    try (RawClient client = RawClient.to(server.address())) {
      client.send(head("/echo", TEN_MEGABYTES)).send(new byte[TEN_MEGABYTES]);
      assertTooLarge(client.read());
    }
  }

  @Test
  void tenMegabytesInChunksAreAnswered() throws IOException {
    try (RawClient client = RawClient.to(server.address())) {
      sendChunked(client.send(chunkedHead("/echo")), TEN_MEGABYTES);
      assertTooLarge(client.read());
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, LIMIT})
  void aBodyToAnUnknownPathIsReadAndTheConnectionKept(int length) throws IOException {
    try (RawClient client = RawClient.to(server.address())) {
      client.send(head("/nope", length)).send(new byte[length]);
      assertThat(client.read().status()).isEqualTo(404);
      client.send(head("/echo", 2)).send("{}");
      assertThat(client.read().status()).isEqualTo(200);
    }
  }

  @Test
  void tenMegabytesToAnUnknownPathAreAnsweredForThePath() throws IOException {
    try (RawClient client = RawClient.to(server.address())) {
      client.send(head("/nope", TEN_MEGABYTES)).send(new byte[TEN_MEGABYTES]);
      assertThat(client.read().status()).isEqualTo(404);
    }
  }

  @Test
  void tenMegabytesByTheWrongMethodAreAnsweredForTheMethod() throws IOException {
    try (RawClient client = RawClient.to(server.address())) {
      client.send(head("/echo", TEN_MEGABYTES).replace("POST", "PUT"));
      assertThat(client.send(new byte[TEN_MEGABYTES]).read().status()).isEqualTo(405);
    }
  }

  @Test
  void aBodyInVeryManyPiecesIsRefused() throws IOException {
    byte[] pieces = "1\r\nx\r\n".repeat(17_000).getBytes(StandardCharsets.US_ASCII);
    try (RawClient client = RawClient.to(server.address())) {
      RawClient.Answer answer = client.send(chunkedHead("/roomy")).send(pieces).read();
      assertThat(answer.status()).isEqualTo(400);
      assertThat(client.readToEnd()).isEmpty();
    }
  }

  @Test
  void aBodyInThousandsOfPiecesIsServed() throws IOException {
    byte[] pieces = "1\r\nx\r\n".repeat(10_000).getBytes(StandardCharsets.US_ASCII);
    try (RawClient client = RawClient.to(server.address())) {
      client.send(chunkedHead("/roomy")).send(pieces).send("0\r\n\r\n");
      assertThat(client.read().text()).isEqualTo("10000");
    }
  }

  @Test
  void theAnswerComesBeforeTheRestOfTheBody() throws IOException {
    try (RawClient client = RawClient.to(server.address())) {
      assertTooLarge(client.send(head("/echo", TEN_MEGABYTES)).read());
    }
  }

  @Test
  void aBodyWithoutEndIsCutOff() throws IOException {
    try (RawClient client = RawClient.to(server.address())) {
      client.send(head("/echo", Integer.MAX_VALUE));
      byte[] piece = new byte[1_000_000];
      for (int i = 0; i < 60; i++) {
        client.sendWhatIsTaken(piece);
      }
      assertThat(client.readToEnd()).startsWith("HTTP/1.1 413 ");
    }
    assertThat(server.answers()).isTrue();
  }

  @Test
  void chunksWithoutEndAreCutOff() throws IOException {
    byte[] chunk = ("2000\r\n" + "x".repeat(8_192) + "\r\n").getBytes(StandardCharsets.US_ASCII);
    try (RawClient client = RawClient.to(server.address())) {
      client.send(chunkedHead("/echo"));
      for (int i = 0; i < 5_000; i++) {
        client.sendWhatIsTaken(chunk);
      }
      assertThat(client.readToEnd()).startsWith("HTTP/1.1 413 ");
    }
    assertThat(server.answers()).isTrue();
  }

  @Test
  void aRouteMayTakeMore() throws IOException {
    try (RawClient client = RawClient.to(server.address())) {
      client.send(head("/roomy", TEN_MEGABYTES)).send(new byte[TEN_MEGABYTES]);
      assertThat(client.read().text()).isEqualTo("10000000");
    }
  }

  @Test
  void aClientThatAsksFirstIsToldToContinue() throws IOException {
    try (RawClient client = RawClient.to(server.address())) {
      client.send(head("/echo", 2).replace("Host: h", "Host: h\r\nExpect: 100-continue"));
      assertThat(client.readHead().status()).isEqualTo(100);
      assertThat(client.send("{}").read().text()).isEqualTo("{}");
    }
  }

  @Test
  void aClientThatAsksFirstForAPathThatIsNotThereIsToldAtOnce() throws IOException {
    try (RawClient client = RawClient.to(server.address())) {
      client.send(head("/nope", 2).replace("Host: h", "Host: h\r\nExpect: 100-continue"));
      assertThat(client.read().status()).isEqualTo(404);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/echo", "/nope"})
  void aClientThatAsksFirstIsNotAskedForABodyInVain(String path) throws IOException {
    try (RawClient client = RawClient.to(server.address())) {
      client.send(head(path, LIMIT + 1).replace("Host: h", "Host: h\r\nExpect: 100-continue"));
      RawClient.Answer answer = client.read();
      assertThat(answer.status()).isEqualTo(path.equals("/echo") ? 413 : 404);
      assertThat(client.readToEnd()).isEmpty();
    }
  }
}
