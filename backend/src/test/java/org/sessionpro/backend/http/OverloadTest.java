package org.sessionpro.backend.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.sessionpro.protocol.ByteString;

/// More requests than the server can work on (`decisions.md` §1, "overload").
class OverloadTest {
  private static final Duration LONG = Duration.ofSeconds(10);

  /// As long as a body may be, in bytes.
  private static final int LONGEST = 65_536;

  private static final String SLOW = "POST /slow HTTP/1.1\r\nHost: h\r\nContent-Length: 0\r\n\r\n";
  private static final String ECHO =
      "POST /echo HTTP/1.1\r\nHost: h\r\nContent-Length: 2\r\n\r\n{}";
  private static final String STATUS = "GET /status HTTP/1.1\r\nHost: h\r\n\r\n";

  private final Blocker blocker = new Blocker();
  private final List<RawClient> clients = new ArrayList<>();
  private final List<TestServer> servers = new ArrayList<>();

  @AfterEach
  void letEverybodyGo() throws IOException {
    blocker.release();
    for (RawClient client : clients) {
      client.close();
    }
    servers.forEach(TestServer::close);
  }

  private TestServer start(HttpLimits.WorkLimits limits, Route... more) {
    Route status = TestServer.status().with(new Admission.Free());
    List<Route> routes =
        Stream.concat(
                Stream.of(more),
                Stream.of(blocker.at("/slow"), TestServer.echo(), TestServer.boom(), status))
            .toList();
    return start(RouteTable.of(routes), HttpLimits.DEFAULT.with(limits));
  }

  private TestServer start(RouteTable routes, HttpLimits limits) {
    TestServer server = TestServer.start(routes, limits);
    servers.add(server);
    return server;
  }

  private static HttpLimits.WorkLimits limits(int atOnce, int waiting) {
    return new HttpLimits.WorkLimits(atOnce, waiting, LONG);
  }

  private RawClient client(TestServer server) throws IOException {
    RawClient client = RawClient.to(server.address());
    clients.add(client);
    return client;
  }

  /// Occupies every place of the clients' lane.
  private void saturate(TestServer server, int places) throws Exception {
    for (int i = 0; i < places; i++) {
      client(server).send(SLOW);
    }
    blocker.awaitEntered(places);
  }

  private static void assertShed(RawClient.Answer answer) {
    assertThat(answer.status()).isEqualTo(503);
    assertThat(answer.header("retry-after")).isEqualTo("1");
    assertThat(answer.header("content-type")).isEqualTo("text/plain; charset=utf-8");
    assertThat(answer.text()).isEqualTo("Not available now\n");
  }

  @Test
  void aRequestOverTheLimitWaitsForItsTurn() throws Exception {
    TestServer server = start(limits(2, 10));
    saturate(server, 2);
    RawClient third = client(server).send(SLOW);
    assertThat(third.staysSilentFor(200)).isTrue();
    assertThat(blocker.hasMoreEntered()).isFalse();
    blocker.release();
    assertThat(third.read().status()).isEqualTo(200);
  }

  @Test
  void whoFindsTheQueueFullIsShedAtOnce() throws Exception {
    TestServer server = start(limits(1, 0));
    saturate(server, 1);
    assertShed(client(server).send(ECHO).read());
  }

  @Test
  void whoWaitsTooLongIsShed() throws Exception {
    Duration patience = Duration.ofMillis(150);
    TestServer server = start(new HttpLimits.WorkLimits(1, 10, patience));
    saturate(server, 1);
    long begun = System.nanoTime();
    assertShed(client(server).send(ECHO).read());
    assertThat(Duration.ofNanos(System.nanoTime() - begun)).isGreaterThanOrEqualTo(patience);
  }

  @Test
  void aShedRequestIsCounted() throws Exception {
    TestServer server = start(limits(1, 0));
    saturate(server, 1);
    client(server).send(ECHO).read();
    assertThat(server.nextAccess())
        .isEqualTo(Access.refused("/echo", Origin.DIRECT, Reply.plain(503).of(Outcome.SHED)));
  }

