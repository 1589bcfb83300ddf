package org.sessionpro.backend.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Clients that send slowly or not at all. The limits are those of [TestServer#IMPATIENT]; the
/// pauses of a dribbling client are a fraction of them, so that only a clock that bytes do not
/// restart can end it.
class SlowClientTest {
  private static final int PAUSE_MILLIS = 20;
  private static final Duration RECEIVE = TestServer.IMPATIENT.times().receive();
  private static final Duration IDLE = TestServer.IMPATIENT.times().idle();

  private static final byte[] ENDLESS_HEAD =
      ("GET /status HTTP/1.1\r\nHost: h\r\nX: " + "x".repeat(5_000))
          .getBytes(StandardCharsets.US_ASCII);

  private static final String UNFINISHED =
      "POST /echo HTTP/1.1\r\nHost: h\r\nContent-Length: 5\r\n\r\n";

  private TestServer server;

  @BeforeEach
  void start() {
    server = TestServer.impatient(TestServer.echo(), TestServer.status());
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private static void assertTimedOut(RawClient client, long begunNanos) throws IOException {
    RawClient.Answer answer = client.read();
    assertThat(answer.status()).isEqualTo(408);
    assertThat(answer.text()).isEqualTo("The request took too long to arrive\n");
    assertThat(answer.header("connection")).isEqualTo("close");
    assertThat(Duration.ofNanos(System.nanoTime() - begunNanos))
        .isBetween(RECEIVE.minusMillis(50), RECEIVE.multipliedBy(3));
    assertThat(client.readToEnd()).isEmpty();
  }

  @Test
  void aHeaderSentByteByByteIsEnded() throws IOException {
    try (RawClient client = RawClient.to(server.address())) {
      long begun = System.nanoTime();
      client.dribble(ENDLESS_HEAD, PAUSE_MILLIS);
      assertTimedOut(client, begun);
    }
  }

  @Test
  void aHeaderThatStopsIsEnded() throws IOException {
    try (RawClient client = RawClient.to(server.address())) {
      long begun = System.nanoTime();
      client.send("GET /status HTTP/1.1\r\nHo");
      assertTimedOut(client, begun);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"Content-Length: 5000", "Transfer-Encoding: chunked"})
  void aBodySentByteByByteIsEnded(String framing) throws IOException {
    try (RawClient client = RawClient.to(server.address())) {
      long begun = System.nanoTime();
      client.send("POST /echo HTTP/1.1\r\nHost: h\r\n" + framing + "\r\n\r\n");
      client.dribble("1\r\nx\r\n".repeat(800).getBytes(StandardCharsets.US_ASCII), PAUSE_MILLIS);
      assertTimedOut(client, begun);
    }
  }

  @Test
  void aBodyThatStopsIsEnded() throws IOException {
    try (RawClient client = RawClient.to(server.address())) {
      long begun = System.nanoTime();
      client.send("POST /echo HTTP/1.1\r\nHost: h\r\nContent-Length: 5\r\n\r\nab");
      assertTimedOut(client, begun);
    }
  }

  @Test
  void headerAndBodyShareOneLimit() throws IOException {
    byte[] head =
        "POST /echo HTTP/1.1\r\nHost: h\r\nX: xx\r\nContent-Length: 5\r\n\r\n"
            .getBytes(StandardCharsets.US_ASCII);
    int pause = Math.toIntExact(RECEIVE.toMillis() * 2 / 3 / head.length);
    try (RawClient client = RawClient.to(server.address())) {
      long begun = System.nanoTime();
      client.dribble(head, pause);
      client.dribble(new byte[5], Math.toIntExact(RECEIVE.toMillis() / 4));
      assertTimedOut(client, begun);
    }
  }

  @Test
  void aBodyThatWasRefusedIsNotAwaitedForEver() throws IOException {
    try (RawClient client = RawClient.to(server.address())) {
      client.send("POST /echo HTTP/1.1\r\nHost: h\r\nContent-Length: 9000000\r\n\r\n");
      assertThat(client.read().status()).isEqualTo(413);
      client.dribble(new byte[5_000], PAUSE_MILLIS);
      assertThat(client.readToEnd()).isEmpty();
    }
  }

  @Test
  void whatFollowsTheLastAnswerIsNotAnswered() throws Exception {
    try (RawClient client = RawClient.to(server.address())) {
      client.send("GET /status HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n");
      assertThat(client.read().status()).isEqualTo(200);
      client.dribble("GET /status".getBytes(StandardCharsets.US_ASCII), PAUSE_MILLIS);
      assertThat(client.readToEnd()).isEmpty();
    }
    assertThat(server.answers()).isTrue();
    assertThat(server.nextAccess().route()).isEqualTo("/status");
    assertThat(server.nextAccess().route()).isEqualTo("/echo");
  }

  @Test
  void aPipelinedRequestThatStopsIsAnswered() throws IOException {
    try (RawClient client = RawClient.to(server.address())) {
      client.send("GET /status HTTP/1.1\r\nHost: h\r\n\r\n" + UNFINISHED);
      assertThat(client.read().status()).isEqualTo(200);
      assertThat(client.read().status()).isEqualTo(408);
    }
  }

  @Test
  void aConnectionWithoutAFirstRequestIsClosedWithoutAnAnswer() throws IOException {
    long begun = System.nanoTime();
    try (RawClient client = RawClient.to(server.address())) {
      assertThat(client.readToEnd()).isEmpty();
    }
    assertThat(Duration.ofNanos(System.nanoTime() - begun))
        .isBetween(RECEIVE.minusMillis(50), IDLE);
  }

  @Test
  void anIdleConnectionIsClosedWithoutAnAnswer() throws IOException {
    try (RawClient client = RawClient.to(server.address())) {
      client.send("GET /status HTTP/1.1\r\nHost: h\r\n\r\n");
      assertThat(client.read().status()).isEqualTo(200);
      long answered = System.nanoTime();
      assertThat(client.readToEnd()).isEmpty();
      assertThat(Duration.ofNanos(System.nanoTime() - answered))
          .isBetween(IDLE.minusMillis(50), IDLE.multipliedBy(3));
    }
  }

  @Test
  void aConnectionThatKeepsAskingIsKept() throws IOException {
    try (RawClient client = RawClient.to(server.address())) {
      long begun = System.nanoTime();
      while (System.nanoTime() - begun < IDLE.multipliedBy(2).toNanos()) {
        client.dribble(
            "GET /status HTTP/1.1\r\nHost: h\r\n\r\n".getBytes(StandardCharsets.US_ASCII), 2);
        assertThat(client.read().status()).isEqualTo(200);
      }
    }
  }

  @Test
  void aHandlerMayTakeLongerThanAConnectionMayBeIdle() throws Exception {
    HttpLimits.TimeLimits times =
        new HttpLimits.TimeLimits(
            Duration.ofMillis(50), Duration.ofMillis(50), Duration.ofSeconds(3));
    CountDownLatch release = new CountDownLatch(1);
    Route slow =
        TestServer.client(
            "/slow",
            Set.of(Method.POST),
            e -> {
              try {
                return Reply.text(200, Boolean.toString(release.await(10, TimeUnit.SECONDS)));
              } catch (InterruptedException interrupted) {
                return Reply.plain(500);
              }
            });
    try (TestServer hasty =
            TestServer.start(RouteTable.of(List.of(slow)), HttpLimits.DEFAULT.with(times));
        RawClient client = RawClient.to(hasty.address())) {
      client.send("POST /slow HTTP/1.1\r\nHost: h\r\nContent-Length: 0\r\n\r\n");
      assertThat(client.staysSilentFor(500)).isTrue();
      release.countDown();
      assertThat(client.read().text()).isEqualTo("true");
    }
  }

  @Test
  void manySlowClientsDoNotKeepOthersWaiting() throws Exception {
    List<RawClient> slow = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      slow.add(
          RawClient.to(server.address())
              .send("POST /echo HTTP/1.1\r\nHost: h\r\nContent-Length: 9\r\n\r\n"));
    }
    assertThat(server.answers()).isTrue();
    for (RawClient client : slow) {
      assertThat(client.read().status()).isEqualTo(408);
      client.close();
    }
  }

  @Test
  void timeOutsAreCounted() throws Exception {
    try (RawClient client = RawClient.to(server.address())) {
      client.send("GET ").read();
      assertThat(server.nextAccess())
          .isEqualTo(Access.refused(Access.NO_ROUTE, Origin.DIRECT, 408));
      assertThat(server.answers()).isTrue();
    }
  }
}
