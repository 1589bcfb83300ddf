package org.sessionpro.backend.http.onion;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.sessionpro.backend.http.Admission;
import org.sessionpro.backend.http.HttpLimits;
import org.sessionpro.backend.http.Lane;
import org.sessionpro.backend.http.Method;
import org.sessionpro.backend.http.RawClient;
import org.sessionpro.backend.http.Reply;
import org.sessionpro.backend.http.TestServer;
import org.sessionpro.protocol.ByteString;
import org.sessionpro.protocol.onion.OnionReply;
import org.sessionpro.protocol.onion.SealedOnion;

/// Clients that ask for long answers and fetch none: few such answers are made, and everybody else is
/// answered.
class UnreadReplyTest {
  /// Twice what a socket takes at most.
  private static final ByteString LIST = ByteString.of(new byte[8 << 20]);

  private static final String HEAD = "POST %s HTTP/1.1\r\nHost: h\r\n";
  private static final int CLIENTS = 20;

  /// There is memory for four; no answer takes more than half of what is left.
  private static final int KEPT = 3;

  private final List<RawClient> clients = new ArrayList<>();
  private TestServer server;

  @BeforeEach
  void start() {
    server =
        Onions.serve(
            HttpLimits.DEFAULT.withReplyMemory(4 * LIST.size()),
            TestServer.echo(),
            TestServer.client("/own", Set.of(Method.POST), e -> Reply.octets(LIST)),
            TestServer.client("/list", Set.of(Method.POST), e -> Reply.octets(LIST))
                .with(new Admission.Gated(Lane.PREPARED)));
  }

  @AfterEach
  void stop() throws IOException {
    closeAll();
    server.close();
  }

  private void closeAll() throws IOException {
    for (RawClient client : clients) {
      client.close();
    }
  }

  /// Clients that ask and read nothing; returns once all are answered.
  private void hoard(byte[] request) throws Exception {
    for (int i = 0; i < CLIENTS; i++) {
      clients.add(RawClient.to(server.address()).send(request));
    }
    for (int i = 0; i < CLIENTS; i++) {
      server.nextAccess();
    }
  }

  private OnionReply askByOnion(String path) throws IOException {
    SealedOnion onion = Onions.post(path, 2);
    try (RawClient client = RawClient.to(server.address())) {
      return Onions.open(onion, client.send(Onions.wire(onion)).read());
    }
  }

  private int askDirectly(String path) throws IOException {
    return RawClient.ask(server.address(), HEAD.formatted(path), new byte[2]).status();
  }

  @Test
  void onlyAsManyListsAreSealedAsThereIsMemoryFor() throws Exception {
    SealedOnion onion = Onions.post("/list", 2);
    hoard(Onions.wire(onion));

    List<Integer> codes = new ArrayList<>();
    for (RawClient client : clients) {
      codes.add(Onions.open(onion, client.read()).code());
    }

    assertThat(codes).containsOnly(200, 503);
    assertThat(codes.stream().filter(code -> code == 200)).hasSize(KEPT);
  }

  @Test
  void whatThereIsNoMemoryForIsShedInside() throws Exception {
    hoard(Onions.wire(Onions.post("/list", 2)));

    OnionReply reply = askByOnion("/list");

    assertThat(reply.code()).isEqualTo(503);
    assertThat(reply.body().size()).isLessThan(100);
  }

  @Test
  void allOthersAreAnswered() throws Exception {
    hoard(Onions.wire(Onions.post("/list", 2)));

    assertThat(askByOnion("/echo").code()).isEqualTo(200);
    assertThat(askDirectly("/echo")).isEqualTo(200);
    assertThat(askDirectly("/list")).as("with bytes that all share").isEqualTo(200);
  }

  @Test
  void longAnswersToDirectRequestsAreBoundedToo() throws Exception {
    hoard((HEAD.formatted("/own") + "Content-Length: 0\r\n\r\n").getBytes(US_ASCII));

    List<Integer> statuses = new ArrayList<>();
    for (RawClient client : clients) {
      statuses.add(client.read().status());
    }

    assertThat(statuses).containsOnly(200, 503);
    assertThat(statuses.stream().filter(status -> status == 200)).hasSize(KEPT);
  }

  @Test
  void theMemoryOfThoseWhoVanishIsFreeAgain() throws Exception {
    hoard(Onions.wire(Onions.post("/list", 2)));
    closeAll();

    long deadline = System.nanoTime() + 20_000_000_000L;
    while (askByOnion("/list").code() != 200) {
      assertThat(System.nanoTime()).isLessThan(deadline);
    }
  }

  @Test
  void theMemoryOfThoseWhoFetchTheirAnswersIsFreeAgain() throws Exception {
    for (int i = 0; i < 3 * KEPT; i++) {
      assertThat(askByOnion("/list").code()).isEqualTo(200);
    }
  }
}
