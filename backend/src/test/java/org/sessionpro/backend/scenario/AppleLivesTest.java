package org.sessionpro.backend.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.sessionpro.simulator.apple.life.RandomLife;
import org.sessionpro.simulator.apple.life.Truth;
import org.sessionpro.simulator.script.ScriptRunner;

/// Lives by chance: subscriptions are bought, renewed, changed, shared and taken back, notifications are
/// lost, doubled, mixed up and forged, Apple fails. Once everything has arrived, and each interval of
/// the server has passed, the server believes what is true (`decisions-stores.md` §7).
///
/// `-Dlives.apple=N` lives more of them, `-Dlives.apple.seed=N` begins with another seed. Scenario 46 of
/// `app-store.md` §9.4 takes a minute for each 1 000 events: `-Dscenarios.full=true` plays 3 lives of 10
/// customers with 100 events each, `-Dlives.apple.crowds=N`, `-Dlives.apple.customers=N` and
/// `-Dlives.apple.events=N` as many as wanted; every build plays a short one.
@ExtendWith(NativeSignatures.class)
class AppleLivesTest {
  private static final int LIVES = Integer.getInteger("lives.apple", 500);
  private static final long SEED = Long.getLong("lives.apple.seed", 20_261_127L);
  private static final int CUSTOMERS = 2;

  /// Most lives are short, for a fault shows after few events or takes many.
  private static final int FEW_EVENTS = 8;

  private static final int MANY_EVENTS = 40;
  private static final int LONG_LIVES = 20;

  private static final int CROWDS =
      Integer.getInteger("lives.apple.crowds", ScenariosOnProgram.FULL ? 3 : 1);
  private static final int CROWD = Integer.getInteger("lives.apple.customers", 10);
  private static final int EVENTS_OF_EACH =
      Integer.getInteger("lives.apple.events", ScenariosOnProgram.FULL ? 100 : 8);

  /// More would say the same again.
  private static final int SHOWN = 3;

  @TempDir private Path folder;

  @Test
  void afterTheLastFaultTheServerBelievesTheTruth() {
    System.out.printf("lives with the App Store: %d from seed %d%n", LIVES, SEED);
    long begun = System.nanoTime();
    EmptyDatabases databases = new EmptyDatabases(folder);
    List<String> failed = new ArrayList<>();
    for (int life = 0; life < LIVES; life++) {
      int events = (SEED + life) % LONG_LIVES == 0 ? MANY_EVENTS : FEW_EVENTS;
      String wrong =
          live(
              databases,
              new RandomLife.Kind(SEED + life, CUSTOMERS, (SEED + life) % 3 != 0),
              events);
      if (!wrong.isEmpty()) {
        failed.add(wrong);
      }
    }
    System.out.printf(
        "lives with the App Store: %d of %d went wrong, %d s%n",
        failed.size(), LIVES, Duration.ofNanos(System.nanoTime() - begun).toSeconds());

    assertThat(failed.stream().limit(SHOWN)).isEmpty();
  }

  /// Scenario 46: customers whose lives go on side by side.
  @Test
  void afterLongLivesOfManyCustomersTheServerBelievesTheTruth() {
    EmptyDatabases databases = new EmptyDatabases(folder);
    List<String> failed = new ArrayList<>();
    for (int life = 0; life < CROWDS; life++) {
      long begun = System.nanoTime();
      String wrong =
          live(databases, new RandomLife.Kind(SEED + life, CROWD, true), CROWD * EVENTS_OF_EACH);
      System.out.printf(
          "scenario 46: seed %d, %d customers with %d events each, %d ms%n",
          SEED + life,
          CROWD,
          EVENTS_OF_EACH,
          Duration.ofNanos(System.nanoTime() - begun).toMillis());
      if (!wrong.isEmpty()) {
        failed.add(wrong);
      }
    }

    assertThat(failed.stream().limit(SHOWN)).isEmpty();
  }

  /// What is wrong after a life; empty if nothing is.
  private String live(EmptyDatabases databases, RandomLife.Kind kind, int events) {
    long seed = kind.seed();
    try (Workplace at = new Workplace(Workplace.Stores.APPLE, databases.next(), folder, seed)) {
      ScriptRunner.Session session = at.runner().open("life " + seed);
      RandomLife life = new RandomLife(at.apple(), session, kind);
      try {
        life.live(events);
        life.end();
        List<String> wrong =
            new AppleTruthCheck(
                    at.books(),
                    at.heard(),
                    at.ledger(),
                    at.clock().instant(),
                    session.scene().buyers())
                .differences(Truth.of(at.apple().store()));
        return wrong.isEmpty() ? "" : told(seed, life, named(wrong, session));
      } catch (RuntimeException | AssertionError broken) {
        return told(seed, life, broken.toString());
      }
    }
  }

  /// With the names of the script instead of ids.
  private static String named(List<String> wrong, ScriptRunner.Session session) {
    String all = String.join("\n", wrong);
    for (String purchase : session.scene().purchaseNames()) {
      all = all.replace(session.scene().purchase(purchase).value(), purchase);
    }
    return all;
  }

  private static String told(long seed, RandomLife life, String wrong) {
    return "seed %d: %s\n%s".formatted(seed, wrong, String.join("\n", life.told()));
  }
}
