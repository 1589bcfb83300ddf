package org.sessionpro.backend.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Stopping while clients are about.
class GracefulStopTest {
  private static final Duration STOP = Duration.ofSeconds(8);
  private static final String SLOW = "POST /slow HTTP/1.1\r\nHost: h\r\nContent-Length: 0\r\n\r\n";

  private static final String ECHO =
      "POST /echo HTTP/1.1\r\nHost: h\r\nContent-Length: 2\r\n\r\n{}";

  private final CountDownLatch entered = new CountDownLatch(1);
  private final CountDownLatch release = new CountDownLatch(1);
  private TestServer server;

  @BeforeEach
  void start() {
    server = start(STOP);
  }

  private TestServer start(Duration stop) {
    Route slow = TestServer.client("/slow", Set.of(Method.POST), this::waitForRelease);
    HttpLimits.TimeLimits times =
        new HttpLimits.TimeLimits(Duration.ofSeconds(5), Duration.ofSeconds(30), stop);
    return TestServer.start(
        RouteTable.of(List.of(slow, TestServer.echo())), HttpLimits.DEFAULT.with(times));
  }

  @AfterEach
  void stop() {
    release.countDown();
    server.close();
  }

  private Reply waitForRelease(Exchange exchange) {
    entered.countDown();
    try {
      return Reply.text(200, release.await(20, TimeUnit.SECONDS) ? "done" : "forgotten");
    } catch (InterruptedException interrupted) {
      return Reply.text(200, "interrupted");
    }
  }

  private static void awaitRefusal(InetSocketAddress address) throws IOException {
    boolean refused = false;
    while (!refused) {
      try {
        RawClient.to(address).close();
      } catch (ConnectException expected) {
        refused = true;
      } catch (SocketException reset) {
        // Accepted by the kernel a moment before the server closed its socket.
      }
    }
  }

  @Test
  void aRequestInFlightFinishesAndNewConnectionsAreRefused() throws Exception {
    InetSocketAddress address = server.address();
    try (RawClient client = RawClient.to(address)) {
      client.send(SLOW);
      entered.await();
      CompletableFuture<Void> stopping = CompletableFuture.runAsync(server::close);
      awaitRefusal(address);
      // Longer than a stopping server keeps an idle connection.
      assertThatThrownBy(() -> stopping.get(2_500, TimeUnit.MILLISECONDS))
          .isInstanceOf(TimeoutException.class);
      release.countDown();
      RawClient.Answer answer = client.read();
      assertThat(answer.text()).isEqualTo("done");
      assertThat(answer.header("connection")).isEqualTo("close");
      stopping.get(10, TimeUnit.SECONDS);
    }
    assertThatThrownBy(() -> RawClient.to(address)).isInstanceOf(ConnectException.class);
  }

  @Test
  void idleConnectionsDoNotHoldUpAStop() throws Exception {
    try (RawClient client = RawClient.to(server.address())) {
      client.send(ECHO).read();
      long begun = System.nanoTime();
      server.close();
      assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(STOP);
      assertThat(client.readToEnd()).isEmpty();
    }
  }

  @Test
  void aHandlerThatNeverReturnsDoesNotHoldUpAStopForEver() throws Exception {
    Duration stop = Duration.ofSeconds(1);
    server.close();
    server = start(stop);
    try (RawClient client = RawClient.to(server.address())) {
      client.send(SLOW);
      entered.await();
      long begun = System.nanoTime();
      server.close();
      assertThat(Duration.ofNanos(System.nanoTime() - begun)).isBetween(stop, stop.plusSeconds(2));
      assertThat(client.readToEnd()).isEmpty();
    }
  }

  @Test
  void aRequestThatBeginsBeforeAStopAndEndsAfterItIsRefused() throws Exception {
    InetSocketAddress address = server.address();
    try (RawClient busy = RawClient.to(address);
        RawClient other = RawClient.to(address)) {
      busy.send(SLOW);
      entered.await();
      other.send(ECHO.substring(0, 20));
      CompletableFuture<Void> stopping = CompletableFuture.runAsync(server::close);
      awaitRefusal(address);
      RawClient.Answer answer = other.send(ECHO.substring(20)).read();
      assertThat(answer.status()).isEqualTo(503);
      assertThat(answer.text()).isEqualTo("Not available now\n");
      release.countDown();
      stopping.get(10, TimeUnit.SECONDS);
    }
  }

  @Test
  void stoppingTwiceDoesNothing() {
    server.close();
    server.close();
  }
}
