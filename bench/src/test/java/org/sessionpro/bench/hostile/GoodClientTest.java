package org.sessionpro.bench.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
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
  private static final Duration IMPATIENT = Duration.ofNanos(1);
  private static final String EMPTY_ANSWER = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n";

  private static byte[] get(String path) {
    return ("GET " + path + " HTTP/1.1\r\nHost: h\r\n\r\n").getBytes(StandardCharsets.US_ASCII);
  }

  /// Asks for `path` twice at least.
  private static GoodClient.Experience askTwice(InetSocketAddress server, String path)
      throws InterruptedException {
    return askTwice(server, path, body -> true, GoodClient.PATIENCE);
  }

  private static GoodClient.Experience askTwice(
      InetSocketAddress server, String path, Predicate<ByteString> isRight, Duration patience)
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
                isRight),
            patience);
    asked.await();
    client.stop();
    return client.experience();
  }

  /// Answers the first question only after its asker was told to stop.
  private static GoodClient.Experience stopInFlight(Duration patience) throws Exception {
    byte[] question = get("/status");
    GoodClient.Errand errand = new GoodClient.Errand(() -> question, body -> true);
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      GoodClient client = GoodClient.start(address(server), errand, patience);
      try (Socket connection = server.accept()) {
        assertThat(connection.getInputStream().readNBytes(question.length)).isEqualTo(question);
        client.stop();
        connection.getOutputStream().write(EMPTY_ANSWER.getBytes(StandardCharsets.US_ASCII));
        return client.experience();
      }
    }
  }

  private static InetSocketAddress address(ServerSocket server) {
    return new InetSocketAddress(server.getInetAddress(), server.getLocalPort());
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
      GoodClient.Experience experience =
          askTwice(victim.address(), "/status", body -> false, GoodClient.PATIENCE);
      assertThat(experience.answered()).isZero();
      assertThat(experience.failures()).containsOnlyKeys("wrong");
    }
  }

  @Test
  void answersThatComeAfterItsPatienceAreFailures() throws Exception {
    try (Victim victim = Victim.start()) {
      GoodClient.Experience experience =
          askTwice(victim.address(), "/status", body -> true, IMPATIENT);
      assertThat(experience.answered()).isZero();
      assertThat(experience.failures()).containsOnlyKeys("late");
    }
  }

  @Test
  void theQuestionInFlightWhenItStopsDoesNotCountIfItIsAnsweredInTime() throws Exception {
    GoodClient.Experience experience = stopInFlight(GoodClient.PATIENCE);

    assertThat(experience.asked()).isZero();
    assertThat(experience.isAnswered(0)).isFalse();
  }

  @Test
  void theQuestionInFlightWhenItStopsIsAFailureIfItsAnswerIsLate() throws Exception {
    GoodClient.Experience experience = stopInFlight(IMPATIENT);

    assertThat(experience.answered()).isZero();
    assertThat(experience.failures()).isEqualTo(Map.of("late", 1L));
  }

  @Test
  void aNewcomerWantsTheRightAnswerInTime() throws Exception {
    GoodClient.Errand right = new GoodClient.Errand(() -> get("/status"), body -> true);
    GoodClient.Errand wrong = new GoodClient.Errand(() -> get("/status"), body -> false);
    InetSocketAddress address;
    try (Victim victim = Victim.start()) {
      address = victim.address();
      assertThat(GoodClient.isNewcomerAnswered(address, right, GoodClient.PATIENCE)).isTrue();
      assertThat(GoodClient.isNewcomerAnswered(address, right, IMPATIENT)).isFalse();
      assertThat(GoodClient.isNewcomerAnswered(address, wrong, GoodClient.PATIENCE)).isFalse();
    }
    assertThat(GoodClient.isNewcomerAnswered(address, right, GoodClient.PATIENCE)).isFalse();
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
      closed = address(socket);
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
