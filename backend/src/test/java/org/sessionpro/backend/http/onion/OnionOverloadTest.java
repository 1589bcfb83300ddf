package org.sessionpro.backend.http.onion;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.sessionpro.backend.http.Admission;
import org.sessionpro.backend.http.Blocker;
import org.sessionpro.backend.http.Contract;
import org.sessionpro.backend.http.FaultAnswer;
import org.sessionpro.backend.http.HttpLimits;
import org.sessionpro.backend.http.Method;
import org.sessionpro.backend.http.RawClient;
import org.sessionpro.backend.http.Reply;
import org.sessionpro.backend.http.Route;
import org.sessionpro.backend.http.TestServer;
import org.sessionpro.protocol.ByteString;
import org.sessionpro.protocol.onion.OnionReply;
import org.sessionpro.protocol.onion.SealedOnion;

/// Onions that come while the server has more to do than it can: each is opened, and shed inside
/// (`decisions.md` §1, "overload"; `onion-requests.md` §1, rule 0).
class OnionOverloadTest {
  private static final ByteString UP = utf8("up");
  private static final String SLOW = "POST /slow HTTP/1.1\r\nHost: h\r\nContent-Length: 0\r\n\r\n";

  private final Blocker blocker = new Blocker();
  private final List<RawClient> clients = new ArrayList<>();
  private TestServer server;

  /// One request at work and none waiting.
  @BeforeEach
  void saturate() throws Exception {
    Route status =
        new Route(
            "/status",
            EnumSet.allOf(Method.class),
            Route.Reach.CLIENTS,
            1_024,
            FaultAnswer.plain(),
            e -> Reply.json(UP, Contract.V1),
            new Admission.Free());
    HttpLimits.WorkLimits one = new HttpLimits.WorkLimits(1, 0, Duration.ofSeconds(10));
    server =
        Onions.serve(HttpLimits.DEFAULT.with(one), blocker.at("/slow"), TestServer.echo(), status);
    client().send(SLOW);
    blocker.awaitEntered(1);
  }

  @AfterEach
  void letEverybodyGo() throws IOException {
    blocker.release();
    for (RawClient client : clients) {
      client.close();
    }
    server.close();
  }

  private static ByteString utf8(String text) {
    return ByteString.of(text.getBytes(StandardCharsets.UTF_8));
  }

  private RawClient client() throws IOException {
    RawClient client = RawClient.to(server.address());
    clients.add(client);
    return client;
  }

  private OnionReply ask(SealedOnion onion) throws IOException {
    return Onions.open(onion, client().send(Onions.wire(onion)).read());
  }

  @Test
  void anOnionIsShedInside() throws Exception {
    assertThat(ask(Onions.post("/echo", 2)))
        .isEqualTo(
            new OnionReply(
                503, OnionReply.ContentType.TEXT, Optional.empty(), utf8("Not available now\n")));
  }

  @Test
  void theOuterAnswerTellsNothingOfIt() throws Exception {
    RawClient.Answer outer = client().send(Onions.wire(Onions.post("/echo", 2))).read();
    assertThat(outer.status()).isEqualTo(200);
    assertThat(outer.headers()).containsOnlyKeys("content-length", "content-type", "date");
  }

  @Test
  void statusIsAnsweredInsideAnOnionToo() throws Exception {
    assertThat(ask(Onions.get("/status"))).isEqualTo(OnionReply.json(UP));
  }

  @Test
  void aPathThatIsNotThereIsNotFound() throws Exception {
    assertThat(ask(Onions.post("/nope", 2)).code()).isEqualTo(404);
  }

  @Test
  void whatCannotBeOpenedIsRefusedAsEver() throws Exception {
    String garbage = "POST /oxen/v4/lsrpc HTTP/1.1\r\nHost: h\r\nContent-Length: 4\r\n\r\n....";
    assertThat(client().send(garbage).read().status()).isEqualTo(400);
  }

  @Test
  void everyOnionOfAFloodIsOpened() throws Exception {
    List<SealedOnion> onions = new ArrayList<>();
    List<RawClient> flood = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      SealedOnion onion = Onions.post("/echo", 100);
      onions.add(onion);
      flood.add(client().send(Onions.wire(onion)));
    }
    for (int i = 0; i < onions.size(); i++) {
      assertThat(Onions.open(onions.get(i), flood.get(i).read()).code()).isEqualTo(503);
    }
  }

  @Test
  void anOnionTakesOnePlaceForItselfAndTheRequestInside() throws Exception {
    blocker.release();
    assertThat(clients.getFirst().read().status()).isEqualTo(200);
    SealedOnion onion = Onions.post("/echo", 2);
    RawClient client = client();
    for (int i = 0; i < 5; i++) {
      assertThat(Onions.open(onion, client.send(Onions.wire(onion)).read()).code()).isEqualTo(200);
    }
  }

  @Test
  void anOnionWaitsForItsTurnAmongTheOthers() throws Exception {
    HttpLimits.WorkLimits queueing = new HttpLimits.WorkLimits(1, 5, Duration.ofSeconds(10));
    try (TestServer other =
            Onions.serve(
                HttpLimits.DEFAULT.with(queueing), blocker.at("/slow"), TestServer.echo());
        RawClient first = RawClient.to(other.address());
        RawClient second = RawClient.to(other.address())) {
      first.send(SLOW);
      blocker.awaitEntered(1);
      SealedOnion onion = Onions.post("/echo", 2);
      assertThat(second.send(Onions.wire(onion)).staysSilentFor(200)).isTrue();
      blocker.release();
      assertThat(Onions.open(onion, second.read()).code()).isEqualTo(200);
    }
  }

  @Test
  void anOnionThatWaitsTooLongIsShedInside() throws Exception {
    HttpLimits.WorkLimits impatient = new HttpLimits.WorkLimits(1, 5, Duration.ofMillis(50));
    try (TestServer other =
            Onions.serve(
                HttpLimits.DEFAULT.with(impatient), blocker.at("/slow"), TestServer.echo());
        RawClient first = RawClient.to(other.address());
        RawClient second = RawClient.to(other.address())) {
      first.send(SLOW);
      blocker.awaitEntered(1);
      SealedOnion onion = Onions.post("/echo", 2);
      assertThat(Onions.open(onion, second.send(Onions.wire(onion)).read()).code()).isEqualTo(503);
      blocker.release();
    }
  }
}
