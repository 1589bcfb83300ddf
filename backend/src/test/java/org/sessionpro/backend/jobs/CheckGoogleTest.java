package org.sessionpro.backend.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.sessionpro.backend.store.google.StartUpCheck.Finding;
import org.sessionpro.backend.store.google.StartUpCheck.Weight;
import org.sessionpro.backend.store.google.work.GoogleLog;

/// What Google did not say when the server started is asked for until it does.
class CheckGoogleTest {
  private static final Finding UNANSWERED = new Finding(Weight.UNANSWERED, "unreachable");
  private static final Finding FATAL = new Finding(Weight.FATAL, "the queue is detached");

  @Test
  void googleIsAskedUntilItHasAnsweredAndTheAnswerIsTold() {
    Deque<List<Finding>> answers =
        new ArrayDeque<>(List.of(List.of(UNANSWERED), List.of(FATAL), List.of()));
    Job job = CheckGoogle.job(answers::removeFirst, Duration.ofMinutes(1));

    try (GoogleLog log = new GoogleLog()) {
      for (int run = 0; run < 4; run++) {
        job.work().run(() -> true);
      }

      assertThat(answers).as("nobody asks after the answer").hasSize(1);
      assertThat(log.at(Level.ERROR)).singleElement().asString().contains("detached");
    }
  }
}
