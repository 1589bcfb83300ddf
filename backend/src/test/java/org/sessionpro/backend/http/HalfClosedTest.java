package org.sessionpro.backend.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Clients that end sending and go on listening, in the phases that come after a whole request; for
/// the earlier ones see [MalformedRequestTest].
class HalfClosedTest {
  private static final String SLOW = "POST /slow HTTP/1.1\r\nHost: h\r\nContent-Length: 0\r\n\r\n";
  private static final String ECHO =
      "POST /echo HTTP/1.1\r\nHost: h\r\nContent-Length: 2\r\n\r\n{}";

  private final Blocker blocker = new Blocker();
  private TestServer server;

  @BeforeEach
  void start() {
    HttpLimits.WorkLimits one = new HttpLimits.WorkLimits(1, 10, Duration.ofSeconds(10));
    server =
        TestServer.start(
            RouteTable.of(List.of(blocker.at("/slow"), TestServer.echo())),
            HttpLimits.DEFAULT.with(one));
  }

  @AfterEach
  void stop() {
    blocker.release();
    server.close();
  }

  @Test
  void aRequestAtWorkIsAnswered() throws Exception {
    try (RawClient client = RawClient.to(server.address())) {
      client.send(SLOW);
      blocker.awaitEntered(1);
      client.endSending();
      assertThat(client.staysSilentFor(100)).isTrue();
      blocker.release();
      assertThat(client.read().status()).isEqualTo(200);
      assertThat(client.readToEnd()).isEmpty();
    }
  }

  @Test
  void aRequestThatWaitsForItsTurnIsAnswered() throws Exception {
    try (RawClient first = RawClient.to(server.address());
        RawClient second = RawClient.to(server.address())) {
      first.send(SLOW);
      blocker.awaitEntered(1);
      second.send(ECHO).endSending();
      assertThat(second.staysSilentFor(100)).isTrue();
      blocker.release();
      assertThat(second.read().text()).isEqualTo("{}");
      assertThat(second.readToEnd()).isEmpty();
    }
  }

  @Test
  void pipelinedRequestsAreAllAnswered() throws IOException {
    try (RawClient client = RawClient.to(server.address())) {
      client.send(ECHO.repeat(3)).endSending();
      for (int i = 0; i < 3; i++) {
        assertThat(client.read().text()).isEqualTo("{}");
      }
      assertThat(client.readToEnd()).isEmpty();
    }
  }

  @Test
  void aPipelinedRequestThatEndsEarlyIsAnsweredAfterTheWholeOnes() throws IOException {
    try (RawClient client = RawClient.to(server.address())) {
      client.send(ECHO + ECHO.substring(0, ECHO.length() - 1)).endSending();
      assertThat(client.read().text()).isEqualTo("{}");
      assertThat(client.read().status()).isEqualTo(400);
      assertThat(client.readToEnd()).isEmpty();
    }
  }

  @Test
  void theConnectionEndsAfterTheAnswer() throws IOException {
    try (RawClient client = RawClient.to(server.address())) {
      assertThat(client.send(ECHO).read().text()).isEqualTo("{}");
      assertThat(client.endSending().readToEnd()).isEmpty();
    }
  }

  @Test
  void aBodyThatWasRefusedNeedNotCome() throws IOException {
    try (RawClient client = RawClient.to(server.address())) {
      client.send("POST /echo HTTP/1.1\r\nHost: h\r\nContent-Length: 9000000\r\n\r\n");
      assertThat(client.endSending().read().status()).isEqualTo(413);
      assertThat(client.readToEnd()).isEmpty();
    }
  }

  @Test
  void whoVanishesAtWorkDoesNoHarm() throws Exception {
    try (RawClient client = RawClient.to(server.address())) {
      client.send(SLOW);
      blocker.awaitEntered(1);
    }
    blocker.release();
    assertThat(server.answers()).isTrue();
  }
}
