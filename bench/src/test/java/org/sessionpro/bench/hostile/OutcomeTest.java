package org.sessionpro.bench.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OutcomeTest {
  private static final int CONNECTIONS = 2_000;

  /// An attack during which `answered` of a hundred requests of either good client were answered.
  private static Outcome outcome(
      int connections, long connected, int status, int proofs, long descriptors, boolean answers) {
    return new Outcome(
        new Attack("flood", "ask for proofs", connections, siege -> {}),
        new Siege.Toll(connected, Map.of("200", 12_345L)),
        experience(status, Duration.ofMillis(20)),
        experience(proofs, Duration.ofMillis(200)),
        new Outcome.Use(
            new ServerWatch.Use(150_000_000, 80),
            new ServerWatch.Use(251_000_000, 2_084),
            new ServerWatch.Use(240_000_000, descriptors)),
        answers);
  }

  private static GoodClient.Experience experience(int answered, Duration p99) {
    Map<String, Long> failures = answered == 100 ? Map.of() : Map.of("503", 100L - answered);
    return new GoodClient.Experience(
        answered, failures, Duration.ofMillis(1), p99, Duration.ofMillis(300));
  }

  @Test
  void everyFigureIsTold() {
    assertThat(outcome(CONNECTIONS, 2_001, 100, 98, 81, true).text())
        .isEqualTo(
            """
            flood: 2,000 connections that ask for proofs
              attackers    2,001 connected; 200 × 12,345
              /status      100 of 100 answered, p50 1.0 ms, p99 20.0 ms, max 300.0 ms
              proof        98 of 100 answered, p50 1.0 ms, p99 200.0 ms, max 300.0 ms; else 503 × 2
              memory       150 MB before, 251 at most, 240 after
              descriptors  80 before, 2,084 at most, 81 after
              the server   survived
            """);
  }

  @ParameterizedTest
  @CsvSource({
    "2000, 2000, 100, 100,  80, true",
    "2000, 1000,  90,  50, 144, true",
    "   1,    1,  90,  50, 144, true"
  })
  void aServerThatAnswersGoodClientsAndLetsGoOfAttackersHasSurvived(
      int connections, long connected, int status, int proofs, long descriptors, boolean answers) {
    assertThat(outcome(connections, connected, status, proofs, descriptors, answers).isSurvived())
        .isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "   0,    0, 100, 100,  80, true,  the attack could not be made",
    "2000,  999, 100, 100,  80, true,  the attack could not be made",
    "2000, 2000,  89, 100,  80, true,  it did not answer /status",
    "2000, 2000, 100,  49,  80, true,  it gave no proofs",
    "2000, 2000, 100, 100, 145, true,  it holds descriptors",
    "2000, 2000, 100, 100,  80, false, it does not answer"
  })
  void anyHarmIsNamed(
      int connections,
      long connected,
      int status,
      int proofs,
      long descriptors,
      boolean answers,
      String harm) {
    Outcome outcome = outcome(connections, connected, status, proofs, descriptors, answers);
    assertThat(outcome.isSurvived()).isFalse();
    assertThat(outcome.text()).endsWith("the server   DID NOT SURVIVE: " + harm + "\n");
  }

  @ParameterizedTest
  @CsvSource({"3, 2, 1", "2, 3, 1", "1, 2, 3"})
  void theMostMemoryIsThatOfAllLooks(long before, long during, long after) {
    assertThat(
            new Outcome.Use(
                    new ServerWatch.Use(before, 0),
                    new ServerWatch.Use(during, 0),
                    new ServerWatch.Use(after, 0))
                .mostResidentBytes())
        .isEqualTo(3);
  }

  @Test
  void aGoodClientThatNeverAskedWasNotAnswered() {
    assertThat(
            new GoodClient.Experience(0, Map.of(), Duration.ZERO, Duration.ZERO, Duration.ZERO)
                .isAnswered(0))
        .isFalse();
  }
}
