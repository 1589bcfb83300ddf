package org.sessionpro.backend.http.onion;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.sessionpro.backend.http.Blocker;
import org.sessionpro.backend.http.HttpLimits;
import org.sessionpro.backend.http.RawClient;
import org.sessionpro.backend.http.TestServer;
import org.sessionpro.protocol.onion.SealedOnion;

/// Bodies of onions that there is no room for wait unread; none is refused before it is opened
/// (`onion-requests.md` §1, rule 0).
class LongOnionTest {
  private static final int LIMIT = 65_536;

  /// Far above what is left of an onion for the request inside.
  private static final int LONG = 60_000;

  private final Blocker blocker = new Blocker();
  private final List<RawClient> clients = new ArrayList<>();
  private TestServer server;

  /// Room for one long body. A request may take 1.5 s to arrive.
  @BeforeEach
  void start() {
    HttpLimits.TimeLimits times =
        new HttpLimits.TimeLimits(
            Duration.ofMillis(1_500), Duration.ofSeconds(20), Duration.ofSeconds(3));
    HttpLimits limits =
        HttpLimits.DEFAULT.with(new HttpLimits.BodyLimits(LIMIT, LIMIT, LIMIT, LIMIT)).with(times);
    server = Onions.serve(limits, blocker.at("/slow"), TestServer.echo());
  }

  @AfterEach
  void letEverybodyGo() throws IOException {
    blocker.release();
    for (RawClient client : clients) {
      client.close();
    }
    server.close();
  }

  private RawClient client() throws IOException {
    RawClient client = RawClient.to(server.address());
    clients.add(client);
    return client;
  }

  private RawClient send(SealedOnion onion) throws IOException {
    return client().send(Onions.wire(onion));
  }

  /// Takes all the room there is, until the blocker is released.
  private void fillMemory() throws Exception {
    send(Onions.post("/slow", LONG));
    blocker.awaitEntered(1);
  }

  @Test
  void aLongOneWaitsUntilThereIsRoom() throws Exception {
    fillMemory();
    SealedOnion onion = Onions.post("/echo", LONG);
    RawClient waiting = send(onion);
    assertThat(waiting.staysSilentFor(200)).isTrue();
    blocker.release();
    assertThat(Onions.open(onion, waiting.read()).body().size()).isEqualTo(LONG);
  }

  @Test
  void aShortOneDoesNotWait() throws Exception {
    fillMemory();
    SealedOnion onion = Onions.post("/echo", 1_500);
    assertThat(Onions.open(onion, send(onion).read()).code()).isEqualTo(200);
  }

  @Test
  void aLongDirectRequestDoesNotWaitForOnions() throws Exception {
    fillMemory();
    String head = "POST /echo HTTP/1.1\r\nHost: h\r\n";
    assertThat(RawClient.ask(server.address(), head, new byte[LONG]).status()).isEqualTo(200);
  }

  @Test
  void onionsDoNotWaitForLongDirectRequests() throws Exception {
    client()
        .send("POST /slow HTTP/1.1\r\nHost: h\r\nContent-Length: " + LONG + "\r\n\r\n")
        .send(new byte[LONG]);
    blocker.awaitEntered(1);
    SealedOnion onion = Onions.post("/echo", LONG);
    assertThat(Onions.open(onion, send(onion).read()).code()).isEqualTo(200);
  }

  @Test
  void whoWaitsLongerThanARequestMayTakeToArriveIsToldSo() throws Exception {
    fillMemory();
    long begun = System.nanoTime();
    RawClient.Answer answer = send(Onions.post("/echo", LONG)).read();
    assertThat(answer.status()).isEqualTo(408);
    assertThat(Duration.ofNanos(System.nanoTime() - begun)).isGreaterThan(Duration.ofMillis(1_400));
  }

  @Test
  void theRoomOfOneWhoStopsSendingIsFreeInTheEnd() throws Exception {
    byte[] wire = Onions.wire(Onions.post("/echo", LONG));
    RawClient holder = client().send(Arrays.copyOf(wire, wire.length - 1));
    assertThat(holder.staysSilentFor(100)).isTrue();
    SealedOnion onion = Onions.post("/echo", LONG);
    RawClient waiting = send(onion);
    assertThat(holder.read().status()).isEqualTo(408);
    assertThat(Onions.open(onion, waiting.read()).code()).isEqualTo(200);
  }

  @Test
  void theRoomOfOneWhoEndsEarlyIsFreeAtOnce() throws Exception {
    byte[] wire = Onions.wire(Onions.post("/echo", LONG));
    for (int i = 0; i < 20; i++) {
      RawClient early = client().send(Arrays.copyOf(wire, wire.length - 1)).endSending();
      assertThat(early.read().status()).isEqualTo(400);
    }
  }

  @Test
  void thoseWhoVanishWhileTheyWaitDoNotHoldUpTheOthers() throws Exception {
    fillMemory();
    for (int i = 0; i < 20; i++) {
      send(Onions.post("/echo", LONG)).close();
    }
    SealedOnion onion = Onions.post("/echo", LONG);
    RawClient waiting = send(onion);
    blocker.release();
    assertThat(Onions.open(onion, waiting.read()).code()).isEqualTo(200);
  }

  @Test
  void manyAtOnceAreAllAnswered() throws Exception {
    List<SealedOnion> onions = new ArrayList<>();
    List<RawClient> senders = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      SealedOnion onion = Onions.post("/echo", LONG);
      onions.add(onion);
      senders.add(send(onion));
    }
    for (int i = 0; i < onions.size(); i++) {
      assertThat(Onions.open(onions.get(i), senders.get(i).read()).code()).isEqualTo(200);
    }
  }

  @Test
  void manyOfTheGreatestLengthAtOnceAreAllAnswered() throws Exception {
    HttpLimits limits = HttpLimits.DEFAULT;
    int greatest = limits.bodies().onion() - 1_000;
    try (TestServer other = Onions.serve(limits, TestServer.echo())) {
      SealedOnion onion = Onions.post("/echo", greatest);
      byte[] wire = Onions.wire(onion);
      List<CompletableFuture<Integer>> codes = new ArrayList<>();
      for (int i = 0; i < 30; i++) {
        codes.add(
            CompletableFuture.supplyAsync(
                () -> codeOf(other, onion, wire), task -> Thread.ofVirtual().start(task)));
      }
      // The body inside is over the limit of its route.
      for (CompletableFuture<Integer> code : codes) {
        assertThat(code.get()).isEqualTo(413);
      }
    }
  }

  private static int codeOf(TestServer server, SealedOnion onion, byte[] wire) {
    try (RawClient client = RawClient.to(server.address())) {
      return Onions.open(onion, client.send(wire).read()).code();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  @Test
  void oneOverTheLimitIsRefusedWithoutWaiting() throws Exception {
    fillMemory();
    assertThat(send(Onions.post("/echo", LIMIT)).read().status()).isEqualTo(413);
  }

  @Test
  void aLongOneInChunksWaitsToo() throws Exception {
    fillMemory();
    SealedOnion onion = Onions.post("/echo", LONG);
    byte[] body = onion.outerBody();
    RawClient waiting =
        client()
            .send("POST /oxen/v4/lsrpc HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n")
            .send(Integer.toHexString(body.length) + "\r\n")
            .send(body)
            .send("\r\n0\r\n\r\n");
    assertThat(waiting.staysSilentFor(100)).isTrue();
    blocker.release();
    assertThat(Onions.open(onion, waiting.read()).code()).isEqualTo(200);
  }
}
