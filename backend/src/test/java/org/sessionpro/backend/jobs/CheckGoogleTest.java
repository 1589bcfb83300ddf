package org.sessionpro.backend.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sessionpro.backend.store.google.StartUpCheck.Finding;
import org.sessionpro.backend.store.google.StartUpCheck.Verdict;
import org.sessionpro.backend.store.google.StartUpCheck.Weight;
import org.sessionpro.backend.telemetry.LogLines;
import org.sessionpro.backend.telemetry.LoggerName;

/// What Google did not say when the server started is asked for until it does.
class CheckGoogleTest {
  private static final Finding UNANSWERED = new Finding(Weight.UNANSWERED, "unreachable");
  private static final Finding FATAL = new Finding(Weight.FATAL, "the queue is detached");

  @Test
  void googleIsAskedUntilItHasAnsweredAndTheAnswerIsTold() {
    Deque<Verdict> answers =
        new ArrayDeque<>(
            List.of(
                new Verdict(List.of(UNANSWERED), true),
                new Verdict(List.of(FATAL), true),
                new Verdict(List.of(), true)));
    Job job = CheckGoogle.job(answers::removeFirst, () -> {}, Duration.ofMinutes(1));

    try (LogLines log = new LogLines(LoggerName.GOOGLE_PLAY)) {
      for (int run = 0; run < 4; run++) {
        job.work().run(() -> true);
      }

      assertThat(answers).as("nobody asks after the answer").hasSize(1);
      assertThat(log.critical()).singleElement().asString().contains("detached");
    }
  }

  @Test
  void whatMustNotBeIsToldOnceThoughSomethingElseIsUnanswered() {
    Verdict verdict = new Verdict(List.of(UNANSWERED, FATAL), false);
    Job job = CheckGoogle.job(() -> verdict, () -> {}, Duration.ofMinutes(1));

    try (LogLines log = new LogLines(LoggerName.GOOGLE_PLAY)) {
      job.work().run(() -> true);
      job.work().run(() -> true);

      assertThat(log.critical()).singleElement().asString().contains("detached");
    }
  }

  @ParameterizedTest
  @CsvSource({"true, 1", "false, 0"})
  void whatWaitsForTheAppToBeKnownIsDoneOnceItIs(boolean knowsApp, int times) {
    AtomicInteger done = new AtomicInteger();
    Verdict answer = new Verdict(List.of(), knowsApp);
    Job job = CheckGoogle.job(() -> answer, done::incrementAndGet, Duration.ofMinutes(1));

    job.work().run(() -> true);
    job.work().run(() -> true);

    assertThat(done).hasValue(times);
  }

  @Test
  void whatWaitsForTheAppIsNotDoneWhileSomethingIsWrong() {
    AtomicInteger done = new AtomicInteger();
    Verdict answer = new Verdict(List.of(FATAL), true);

    CheckGoogle.job(() -> answer, done::incrementAndGet, Duration.ofMinutes(1))
        .work()
        .run(() -> true);

    assertThat(done).hasValue(0);
  }
}
