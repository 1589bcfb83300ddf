package org.sessionpro.simulator.google.life;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.sessionpro.protocol.OrderId;
import org.sessionpro.simulator.google.life.Observer.Row;
import org.sessionpro.simulator.google.play.Subscription;
import org.sessionpro.simulator.google.script.GoogleVocabulary;
import org.sessionpro.simulator.script.ScriptParser;

class RandomLifeTest {
  private static final int EVENTS = 120;

  static LongStream seeds() {
    return LongStream.rangeClosed(1, 40);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void whoeverReadsAfterEveryChangeComesToBelieveTheTruth(long seed) {
    LifeRig lived = live(new RandomLife.Kind(seed, 4, false));
    LifeRig again = new LifeRig(new RandomLife.Kind(seed, 4, false));

    lived.life.told().forEach(again::replay);

    for (SubscriptionTruth truth : again.truth().subscriptions()) {
      assertThat(believed(again.observer.rows(truth.token())))
          .describedAs("%s after%n%s", truth, String.join("\n", lived.life.told()))
          .isEqualTo(expected(truth));
    }
  }

  /// The grace of cycles that are not the newest says nothing any more.
  private static List<Row> believed(Map<OrderId, Row> rows) {
    List<Row> believed = new ArrayList<>(rows.values());
    for (int i = 0; i < believed.size() - 1; i++) {
      believed.set(i, new Row(believed.get(i).expiry(), null, believed.get(i).renewing()));
    }
    return believed;
  }

  private static List<Row> expected(SubscriptionTruth truth) {
    List<Row> rows = new ArrayList<>();
    for (CycleTruth cycle : truth.cycles()) {
      boolean newest = cycle.equals(truth.cycles().getLast());
      rows.add(new Row(cycle.expiry(), newest ? truth.grace() : null, newest && truth.renewing()));
    }
    return rows;
  }

  @Test
  void theSameSeedLivesTheSameLife() {
    RandomLife.Kind kind = new RandomLife.Kind(77, 5, true);

    assertThat(live(kind).life.told()).isEqualTo(live(kind).life.told());
  }

  @Test
  void anotherSeedLivesAnotherLife() {
    assertThat(live(new RandomLife.Kind(1, 5, true)).life.told())
        .isNotEqualTo(live(new RandomLife.Kind(2, 5, true)).life.told());
  }

  @Test
  void aLifeCanBeToldAgain() {
    LifeRig lived = live(new RandomLife.Kind(5, 5, true));
    LifeRig again = new LifeRig(new RandomLife.Kind(5, 5, true));

    lived.life.told().forEach(again::play);

    assertThat(again.truth()).isEqualTo(lived.truth());
  }

  @Test
  void aLifeIsAScript() {
    LifeRig lived = live(new RandomLife.Kind(6, 3, true));
    String script = "scenario google_play 0 \"A life\"\n" + String.join("\n", lived.life.told());

    assertThat(
            new ScriptParser(List.of(new GoogleVocabulary()))
                .parse("life", script, Map.of())
                .lines())
        .hasSameSizeAs(lived.life.told());
  }

  @Test
  void everyKindOfStepHappensInSomeLife() {
    List<String> verbs =
        LongStream.rangeClosed(1, 60)
            .boxed()
            .flatMap(seed -> live(new RandomLife.Kind(seed, 4, true)).life.told().stream())
            .map(statement -> statement.substring(0, statement.indexOf(' ') + 1).strip())
            .distinct()
            .toList();

    assertThat(verbs)
        .contains(
            "buy",
            "buy-once",
            "take-back",
            "complete",
            "abandon",
            "decline",
            "approve",
            "cancel",
            "restart",
            "pause",
            "resume",
            "change",
            "top-up",
            "buy-again",
            "defer",
            "charge-ahead",
            "tell",
            "revoke",
            "charge-back",
            "refund",
            "deliver",
            "release",
            "break",
            "advance",
            "ask");
  }

  @Test
  void inTheEndEverythingHasArrived() {
    LifeRig rig = new LifeRig(new RandomLife.Kind(9, 3, true));
    rig.life.live(EVENTS);

    rig.life.end();

    assertThat(rig.life.told()).contains("deliver normally", "release", "mend");
    assertThat(rig.google.queue().due()).isEqualTo(rig.google.queue().size());
  }

  private static LifeRig live(RandomLife.Kind kind) {
    LifeRig rig = new LifeRig(kind);
    rig.life.live(EVENTS);
    return rig;
  }

  @Test
  void theClockOfALifeOnlyMovesForward() {
    LifeRig rig = live(new RandomLife.Kind(3, 2, false));
    Instant end = rig.clock.instant();

    rig.life.live(10);

    assertThat(rig.clock.instant()).isAfterOrEqualTo(end);
    Optional<Instant> due = rig.store().nextDue();
    assertThat(due.orElse(Instant.MAX)).isAfter(rig.clock.instant());
    assertThat(rig.store().subscriptions()).extracting(Subscription::token).doesNotHaveDuplicates();
  }
}
