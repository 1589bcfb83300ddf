package org.sessionpro.backend.http.onion;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sessionpro.backend.http.Access;
import org.sessionpro.backend.http.AccessListener;
import org.sessionpro.backend.http.Contract;
import org.sessionpro.backend.http.Exchange;
import org.sessionpro.backend.http.FaultAnswer;
import org.sessionpro.backend.http.HttpLimits;
import org.sessionpro.backend.http.Method;
import org.sessionpro.backend.http.Origin;
import org.sessionpro.backend.http.RawClient;
import org.sessionpro.backend.http.Reply;
import org.sessionpro.backend.http.ReplyHeader;
import org.sessionpro.backend.http.Route;
import org.sessionpro.backend.http.RouteTable;
import org.sessionpro.backend.http.TestServer;
import org.sessionpro.protocol.ByteString;
import org.sessionpro.protocol.crypto.Aead;
import org.sessionpro.protocol.crypto.AgreementKey;
import org.sessionpro.protocol.crypto.Crypto;
import org.sessionpro.protocol.onion.OnionClient;
import org.sessionpro.protocol.onion.OnionReply;
import org.sessionpro.protocol.onion.OnionRequest;
import org.sessionpro.protocol.onion.OnionServer;
import org.sessionpro.protocol.onion.SealedOnion;

/// What an onion request can and cannot do (`onion-requests.md` §7, §8).
class OnionRouteTest {
  private static final Crypto CRYPTO = Crypto.selfTested();
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final AgreementKey KEY = CRYPTO.freshAgreementKey(RANDOM);
  private static final int INNER_LIMIT = HttpLimits.BodyLimits.DEFAULT.standard();
  private static final int OUTER_LIMIT = HttpLimits.BodyLimits.DEFAULT.onion();

  private static final OnionClient CLIENT = new OnionClient(CRYPTO, KEY.publicKey(), RANDOM);

  private static TestServer server;

  @BeforeAll
  static void start() {
    server = start(access -> {});
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static TestServer start(AccessListener inner) {
    RouteTable routes =
        RouteTable.of(
            List.of(
                TestServer.echo(),
                TestServer.boom(),
                client("/describe", OnionRouteTest::describe),
                client("/dressed", OnionRouteTest::dressed),
                client("/compressed", OnionRouteTest::compressed),
                envelope(),
                direct("/apple_notifications_v2"),
                direct("/dev/revoke"),
                direct("/metrics")));
    OnionServer onions = new OnionServer(CRYPTO, KEY, List.of(), RANDOM);
    Route onion = OnionRoute.to(routes, onions, OUTER_LIMIT, inner);
    return TestServer.start(routes.with(onion), HttpLimits.DEFAULT);
  }

  private static Route client(String path, Route.Handler handler) {
    return new Route(
        path,
        EnumSet.allOf(Method.class),
        Route.Reach.CLIENTS,
        INNER_LIMIT,
        FaultAnswer.plain(),
        handler);
  }

  private static Route direct(String path) {
    return new Route(
        path,
        Set.of(Method.POST),
        Route.Reach.DIRECT_ONLY,
        INNER_LIMIT,
        FaultAnswer.plain(),
        e -> Reply.plain(200));
  }

  private static Route envelope() {
    return new Route(
        "/envelope",
        Set.of(Method.POST),
        Route.Reach.CLIENTS,
        INNER_LIMIT,
        (exchange, id) -> Reply.json(utf8("{\"status\":\"error\"}"), Contract.V1),
        exchange -> {
          throw new IllegalStateException("boom");
        });
  }

  private static Reply describe(Exchange exchange) {
    String seen =
        "%s|%s|%s|%s|%s"
            .formatted(
                exchange.method(),
                exchange.path(),
                exchange.query(),
                exchange.acceptsGzip(),
                exchange.origin());
    return Reply.json(utf8(seen), Contract.V1);
  }

  private static Reply dressed(Exchange exchange) {
    return Reply.octets(utf8("x"))
        .with(ReplyHeader.ETAG, "\"x\"")
        .with(ReplyHeader.RETRY_AFTER, "7")
        .with(ReplyHeader.ALLOW, "POST");
  }

  private static Reply compressed(Exchange exchange) {
    return Reply.octets(utf8("x")).with(ReplyHeader.CONTENT_ENCODING, "gzip");
  }

  private static ByteString utf8(String text) {
    return ByteString.of(text.getBytes(StandardCharsets.UTF_8));
  }

  private static RawClient.Answer post(TestServer to, byte[] outerBody) throws IOException {
    String head = "POST " + OnionRoute.PATH + " HTTP/1.1\r\nHost: h\r\n";
    return RawClient.ask(to.address(), head, outerBody);
  }

  private static OnionReply ask(TestServer to, OnionRequest request, Aead aead) throws IOException {
    SealedOnion sealed = CLIENT.seal(request, aead);
    RawClient.Answer answer = post(to, sealed.outerBody());
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.headers()).containsOnlyKeys("content-length", "content-type", "date");
    return sealed.open(answer.body().toByteArray());
  }