  @Test
  void theConnectionOfAShedRequestIsKept() throws Exception {
    TestServer server = start(limits(1, 0));
    saturate(server, 1);
    RawClient shed = client(server).send(ECHO);
    assertShed(shed.read());
    blocker.release();
    assertThat(clients.getFirst().read().status()).isEqualTo(200);
    assertThat(shed.send(ECHO).read().text()).isEqualTo("{}");
  }

  @Test
  void statusIsAnsweredWhileAllPlacesAndSeatsAreTaken() throws Exception {
    TestServer server = start(limits(2, 3));
    saturate(server, 2);
    for (int i = 0; i < 3; i++) {
      client(server).send(SLOW);
    }
    RawClient good = client(server);
    for (int i = 0; i < 10; i++) {
      assertThat(good.send(STATUS).read().text()).isEqualTo("up");
    }
  }

  @Test
  void statusIsAnsweredWhileMoreWaitThanThereAreThreads() throws Exception {
    HttpLimits fewThreads =
        new HttpLimits(
            8_192,
            HttpLimits.BodyLimits.DEFAULT,
            1_000,
            16,
            limits(1, 1_000),
            HttpLimits.TimeLimits.DEFAULT,
            0);
    RouteTable routes =
        RouteTable.of(List.of(blocker.at("/slow"), TestServer.status().with(new Admission.Free())));
    TestServer server = start(routes, fewThreads);
    saturate(server, 1);
    List<RawClient> waiting = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      waiting.add(client(server).send(SLOW));
    }
    assertThat(client(server).send(STATUS).read().text()).isEqualTo("up");
    blocker.release();
    for (RawClient one : waiting) {
      assertThat(one.read().status()).isEqualTo(200);
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Lane.class,
      mode = EnumSource.Mode.EXCLUDE,
      names = {"CLIENTS"})
  void aFloodInOneLaneHoldsUpNoOther(Lane lane) throws Exception {
    Route other =
        TestServer.client("/other", Set.of(Method.POST), e -> Reply.plain(200))
            .with(new Admission.Gated(lane));
    TestServer server = start(limits(1, 0), other);
    saturate(server, 1);
    assertThat(client(server).send(ECHO.replace("echo", "other")).read().status()).isEqualTo(200);
  }

  @ParameterizedTest
  @EnumSource(
      value = Lane.class,
      mode = EnumSource.Mode.EXCLUDE,
      names = {"CLIENTS"})
  void longBodiesOfClientsCrowdOutThoseOfNoOtherLane(Lane lane) throws Exception {
    Route other =
        TestServer.client("/other", Set.of(Method.POST), e -> Reply.plain(200))
            .with(new Admission.Gated(lane));
    TestServer server =
        start(
            RouteTable.of(List.of(blocker.at("/slow"), TestServer.echo(), other)),
            HttpLimits.DEFAULT.with(new HttpLimits.BodyLimits(LONGEST, LONGEST, LONGEST, LONGEST)));
    client(server).send(SLOW.replace(": 0", ": " + LONGEST)).send(new byte[LONGEST]);
    blocker.awaitEntered(1);
    assertShed(askAtLength(server, "/echo"));

    assertThat(askAtLength(server, "/other").status()).isEqualTo(200);
  }

  private static RawClient.Answer askAtLength(TestServer server, String path) throws IOException {
    return RawClient.ask(
        server.address(), "POST " + path + " HTTP/1.1\r\nHost: h\r\n", new byte[LONGEST]);
  }

  @ParameterizedTest
  @EnumSource(Lane.class)
  void everyLaneIsLimited(Lane lane) throws Exception {
    Route limited = blocker.at("/limited").with(new Admission.Gated(lane));
    TestServer server = start(limits(1, 0), limited);
    client(server).send(SLOW.replace("slow", "limited"));
    blocker.awaitEntered(1);
    assertShed(client(server).send(SLOW.replace("slow", "limited")).read());
  }

