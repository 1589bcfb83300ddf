package org.sessionpro.bench.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GoodClientTest {
  private static byte[] get(String path) {
    return ("GET " + path + " HTTP/1.1\r\nHost: h\r\n\r\n").getBytes(StandardCharsets.US_ASCII);
  }

  /// Asks for `path` twice at least.
  private static GoodClient.Experience askTwice(InetSocketAddress server, String path)
      throws InterruptedException {
    CountDownLatch asked = new CountDownLatch(3);
    GoodClient client =
        GoodClient.start(
            server,
            () -> {
              asked.countDown();
              return get(path);
            });
    asked.await();
    return client.stop();
  }

  @Test
  void answersAreCountedAndTimed() throws Exception {
    try (Victim victim = Victim.start()) {
      GoodClient.Experience experience = askTwice(victim.address(), "/status");
      assertThat(experience.answered()).isGreaterThanOrEqualTo(2);
      assertThat(experience.failures()).isEmpty();
      assertThat(experience.p50()).isPositive();
      assertThat(experience.max()).isGreaterThanOrEqualTo(experience.p50());
    }
  }

  @Test
  void otherAnswersAreFailures() throws Exception {
    try (Victim victim = Victim.start()) {
      GoodClient.Experience experience = askTwice(victim.address(), "/nope");
      assertThat(experience.answered()).isZero();
      assertThat(experience.failures()).containsOnlyKeys("404");
      assertThat(experience.asked()).isGreaterThanOrEqualTo(2);
    }
  }

  @Test
  void aServerThatIsNotThereIsAFailure() throws Exception {
    InetSocketAddress closed;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      closed = new InetSocketAddress(socket.getInetAddress(), socket.getLocalPort());
    }
    assertThat(askTwice(closed, "/status").failures()).containsOnlyKeys("closed");
  }

  @ParameterizedTest
  @CsvSource({"0.5, 2", "0.51, 3", "0.99, 4", "1, 4", "0.01, 1"})
  void percentilesAreTheLeastThatEnoughDoNotExceed(double share, long nanos) {
    assertThat(GoodClient.percentile(List.of(1L, 2L, 3L, 4L), share))
        .isEqualTo(Duration.ofNanos(nanos));
  }

  @Test
  void nothingAnsweredTookNoTime() {
    assertThat(GoodClient.percentile(List.of(), 0.5)).isZero();
  }
}
