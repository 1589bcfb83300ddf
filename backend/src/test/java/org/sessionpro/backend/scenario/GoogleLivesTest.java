package org.sessionpro.backend.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.sessionpro.simulator.google.life.RandomLife;
import org.sessionpro.simulator.google.life.Truth;
import org.sessionpro.simulator.script.ScriptRunner;

/// Lives by chance: subscriptions are bought, renewed, changed and taken back, notifications are lost,
/// doubled and mixed up, Google fails. Once everything has arrived, and each interval of the server has
/// passed, the server believes what is true (`decisions-stores.md` §7).
///
/// Runs with `-Dlives.google=N`, the number of lives; `-Dlives.google.seed=N` begins with another seed.
@EnabledIfSystemProperty(named = "lives.google", matches = "[0-9]+")
class GoogleLivesTest {
  private static final int LIVES = Integer.getInteger("lives.google", 500);
  private static final long SEED = Long.getLong("lives.google.seed", 20_261_126L);
  private static final int EVENTS = 40;
  private static final int CUSTOMERS = 2;

  /// More would say the same again.
  private static final int SHOWN = 3;

  @TempDir private Path folder;

  @Test
  void afterTheLastFaultTheServerBelievesTheTruth() {
    System.out.printf("lives with Google Play: %d from seed %d%n", LIVES, SEED);
    long begun = System.nanoTime();
    EmptyDatabases databases = new EmptyDatabases(folder);
    List<String> failed = new ArrayList<>();
    for (int life = 0; life < LIVES; life++) {
      String wrong = live(databases, SEED + life);
      if (!wrong.isEmpty()) {
        failed.add(wrong);
      }
    }
    System.out.printf(
        "lives with Google Play: %d of %d went wrong, %d s%n",
        failed.size(), LIVES, Duration.ofNanos(System.nanoTime() - begun).toSeconds());

    assertThat(failed.stream().limit(SHOWN)).isEmpty();
  }

  /// What is wrong after a life; empty if nothing is.
  private String live(EmptyDatabases databases, long seed) {
    try (Workplace at = new Workplace(databases.next(), folder.resolve("google"), seed)) {
      ScriptRunner.Session session = at.runner().open("life " + seed);
      RandomLife life =
          new RandomLife(at.google(), session, new RandomLife.Kind(seed, CUSTOMERS, seed % 3 != 0));
      try {
        life.live(EVENTS);
        life.end();
        List<String> wrong =
            new TruthCheck(at.google(), at.shown(), at.books(), at.ledger(), at.clock().instant())
                .differences(
                    Truth.of(at.google().store(), at.google().reads()).subscriptions(),
                    session.scene().buyers());
        return wrong.isEmpty() ? "" : told(seed, life, String.join("\n", wrong));
      } catch (RuntimeException | AssertionError broken) {
        return told(seed, life, broken.toString());
      }
    }
  }

  private static String told(long seed, RandomLife life, String wrong) {
    return "seed " + seed + ": " + wrong + "\n" + String.join("\n", life.told());
  }
}
