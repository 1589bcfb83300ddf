package org.sessionpro.backend.http.clients;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sessionpro.backend.http.HttpLimits;
import org.sessionpro.backend.http.RawClient;
import org.sessionpro.backend.http.RouteTable;
import org.sessionpro.backend.http.SnapshotOnHand;
import org.sessionpro.backend.http.TestServer;
import org.sessionpro.backend.http.onion.OnionRoute;
import org.sessionpro.backend.http.v1.ServerStatusPage;
import org.sessionpro.backend.proof.ServerKey;
import org.sessionpro.protocol.ByteString;
import org.sessionpro.protocol.crypto.Aead;
import org.sessionpro.protocol.crypto.Crypto;
import org.sessionpro.protocol.onion.OnionClient;
import org.sessionpro.protocol.onion.OnionReply;
import org.sessionpro.protocol.onion.OnionRequest;
import org.sessionpro.protocol.onion.OnionServer;
import org.sessionpro.protocol.onion.SealedOnion;
import org.sessionpro.protocol.v0.V0Answer;
import org.sessionpro.protocol.v0.V0Status;
import org.sessionpro.protocol.v1.ErrorCode;
import org.sessionpro.protocol.v1.Refusal;
import org.sessionpro.protocol.v1.V1Answer;

/// What of entity tags and compression is seen from outside (`decisions.md` §1, "ETag, gzip").
class RevocationPollTest {
  private static final Crypto CRYPTO = Crypto.selfTested();
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final ServerKey KEY = ServerKey.development(CRYPTO);
  private static final String PATH = "/get_pro_revocations";
  private static final String V0 = "{\"version\":0,\"ticket\":0}";
  private static final String V1 = "{\"ticket\":0}";

  private static TestServer server;

  @BeforeAll
  static void start() {
    SnapshotOnHand list = new SnapshotOnHand(100);
    ClientEndpoints endpoints =
        new ClientEndpoints(
            new ClientEndpoints.V0(
                RevocationPollTest::refuseV0,
                RevocationPollTest::refuseV0,
                RevocationPollTest::refuseV0,
                RevocationPollTest::refuseV0,
                new org.sessionpro.backend.http.v0.GetProRevocations(list, 0)),
            new ClientEndpoints.V1(
                RevocationPollTest::refuse,
                RevocationPollTest::refuse,
                RevocationPollTest::refuse,
                new org.sessionpro.backend.http.v1.GetProRevocations(list),
                new ServerStatusPage("1", KEY.publicKey(), InstantSource.system())));
    RouteTable routes = RouteTable.of(endpoints.routes(HttpLimits.DEFAULT));
    OnionServer onions = new OnionServer(CRYPTO, KEY.onion(), List.of(), RANDOM);
    server =
        TestServer.start(
            routes.with(OnionRoute.to(routes, onions, 1_000_000, _ -> {})), HttpLimits.DEFAULT);
  }

  private static V0Answer<?> refuseV0(Object body) {
    return V0Answer.failure(V0Status.ERROR, "x".repeat(1_000));
  }

  private static V1Answer<?> refuse(Object body) {
    return new V1Answer.Refused<>(Refusal.of(ErrorCode.INVALID_REQUEST, "x".repeat(1_000)));
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static RawClient.Answer post(String path, String body, String headers)
      throws IOException {
    return StrictClients.post(
        server.address(), path, headers, body.getBytes(StandardCharsets.UTF_8));
  }

  private static RawClient.Answer plain(String body) throws IOException {
    return post(PATH, body, "");
  }

  private static RawClient.Answer compressed(String body) throws IOException {
    return post(PATH, body, "Accept-Encoding: gzip\r\n");
  }

  private static String unpack(ByteString packed) throws IOException {
    byte[] plain =
        new GZIPInputStream(new ByteArrayInputStream(packed.toByteArray())).readAllBytes();
    return new String(plain, StandardCharsets.UTF_8);
  }

  @ParameterizedTest
  @ValueSource(strings = {V0, V1})
  void whoDoesNotAskGetsThePlainListAndATag(String body) throws IOException {
    assertThat(plain(body).headers())
        .containsOnlyKeys("content-length", "content-type", "date", "etag");
  }

  @ParameterizedTest
  @ValueSource(strings = {V0, V1})
  void whoAsksGetsACompressedListAndATag(String body) throws IOException {
    RawClient.Answer answer = compressed(body);
    assertThat(answer.headers())
        .containsOnlyKeys("content-encoding", "content-length", "content-type", "date", "etag")
        .containsEntry("content-encoding", "gzip")
        .containsEntry("content-type", "application/json");
  }

  @ParameterizedTest
  @ValueSource(strings = {V0, V1})
  void theCompressedListIsThePlainOne(String body) throws IOException {
    assertThat(unpack(compressed(body).body())).isEqualTo(plain(body).text());
  }

  @Test
  void everyRenderingAndEncodingHasATagOfItsOwn() throws IOException {
    assertThat(List.of(plain(V0), plain(V1), compressed(V0), compressed(V1)))
        .extracting(answer -> answer.header("etag"))
        .doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @ValueSource(strings = {"If-None-Match", "If-Match"})
  void aTagIsForInformationOnly(String condition) throws IOException {
    String tag = plain(V1).header("etag");
    for (String value : List.of(tag, "\"other\"", "*")) {
      RawClient.Answer answer = post(PATH, V1, condition + ": " + value + "\r\n");
      assertThat(answer.status()).isEqualTo(200);
      assertThat(answer.text()).isEqualTo(plain(V1).text());
    }
  }

  @ParameterizedTest
  @CsvSource({
    "/generate_pro_proof, '{\"version\":0}'",
    "/generate_pro_proof, '{\"ts\":0}'",
    "/get_pro_details, {}",
    "/get_pro_status, {}",
    "/get_payment_details, {}",
    "/status, ''",
    "/get_pro_revocations, '{\"ticket\":1767225600}'",
    "/get_pro_revocations, '{\"ticket\":1767225600,\"version\":0}'",
    "/get_pro_revocations, {}",
    "/get_pro_revocations, []"
  })
  void everyOtherAnswerHasNeither(String path, String body) throws IOException {
    assertThat(post(path, body, "Accept-Encoding: gzip\r\n").headers())
        .containsOnlyKeys("content-length", "content-type", "date");
  }

  @Test
  void headOfAnotherRouteHasNeither() throws IOException {
    try (RawClient client = RawClient.to(server.address())) {
      client.send("HEAD /status HTTP/1.1\r\nHost: h\r\nAccept-Encoding: gzip\r\n\r\n");
      assertThat(client.readHead().headers())
          .containsOnlyKeys("content-length", "content-type", "date");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {V0, V1})
  void insideAnOnionTheListIsPlainAndWithoutATag(String body) throws IOException {
    OnionRequest request =
        new OnionRequest(
            "POST",
            PATH,
            Optional.empty(),
            Map.of("accept-encoding", "gzip"),
            ByteString.of(body.getBytes(StandardCharsets.UTF_8)));
    SealedOnion sealed =
        new OnionClient(CRYPTO, KEY.onion().publicKey(), RANDOM).seal(request, Aead.AES_256_GCM);
    RawClient.Answer outer =
        StrictClients.post(
            server.address(), OnionRoute.PATH, "Accept-Encoding: gzip\r\n", sealed.outerBody());

    assertThat(outer.headers()).containsOnlyKeys("content-length", "content-type", "date");
    assertThat(sealed.open(outer.body().toByteArray()))
        .isEqualTo(OnionReply.json(plain(body).body()));
  }
}
