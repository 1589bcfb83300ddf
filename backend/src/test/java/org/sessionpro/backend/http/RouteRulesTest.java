package org.sessionpro.backend.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sessionpro.protocol.ByteString;

/// What every route has in common (`decisions.md` §1, "wrong method, OPTIONS").
class RouteRulesTest {
  private static final String TEXT = "{\"a\":1}";
  private static final byte[] BODY = TEXT.getBytes(StandardCharsets.UTF_8);

  private static TestServer server;

  @BeforeAll
  static void start() {
    Route describe =
        TestServer.client(
            "/describe",
            EnumSet.allOf(Method.class),
            e ->
                Reply.text(
                    200,
                    e.method()
                        + "|"
                        + e.path()
                        + "|"
                        + e.query()
                        + "|"
                        + e.acceptsGzip()
                        + "|"
                        + e.origin()));
    Route dressed =
        TestServer.client(
            "/dressed",
            EnumSet.of(Method.POST),
            e ->
                Reply.octets(ByteString.of(new byte[] {1, 2}))
                    .with(ReplyHeader.ETAG, "\"x\"")
                    .with(ReplyHeader.RETRY_AFTER, "7")
                    .with(ReplyHeader.CONTENT_ENCODING, "gzip"));
    server = TestServer.start(TestServer.echo(), TestServer.status(), describe, dressed);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static RawClient.Answer ask(String requestLine, String headers) throws IOException {
    String head = requestLine + " HTTP/1.1\r\nHost: h\r\n" + headers;
    return RawClient.ask(server.address(), head, BODY);
  }

  private static RawClient.Answer ask(String requestLine) throws IOException {
    return ask(requestLine, "");
  }

  @Test
  void aRouteGetsTheBodyAndAnswers() throws IOException {
    RawClient.Answer answer = ask("POST /echo");
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.text()).isEqualTo(TEXT);
    assertThat(answer.header("content-type")).isEqualTo("application/json");
    assertThat(answer.header("content-length")).isEqualTo("7");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/",
        "/nope",
        "/echo/",
        "//echo",
        "/ECHO",
        "/ech%6f",
        "/echo%2f",
        "/a/../echo",
        "/./echo",
        "/echo;x=1",
        "/echo%20",
        "/echo/x",
        "/oxen/v3/lsrpc",
        "/loki/v3/lsrpc"
      })
  void anyOtherSpellingOfAPathIsNotFound(String path) throws IOException {
    RawClient.Answer answer = ask("POST " + path);
    assertThat(answer.status()).isEqualTo(404);
    assertThat(answer.text()).isEqualTo("Not found\n");
    assertThat(answer.header("content-type")).isEqualTo("text/plain; charset=utf-8");
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET", "OPTIONS", "DELETE"})
  void unknownPathsAreNotFoundByAnyMethod(String method) throws IOException {
    assertThat(ask(method + " /nope").status()).isEqualTo(404);
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET", "HEAD", "PUT", "DELETE", "PATCH", "TRACE", "BREW", "post"})
  void aMethodThatTheRouteLacksIsRefusedWithTheOnesItHas(String method) throws IOException {
    try (RawClient client = RawClient.to(server.address())) {
      client.send(method + " /echo HTTP/1.1\r\nHost: h\r\n\r\n");
      RawClient.Answer answer = method.equals("HEAD") ? client.readHead() : client.read();
      assertThat(answer.status()).isEqualTo(405);
      assertThat(answer.header("allow")).isEqualTo("POST, OPTIONS");
      assertThat(answer.header("content-type")).isEqualTo("text/plain; charset=utf-8");
      if (!method.equals("HEAD")) {
        assertThat(answer.text()).isEqualTo("Method not allowed\n");
      }
    }
  }

  @Test
  void aRouteWithGetNamesHeadToo() throws IOException {
    assertThat(ask("PUT /status").header("allow")).isEqualTo("GET, HEAD, POST, OPTIONS");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"/echo|POST, OPTIONS", "/status|GET, HEAD, POST, OPTIONS"})
  void optionsIsAnsweredEmpty(String path, String allow) throws IOException {
    RawClient.Answer answer = ask("OPTIONS " + path);
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.text()).isEmpty();
    assertThat(answer.header("allow")).isEqualTo(allow);
  }

  @Test
  void headIsGetWithoutItsBody() throws IOException {
    try (RawClient client = RawClient.to(server.address())) {
      client.send("HEAD /status HTTP/1.1\r\nHost: h\r\n\r\n");
      RawClient.Answer head = client.readHead();
      assertThat(head.status()).isEqualTo(200);
      assertThat(head.header("content-length")).isEqualTo("2");
      client.send("GET /status HTTP/1.1\r\nHost: h\r\n\r\n");
      assertThat(client.read().text()).isEqualTo("up");
    }
  }

  @Test
  void theQueryIsGivenAsSent() throws IOException {
    assertThat(ask("POST /describe?x=1?y=%32").text())
        .isEqualTo("POST|/describe|x=1?y=%32|false|DIRECT");
  }

  @Test
  void anAbsoluteTargetFindsTheSameRoute() throws IOException {
    String head = "GET http://h/describe HTTP/1.1\r\nHost: h\r\n";
    assertThat(RawClient.ask(server.address(), head, BODY).text())
        .isEqualTo("GET|/describe||false|DIRECT");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "gzip|true",
        "br, GZIP;q=0.5|true",
        "*|false",
        "gzip;q=0|false",
        "gzip;q=0, *|false",
        "br|false"
      })
  void acceptedCodingsReachTheRoute(String accepted, boolean gzip) throws IOException {
    assertThat(ask("POST /describe", "Accept-Encoding: " + accepted + "\r\n").text())
        .isEqualTo("POST|/describe||" + gzip + "|DIRECT");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Content-Type: application/x-www-form-urlencoded\r\n",
        "Content-Type: multipart/form-data; boundary=x\r\n",
        "Content-Type: nonsense\r\n",
        "Accept: image/png\r\nAccept-Charset: utf-7\r\nAccept-Language: tlh\r\n",
        "Cookie: a=\"b\r\nAuthorization: Basic !\r\n"
      })
  void contentTypeAndPreferencesChangeNothing(String headers) throws IOException {
    RawClient.Answer answer = ask("POST /echo", headers);
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.text()).isEqualTo(TEXT);
  }

  @Test
  void errorsStayPlainTextForThoseWhoWantHtml() throws IOException {
    RawClient.Answer answer = ask("POST /nope", "Accept: text/html\r\n");
    assertThat(answer.header("content-type")).isEqualTo("text/plain; charset=utf-8");
  }

  @Test
  void bodiesAreNeverDecompressed() throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
      gzip.write(BODY);
    }
    String head = "POST /echo HTTP/1.1\r\nHost: h\r\nContent-Encoding: gzip\r\n";
    assertThat(RawClient.ask(server.address(), head, packed.toByteArray()).body())
        .isEqualTo(ByteString.of(packed.toByteArray()));
  }

  @Test
  void theHeadersOfAReplyAreSent() throws IOException {
    Map<String, String> headers = ask("POST /dressed", "Accept-Encoding: gzip\r\n").headers();
    assertThat(headers)
        .containsEntry("content-type", "application/octet-stream")
        .containsEntry("etag", "\"x\"")
        .containsEntry("retry-after", "7")
        .containsEntry("content-encoding", "gzip");
  }

  @Test
  void anAnswerCompressedForAClientThatDidNotAskIsAFault() throws IOException {
    assertThat(ask("POST /dressed").status()).isEqualTo(500);
  }

  @Test
  void anAnswerCarriesNothingItNeedNot() throws IOException {
    assertThat(ask("POST /echo").headers())
        .containsOnlyKeys("content-length", "content-type", "date");
  }

  @Test
  void outcomesAreCountedByRoute() throws Exception {
    try (TestServer counting = TestServer.start(TestServer.echo())) {
      String known = "POST /echo HTTP/1.1\r\nHost: h\r\n";
      String unknown = "POST /secret-of-a-client HTTP/1.1\r\nHost: h\r\n";
      RawClient.ask(counting.address(), known, BODY);
      RawClient.ask(counting.address(), unknown, BODY);
      Access served = counting.nextAccess();
      assertThat(served)
          .isEqualTo(
              new Access("/echo", Origin.DIRECT, Contract.V1, 200, Outcome.OK, served.duration()));
      assertThat(counting.nextAccess())
          .isEqualTo(Access.refused(Access.NO_ROUTE, Origin.DIRECT, 404));
    }
  }
}
