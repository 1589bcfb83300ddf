package org.sessionpro.bench.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OutcomeTest {
  private static final Attack ATTACK = new Attack("flood", "ask for proofs", 2_000, siege -> {});

  private static Outcome outcome(int answered, boolean answersAfterwards) {
    GoodClient.Experience status =
        new GoodClient.Experience(
            answered,
            Map.of(),
            Duration.ofMillis(1),
            Duration.ofMillis(20),
            Duration.ofMillis(300));
    GoodClient.Experience proof =
        new GoodClient.Experience(
            0, Map.of("503", 2L), Duration.ZERO, Duration.ZERO, Duration.ZERO);
    return new Outcome(
        ATTACK,
        Map.of("200", 12_345L),
        status,
        proof,
        new Outcome.Use(
            new ServerWatch.Use(150_000_000, 80),
            new ServerWatch.Use(251_000_000, 2_084),
            new ServerWatch.Use(240_000_000, 81)),
        answersAfterwards);
  }

  @Test
  void everyFigureIsTold() {
    assertThat(outcome(190, true).text())
        .isEqualTo(
            """
            flood: 2,000 connections that ask for proofs
              attackers    200 × 12,345
              /status      190 of 190 answered, p50 1.0 ms, p99 20.0 ms, max 300.0 ms
              proof        0 of 2 answered, p50 0.0 ms, p99 0.0 ms, max 0.0 ms; else 503 × 2
              memory       150 MB before, 251 at most, 240 after
              descriptors  80 before, 2,084 at most, 81 after
              afterwards   it answers
            """);
  }

  @Test
  void aServerThatAnswersAllAlongHasSurvived() {
    assertThat(outcome(1, true).isSurvived()).isTrue();
  }

  @Test
  void aServerThatAnsweredNobodyDuringTheAttackHasNot() {
    assertThat(outcome(0, true).isSurvived()).isFalse();
  }

  @Test
  void aServerThatAnswersNobodyAfterwardsHasNot() {
    assertThat(outcome(1, false).isSurvived()).isFalse();
  }
}
