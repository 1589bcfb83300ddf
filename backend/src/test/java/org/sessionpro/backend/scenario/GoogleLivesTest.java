package org.sessionpro.backend.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.sessionpro.simulator.google.life.RandomLife;
import org.sessionpro.simulator.google.life.Truth;
import org.sessionpro.simulator.google.play.Quirk;
import org.sessionpro.simulator.script.ScriptRunner;

/// Lives by chance: subscriptions and things are bought, renewed, changed and taken back, notifications
/// are lost, doubled and mixed up, Google fails. The server believes what is true
/// (`decisions-stores.md` §7) once each of its intervals has passed since all faults are over. Nothing is
/// mentioned again but what no server can find by itself: what was never read, and what has changed within
/// a cycle that runs on ([RandomLife#end()]). Losses need no mention, for
/// the list of voided purchases tells of them. Half of the lives are lived with a Google that answers in
/// ways that its documentation leaves open ([Quirk]).
///
/// `-Dlives.google=N` lives more of them, `-Dlives.google.seed=N` begins with another seed.
@ExtendWith(NativeSignatures.class)
class GoogleLivesTest {
  private static final int LIVES = Integer.getInteger("lives.google", 500);
  private static final long SEED = Long.getLong("lives.google.seed", 20_261_126L);
  private static final int EVENTS = 18;
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
    Quirk[] quirks = quirks(seed);
    try (Workplace at = new Workplace(databases.next(), folder, seed, quirks)) {
      ScriptRunner.Session session = at.runner().open("life " + seed);
      RandomLife life =
          new RandomLife(at.google(), session, new RandomLife.Kind(seed, CUSTOMERS, seed % 3 != 0));
      try {
        life.live(EVENTS);
        life.end();
        List<String> wrong =
            new TruthCheck(at.google(), at.shown(), at.books(), at.ledger(), at.clock().instant())
                .differences(
                    Truth.of(at.google().store(), at.google().reads()), session.scene().buyers());
        return wrong.isEmpty() ? "" : told(seed, quirks, life, named(wrong, session));
      } catch (RuntimeException | AssertionError broken) {
        return told(seed, quirks, life, broken.toString());
      }
    }
  }

  /// With the names of the script instead of tokens.
  private static String named(List<String> wrong, ScriptRunner.Session session) {
    String all = String.join("\n", wrong);
    for (String purchase : session.scene().purchaseNames()) {
      all = all.replace(session.scene().purchase(purchase).value(), purchase);
    }
    return all;
  }

  /// Each of them in one of three lives, in every second life.
  private static Quirk[] quirks(long seed) {
    Random random = new Random(seed);
    boolean odd = random.nextBoolean();
    return Arrays.stream(Quirk.values())
        .filter(_ -> odd && random.nextInt(3) == 0)
        .toArray(Quirk[]::new);
  }

  private static String told(long seed, Quirk[] quirks, RandomLife life, String wrong) {
    return "seed %d %s: %s\n%s"
        .formatted(seed, Arrays.toString(quirks), wrong, String.join("\n", life.told()));
  }
}
