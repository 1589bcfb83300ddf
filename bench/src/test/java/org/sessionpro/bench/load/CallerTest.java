package org.sessionpro.bench.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
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
    Thread caller = Thread.ofVirtual().start(caller(address, System::nanoTime));
    while (tally.errors().isEmpty()) {
      Thread.onSpinWait();
    }
    caller.interrupt();
    caller.join();

    assertThat(tally.errors()).containsOnlyKeys("no answer: Connection refused");
  }

  private void callAll(String... answers) throws Exception {
    AtomicInteger turns = new AtomicInteger();
    Pace oncePerAnswer =
        () -> {
          if (turns.getAndIncrement() == answers.length) {
            throw new InterruptedException();
          }
          return System.nanoTime();
        };
    try (ScriptedServer server = new ScriptedServer(answers)) {
      Thread.ofVirtual().start(caller(server.address(), oncePerAnswer)).join();
    }
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
