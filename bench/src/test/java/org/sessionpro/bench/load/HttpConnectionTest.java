package org.sessionpro.bench.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HttpConnectionTest {
  private static final byte[] REQUEST =
      "GET / HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

  @Test
  void answersAreReadOneAfterTheOtherHoweverTheyAreCut() throws IOException {
    try (ScriptedServer server =
            new ScriptedServer(
                ScriptedServer.answer(200, "first"), ScriptedServer.answer(404, "second"));
        HttpConnection connection = HttpConnection.open(server.address())) {
      assertAnswer(connection.exchange(REQUEST), 200, "first");
      assertAnswer(connection.exchange(REQUEST), 404, "second");
    }
  }

  @Test
  void anAnswerMayHaveNoBody() throws IOException {
    try (ScriptedServer server = new ScriptedServer(ScriptedServer.answer(200, ""));
        HttpConnection connection = HttpConnection.open(server.address())) {
      assertAnswer(connection.exchange(REQUEST), 200, "");
    }
  }

  @Test
  void aLongBodyIsReadWhole() throws IOException {
    String body = "0123456789".repeat(1_500);
    try (ScriptedServer server =
            new ScriptedServer(ScriptedServer.answer(200, body), ScriptedServer.answer(200, "x"));
        HttpConnection connection = HttpConnection.open(server.address())) {
      assertAnswer(connection.exchange(REQUEST), 200, body);
      assertAnswer(connection.exchange(REQUEST), 200, "x");
    }
  }

  @Test
  void aCompressedBodyIsKnownByItsHeader() throws IOException {
    try (ScriptedServer server =
            new ScriptedServer(
                "HTTP/1.1 200 OK\r\nContent-Encoding: GZIP\r\nContent-Length: 1\r\n\r\nx",
                ScriptedServer.answer(200, "x"));
        HttpConnection connection = HttpConnection.open(server.address())) {
      assertThat(connection.exchange(REQUEST).gzipped()).isTrue();
      assertThat(connection.exchange(REQUEST).gzipped()).isFalse();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: 1x\r\n\r\n",
        "HTTP/1.1\r\nContent-Length: 0\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nfour\0",
        "HTTP/1.1 200 OK\r\nContent-Le\0",
        "\0"
      })
  void whatIsNotAWholeAnswerIsAFault(String bytes) throws IOException {
    try (ScriptedServer server = new ScriptedServer(bytes);
        HttpConnection connection = HttpConnection.open(server.address())) {
      assertThatThrownBy(() -> connection.exchange(REQUEST)).isInstanceOf(IOException.class);
    }
  }

  @Test
  void anEndlessHeadIsAFault() throws IOException {
    try (ScriptedServer server = new ScriptedServer("x".repeat(8_192));
        HttpConnection connection = HttpConnection.open(server.address())) {
      assertThatThrownBy(() -> connection.exchange(REQUEST)).hasMessage("endless head");
    }
  }

  private static void assertAnswer(HttpAnswer answer, int status, String body) {
    assertThat(answer.status()).isEqualTo(status);
    assertThat(StandardCharsets.US_ASCII.decode(answer.body().duplicate()).toString())
        .isEqualTo(body);
  }
}
