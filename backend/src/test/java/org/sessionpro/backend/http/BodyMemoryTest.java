package org.sessionpro.backend.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/// Long bodies compete for memory; short ones never do.
class BodyMemoryTest {
  private static final int LONGEST = 65_536;
  private static final int FREE = BodyRoom.FREE;

  private static final HttpLimits TIGHT =
      HttpLimits.DEFAULT.with(new HttpLimits.BodyLimits(LONGEST, LONGEST, LONGEST, LONGEST));

  private final BodyMemory memory = new BodyMemory(1_000);

  private static RawClient.Answer echo(TestServer server, int length) throws IOException {
    return RawClient.ask(server.address(), "POST /echo HTTP/1.1\r\nHost: h\r\n", new byte[length]);
  }

  @Test
  void aLongBodyIsPutOffWhileAnotherHoldsTheMemory() throws Exception {
    CountDownLatch entered = new CountDownLatch(1);
    CountDownLatch release = new CountDownLatch(1);
    Route slow =
        TestServer.client(
            "/slow",
            Set.of(Method.POST),
            e -> {
              entered.countDown();
              return awaited(release);
            });
    try (TestServer server =
            TestServer.start(RouteTable.of(List.of(TestServer.echo(), slow)), TIGHT);
        RawClient holder = RawClient.to(server.address())) {
      holder.send("POST /slow HTTP/1.1\r\nHost: h\r\nContent-Length: 65536\r\n\r\n");
      holder.send(new byte[LONGEST]);
      entered.await();
      RawClient.Answer answer = echo(server, LONGEST);
      assertThat(answer.status()).isEqualTo(503);
      assertThat(answer.header("retry-after")).isEqualTo("1");
      assertThat(answer.text()).isEqualTo("Not available now\n");
      assertThat(echo(server, FREE).status()).isEqualTo(200);
      release.countDown();
      assertThat(holder.read().status()).isEqualTo(200);
    }
  }

  private static Reply awaited(CountDownLatch release) {
    try {
      return Reply.plain(release.await(20, TimeUnit.SECONDS) ? 200 : 500);
    } catch (InterruptedException interrupted) {
      return Reply.plain(500);
    }
  }

  @Test
  void theMemoryOfAnAnsweredRequestIsFree() throws Exception {
    try (TestServer server = TestServer.start(RouteTable.of(List.of(TestServer.echo())), TIGHT);
        RawClient client = RawClient.to(server.address())) {
      for (int i = 0; i < 20; i++) {
        client.send("POST /echo HTTP/1.1\r\nHost: h\r\nContent-Length: 65536\r\n\r\n");
        assertThat(client.send(new byte[LONGEST]).read().status()).isEqualTo(200);
      }
    }
  }

  @Test
  void theMemoryOfAClientThatVanishedIsFree() throws Exception {
    try (TestServer server = TestServer.start(RouteTable.of(List.of(TestServer.echo())), TIGHT)) {
      for (int i = 0; i < 20; i++) {
        try (RawClient client = RawClient.to(server.address())) {
          client.send("POST /echo HTTP/1.1\r\nHost: h\r\nContent-Length: 65536\r\n\r\n");
          client.send(new byte[LONGEST - 1]).endSending();
          assertThat(client.read().status()).isEqualTo(400);
          assertThat(client.readToEnd()).isEmpty();
        }
      }
    }
  }

  @Test
  void onlyWhatExceedsTheFreePartIsCounted() {
    assertThat(memory.open().growTo(FREE + 1_000)).isTrue();
    assertThat(memory.open().growTo(FREE)).isTrue();
    assertThat(memory.open().growTo(FREE + 1)).isFalse();
  }

  @Test
  void growingCountsTheDifference() {
    BodyRoom account = memory.open();
    assertThat(account.growTo(FREE + 600)).isTrue();
    assertThat(account.growTo(FREE + 1_000)).isTrue();
    assertThat(account.growTo(FREE + 1_001)).isFalse();
  }

  @Test
  void whatIsGivenBackIsThereForOthersOnce() {
    BodyRoom account = memory.open();
    account.growTo(FREE + 1_000);
    account.giveBack();
    account.giveBack();
    assertThat(memory.open().growTo(FREE + 1_000)).isTrue();
    assertThat(memory.open().growTo(FREE + 1)).isFalse();
  }
}