  private static OnionReply ask(String method, String path, ByteString body) throws IOException {
    OnionRequest request = new OnionRequest(method, path, Optional.empty(), Map.of(), body);
    return ask(server, request, Aead.AES_256_GCM);
  }

  private static OnionReply ask(String method, String path) throws IOException {
    return ask(method, path, utf8("{}"));
  }

  @ParameterizedTest
  @EnumSource(Aead.class)
  void theSameHandlerAnswersAsForADirectRequest(Aead aead) throws IOException {
    OnionRequest request =
        new OnionRequest("POST", "/describe", Optional.of("a=1?b"), Map.of(), utf8("{}"));
    OnionReply reply = ask(server, request, aead);
    assertThat(reply.code()).isEqualTo(200);
    assertThat(reply.contentType()).isEqualTo(OnionReply.ContentType.JSON);
    assertThat(reply.body()).isEqualTo(utf8("POST|/describe|a=1?b|false|ONION"));
  }

  @Test
  void headersOfTheInnerRequestChangeNothing() throws IOException {
    Map<String, String> headers =
        Map.of(
            "accept-encoding", "gzip",
            "host", "evil",
            "x-forwarded-for", "127.0.0.1",
            "forwarded", "for=127.0.0.1",
            "connection", "close",
            "transfer-encoding", "chunked",
            "content-length", "1",
            "authorization", "Basic eDp5",
            "cookie", "a=b");
    OnionRequest request =
        new OnionRequest("POST", "/describe", Optional.empty(), headers, utf8("{}"));
    assertThat(ask(server, request, Aead.AES_256_GCM).body())
        .isEqualTo(utf8("POST|/describe||false|ONION"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/oxen/v4/lsrpc",
        "/oxen/v3/lsrpc",
        "/loki/v3/lsrpc",
        "/apple_notifications_v2",
        "/dev/revoke",
        "/metrics",
        "/echo/",
        "/ech%6f",
        "//echo",
        "/nope"
      })
  void whatIsNoRouteOfClientsIsNotFound(String path) throws IOException {
    OnionReply reply = ask("POST", path);
    assertThat(reply.code()).isEqualTo(404);
    assertThat(reply.contentType()).isEqualTo(OnionReply.ContentType.TEXT);
    assertThat(reply.body()).isEqualTo(utf8("Not found\n"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET", "PUT", "TRACE", "CONNECT", "", "\u0000"})
  void theWrongMethodIsAnsweredWithTheRightOnes(String method) throws IOException {
    OnionReply reply = ask(method, "/echo");
    assertThat(reply.code()).isEqualTo(405);
    assertThat(reply.allow()).contains("POST, OPTIONS");
    assertThat(reply.body()).isEqualTo(utf8("Method not allowed\n"));
  }

  @Test
  void optionsIsAnsweredEmpty() throws IOException {
    OnionReply reply = ask("OPTIONS", "/echo");
    assertThat(reply)
        .isEqualTo(new OnionReply(200, OnionReply.ContentType.TEXT, Optional.empty(), utf8("")));
  }

  @Test
  void headIsGetWithoutItsBody() throws IOException {
    OnionReply reply = ask("HEAD", "/describe");
    assertThat(reply)
        .isEqualTo(new OnionReply(200, OnionReply.ContentType.JSON, Optional.empty(), utf8("")));
  }

  @Test
  void anInnerBodyOfExactlyTheLimitIsServed() throws IOException {
    ByteString body = ByteString.of(new byte[INNER_LIMIT]);
    assertThat(ask("POST", "/echo", body).body()).isEqualTo(body);
  }

  @Test
  void anInnerBodyOverTheLimitIsRefusedInside() throws IOException {
    OnionReply reply = ask("POST", "/echo", ByteString.of(new byte[INNER_LIMIT + 1]));
    assertThat(reply.code()).isEqualTo(413);
    assertThat(reply.body()).isEqualTo(utf8("Body too large\n"));
  }

  @Test
  void anOuterBodyOverTheLimitIsRefusedOutside() throws IOException {
    RawClient.Answer answer = post(server, new byte[OUTER_LIMIT + 1]);
    assertThat(answer.status()).isEqualTo(413);
    assertThat(answer.text()).isEqualTo("Body too large\n");
  }

  @Test
  void anOuterBodyOfExactlyTheLimitIsLookedAt() throws IOException {
    assertThat(post(server, new byte[OUTER_LIMIT]).status()).isEqualTo(400);
  }

  @Test
  void aFaultIsTheEnvelopeWhereTheRouteHasOne() throws IOException {
    OnionReply reply = ask("POST", "/envelope");
    assertThat(reply).isEqualTo(OnionReply.json(utf8("{\"status\":\"error\"}")));
  }

  @Test
  void aFaultIsShortTextWhereTheRouteSaysSo() throws IOException {
    OnionReply reply = ask("POST", "/boom");
    assertThat(reply.code()).isEqualTo(500);
    assertThat(reply.contentType()).isEqualTo(OnionReply.ContentType.TEXT);
  }

  @Test
  void onlyTheContentTypeOfAReplyIsSentInside() throws IOException {
    OnionReply reply = ask("POST", "/dressed");
    assertThat(reply)
        .isEqualTo(new OnionReply(200, OnionReply.ContentType.OCTETS, Optional.empty(), utf8("x")));
  }

  @Test
  void aCompressedReplyNeverLeavesInside() throws IOException {
    assertThat(ask("POST", "/compressed").code()).isEqualTo(500);
  }

  @Test
  void anOnionMayComeInChunks() throws IOException {
    OnionRequest request =
        new OnionRequest("POST", "/echo", Optional.empty(), Map.of(), utf8("{}"));
    SealedOnion sealed = CLIENT.seal(request, Aead.XCHACHA20_POLY1305);
    byte[] body = sealed.outerBody();
    try (RawClient client = RawClient.to(server.address())) {
      client.send("POST /oxen/v4/lsrpc HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n");
      for (byte one : body) {
        client.send("1\r\n").send(new byte[] {one}).send("\r\n");
      }
      client.send("0\r\n\r\n");
      assertThat(sealed.open(client.read().body().toByteArray()).body()).isEqualTo(utf8("{}"));
    }
  }

  @Test
  void theOuterAndTheInnerRequestAreCountedEach() throws Exception {
    List<Access> inside = new CopyOnWriteArrayList<>();
    try (TestServer counting = start(inside::add)) {
      OnionRequest request =
          new OnionRequest("POST", "/echo", Optional.empty(), Map.of(), utf8("{}"));
      ask(counting, request, Aead.AES_256_GCM);
      Access outer = counting.nextAccess();
      assertThat(outer.route()).isEqualTo(OnionRoute.PATH);
      assertThat(outer.origin()).isEqualTo(Origin.DIRECT);
      assertThat(inside).extracting(Access::route).containsExactly("/echo");
      assertThat(inside).extracting(Access::origin).containsExactly(Origin.ONION);
    }
  }
}
