package org.sessionpro.backend.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Several requests on one connection.
class PipeliningTest {
  private static TestServer server;

  @BeforeAll
  static void start() {
    server = TestServer.start(TestServer.echo(), TestServer.boom(), TestServer.status());
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static String post(String path, String body) {
    return "POST %s HTTP/1.1\r\nHost: h\r\nContent-Length: %d\r\n\r\n%s"
        .formatted(path, body.length(), body);
  }

  @Test
  void requestsInOnePacketAreAnsweredInOrder() throws IOException {
    try (RawClient client = RawClient.to(server.address())) {
      client.send(
          post("/echo", "first") + post("/nope", "x") + post("/boom", "") + post("/echo", "last"));
      assertThat(client.read().text()).isEqualTo("first");
      assertThat(client.read().status()).isEqualTo(404);
      assertThat(client.read().status()).isEqualTo(500);
      assertThat(client.read().text()).isEqualTo("last");
    }
  }

  @Test
  void manyRequestsInOnePacketAreAllAnswered() throws IOException {
    try (RawClient client = RawClient.to(server.address())) {
      StringBuilder all = new StringBuilder();
      for (int i = 0; i < 500; i++) {
        all.append(post("/echo", Integer.toString(i)));
      }
      client.send(all.toString());
      for (int i = 0; i < 500; i++) {
        assertThat(client.read().text()).isEqualTo(Integer.toString(i));
      }
    }
  }

  @Test
  void aBadRequestBehindAGoodOneIsAnsweredAfterIt() throws IOException {
    try (RawClient client = RawClient.to(server.address())) {
      client.send(post("/echo", "good") + "\u0001\u0002\r\n\r\n");
      assertThat(client.read().text()).isEqualTo("good");
      assertThat(client.read().status()).isEqualTo(400);
      assertThat(client.readToEnd()).isEmpty();
    }
  }

  @Test
  void theClientMayAskForTheConnectionToClose() throws IOException {
    try (RawClient client = RawClient.to(server.address())) {
      client.send("GET /status HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n");
      RawClient.Answer answer = client.read();
      assertThat(answer.text()).isEqualTo("up");
      assertThat(answer.header("connection")).isEqualTo("close");
      assertThat(client.readToEnd()).isEmpty();
    }
  }
}