  @Test
  void whatIsRefusedForItsPathOrMethodWaitsForNoTurn() throws Exception {
    TestServer server = start(limits(1, 0));
    saturate(server, 1);
    assertThat(client(server).send(ECHO.replace("echo", "nope")).read().status()).isEqualTo(404);
    assertThat(client(server).send(ECHO.replace("POST", "PUT")).read().status()).isEqualTo(405);
  }

  @Test
  void whatIsStillArrivingHoldsNoPlace() throws Exception {
    TestServer server = start(limits(1, 0));
    client(server).send(ECHO.substring(0, ECHO.length() - 1));
    client(server).send(ECHO.substring(0, 20));
    assertThat(client(server).send(ECHO).read().text()).isEqualTo("{}");
  }

  @Test
  void whoDoesNotFetchTheAnswerHoldsNoPlace() throws Exception {
    ByteString huge = ByteString.of(new byte[64 << 20]);
    Route large = TestServer.client("/large", Set.of(Method.POST), e -> Reply.octets(huge));
    TestServer server = start(limits(1, 0), large);
    RawClient slow = client(server).send(ECHO.replace("echo", "large"));
    assertThat(slow.readHead().status()).isEqualTo(200);
    assertThat(client(server).send(ECHO).read().text()).isEqualTo("{}");
  }

  @Test
  void aFaultGivesItsPlaceBack() throws Exception {
    TestServer server = start(limits(1, 0));
    RawClient client = client(server);
    for (int i = 0; i < 5; i++) {
      assertThat(client.send(ECHO.replace("echo", "boom")).read().status()).isEqualTo(500);
    }
    assertThat(client.send(ECHO).read().text()).isEqualTo("{}");
  }

  @Test
  void whoVanishesWhileAtWorkOrWaitingLeavesNothingBehind() throws Exception {
    TestServer server = start(limits(2, 6));
    saturate(server, 2);
    for (int i = 0; i < 6; i++) {
      client(server).send(SLOW);
    }
    for (RawClient client : clients) {
      client.close();
    }
    blocker.release();
    blocker.awaitEntered(6);
    RawClient client = client(server);
    for (int i = 0; i < 5; i++) {
      assertThat(client.send(ECHO).read().text()).isEqualTo("{}");
    }
  }

  @Test
  void afterAFloodEverybodyIsServedAgain() throws Exception {
    TestServer server = start(limits(2, 20));
    saturate(server, 2);
    List<RawClient> flood = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      flood.add(client(server).send(ECHO));
    }
    for (RawClient shed : flood.subList(50, 100)) {
      shed.staysSilentFor(1);
    }
    blocker.release();
    int served = 0;
    for (RawClient one : flood) {
      RawClient.Answer answer = one.read();
      if (answer.status() == 200) {
        served++;
      } else {
        assertShed(answer);
      }
    }
    assertThat(served).isGreaterThanOrEqualTo(20);
    for (RawClient one : flood) {
      assertThat(one.send(ECHO).read().text()).isEqualTo("{}");
    }
  }

  @Test
  void pipelinedRequestsTakeOnePlaceAfterTheOther() throws Exception {
    TestServer server = start(limits(1, 0));
    RawClient client = client(server).send(ECHO.repeat(50));
    for (int i = 0; i < 50; i++) {
      assertThat(client.read().text()).isEqualTo("{}");
    }
  }

  @Test
  void thoseWhoWaitAreServedWhenTheServerStops() throws Exception {
    TestServer server = start(limits(1, 10));
    saturate(server, 1);
    RawClient waiting = client(server).send(ECHO);
    assertThat(waiting.staysSilentFor(100)).isTrue();
    Thread stop = Thread.ofVirtual().start(server::close);
    blocker.release();
    assertThat(waiting.read().text()).isEqualTo("{}");
    stop.join();
  }
}
