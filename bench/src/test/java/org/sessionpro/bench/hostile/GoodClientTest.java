package org.sessionpro.bench.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sessionpro.protocol.ByteString;
import org.sessionpro.protocol.v1.ErrorCode;
import org.sessionpro.protocol.v1.ProofResult;
import org.sessionpro.protocol.v1.Refusal;
import org.sessionpro.protocol.v1.V1Answer;

class GoodClientTest {
  private static byte[] get(String path) {
    return ("GET " + path + " HTTP/1.1\r\nHost: h\r\n\r\n").getBytes(StandardCharsets.US_ASCII);
  }

  /// Asks for `path` twice at least.
  private static GoodClient.Experience askTwice(InetSocketAddress server, String path)
      throws InterruptedException {
    return askTwice(server, path, body -> true);
  }

  private static GoodClient.Experience askTwice(
      InetSocketAddress server, String path, Predicate<ByteString> isRight)
      throws InterruptedException {
    CountDownLatch asked = new CountDownLatch(3);
    GoodClient client =
        GoodClient.start(
            server,
            new GoodClient.Errand(
                () -> {
                  asked.countDown();
                  return get(path);
                },
                isRight));
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
  void answersThatAreNotRightAreFailures() throws Exception {
    try (Victim victim = Victim.start()) {
      GoodClient.Experience experience = askTwice(victim.address(), "/status", body -> false);
      assertThat(experience.answered()).isZero();
      assertThat(experience.failures()).containsOnlyKeys("wrong");
    }
  }

  @Test
  void aServerIsWellIfItTellsItsStatusAndLooksForStrangers() throws Exception {
    try (Victim victim = Victim.start()) {
      Ammunition ammunition = Ammunition.against(victim.address(), "h", InstantSource.system());
      Refusal refusal = Refusal.of(ErrorCode.NOT_SUBSCRIBED, "no payment");
      Refusal fault = Refusal.of(ErrorCode.INTERNAL_ERROR, "fault");

      try (Connection connection = Connection.open(victim.address())) {
        assertThat(ammunition.statusErrand().isDone(connection.ask(ammunition.status()))).isTrue();
        // This one gives back what it is sent.
        assertThat(ammunition.proofErrand().isDone(connection.ask(ammunition.proof()))).isFalse();
      }
      assertThat(ammunition.proofErrand().isRight().test(answer(refusal))).isTrue();
      assertThat(ammunition.proofErrand().isRight().test(answer(fault))).isFalse();
      assertThat(ammunition.statusErrand().isRight().test(answer(fault))).isFalse();
    }
  }

  private static ByteString answer(Refusal refusal) {
    return ByteString.of(new V1Answer.Refused<ProofResult>(refusal).toJson());
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
