package org.sessionpro.bench.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.sessionpro.protocol.ByteString;

/// Against a server that gives one scripted answer after the other.
class CallerTest {
  private static final String RIGHT = ScriptedServer.answer(200, "right");
  private static final String WRONG = ScriptedServer.answer(200, "wrong");

  private final Tally tally = new Tally();

  @Test
  void rightAnswersAreCounted() throws Exception {
    tally.open();

    callAll(RIGHT, RIGHT, RIGHT);

    assertThat(tally.latencies().count()).isEqualTo(3);
    assertThat(tally.answered()).isEqualTo(3);
    assertThat(tally.errors()).isEmpty();
  }

  @Test
  void wrongAnswersAreErrorsAndNotCounted() throws Exception {
    tally.open();

    callAll(WRONG, RIGHT, ScriptedServer.answer(503, "right"), WRONG);

    assertThat(tally.latencies().count()).isEqualTo(1);
    assertThat(tally.errors()).isEqualTo(Map.of("wrong", 2L, "HTTP status 503", 1L));
  }

  @Test
  void whileWarmingUpErrorsAreCountedAndRightAnswersAreNot() throws Exception {
    callAll(RIGHT, WRONG);

    assertThat(tally.latencies().count()).isZero();
    assertThat(tally.errors()).isEqualTo(Map.of("wrong", 1L));
  }

  @Test
  void anAnswerToARequestOfTheWarmUpIsNotCounted() {
    long due = System.nanoTime() - 1;
    tally.open();

    tally.right(due, System.nanoTime());

    assertThat(tally.latencies().count()).isZero();
    assertThat(tally.answered()).isZero();
  }

  @Test
  void anAnswerAfterTheMeasuredTimeCountsInTheLatencyOnly() {
    long due = tally.open();
    tally.close();

    tally.right(due, due + Duration.ofSeconds(5).toNanos());

    assertThat(tally.latencies().percentile(1)).isGreaterThanOrEqualTo(Duration.ofSeconds(5));
    assertThat(tally.answered()).isZero();
  }

  @Test
  void anAnswerToARequestThatWasDueAfterTheMeasuredTimeIsNotCounted() {
    tally.open();
    long due = tally.close();

    tally.right(due, System.nanoTime());

    assertThat(tally.latencies().count()).isZero();
    assertThat(tally.answered()).isZero();
  }

  @Test
  void whatIsOverdueWhenTheMeasuredTimeEndsIsStillAskedAndCountsInTheLatency() throws Exception {
    Pace pace = new Pace.Rate(1_000_000);
    tally.open();
    pace.restart(Duration.ofNanos(3_000));
    long end = System.nanoTime() + Duration.ofMillis(10).toNanos();
    while (System.nanoTime() - end < 0) {
      Thread.onSpinWait();
    }
    tally.close();

    call(pace, RIGHT, RIGHT, RIGHT);

    assertThat(tally.latencies().count()).isEqualTo(3);
    assertThat(tally.answered()).isZero();
    assertThat(tally.errors()).isEmpty();
  }

  @Test
  void theAnswerInFlightIsWaitedForByWhoIsInterrupted() throws Exception {
    tally.open();

    interruptInFlight(RIGHT);

    assertThat(tally.latencies().count()).isEqualTo(1);
    assertThat(tally.errors()).isEmpty();
  }

  @Test
  void theAnswerInFlightThatDoesNotComeIsAnErrorOfWhoIsInterrupted() throws Exception {
    interruptInFlight("");

    assertThat(tally.errors()).isEqualTo(Map.of("no answer: connection closed", 1L));
  }

  /// Sends `answer` to one whom an interrupt has met since he asked, and closes the connection.
  private void interruptInFlight(String answer) throws Exception {
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      InetSocketAddress address =
          new InetSocketAddress(server.getInetAddress(), server.getLocalPort());
      Thread caller = Thread.ofPlatform().start(caller(address, times(1)));
      try (Socket connection = server.accept()) {
        assertThat(connection.getInputStream().read(new byte[8_192])).isPositive();
        caller.interrupt();
        connection.getOutputStream().write(answer.getBytes(StandardCharsets.US_ASCII));
      }
      caller.join();
    }
  }

  @Test
  void aMissingAnswerIsAnErrorAndTheNextConnectionGoesOn() throws Exception {
    tally.open();

    callAll(RIGHT, "HTTP/1.1 200 OK\r\n" + ScriptedServer.CLOSE, RIGHT);

    assertThat(tally.latencies().count()).isEqualTo(2);
    assertThat(tally.errors()).isEqualTo(Map.of("no answer: connection closed", 1L));
  }

  @Test
  void aServerThatIsNotThereIsAnError() throws Exception {
    InetSocketAddress address;
    try (ScriptedServer server = new ScriptedServer()) {
      address = server.address();
    }
    Thread caller = Thread.ofPlatform().start(caller(address, times(1)));
    while (tally.errors().isEmpty()) {
      Thread.onSpinWait();
    }
    caller.interrupt();
    caller.join();

    assertThat(tally.errors()).containsOnlyKeys("no answer: Connection refused");
  }

  private void callAll(String... answers) throws Exception {
    call(times(answers.length), answers);
  }

  private void call(Pace pace, String... answers) throws Exception {
    try (ScriptedServer server = new ScriptedServer(answers)) {
      Thread.ofVirtual().start(caller(server.address(), pace)).join();
    }
  }

  /// So many requests, each of which is due at once.
  private static Pace times(int count) {
    AtomicInteger turns = new AtomicInteger();
    return () ->
        turns.getAndIncrement() < count ? OptionalLong.of(System.nanoTime()) : OptionalLong.empty();
  }

  private Caller caller(InetSocketAddress address, Pace pace) {
    Question question = new Question("/", ByteString.of(new byte[0]), CallerTest::requireRight);
    CallBook book =
        new CallBook(
            List.of(TestParties.CUSTOMER), Load.LIFETIME, customer -> Call.direct("h", question));
    return new Caller(address, book, pace, tally);
  }

  private static void requireRight(ByteString answer) {
    String text = new String(answer.toByteArray(), StandardCharsets.US_ASCII);
    if (!text.equals("right")) {
      throw new WrongAnswer(text);
    }
  }
}
