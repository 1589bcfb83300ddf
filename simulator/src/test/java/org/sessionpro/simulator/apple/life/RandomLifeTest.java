package org.sessionpro.simulator.apple.life;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.sessionpro.protocol.TransactionId;
import org.sessionpro.simulator.apple.life.CycleTruth.Reason;
import org.sessionpro.simulator.apple.script.AppleVocabulary;
import org.sessionpro.simulator.script.ScriptParser;

class RandomLifeTest {
  private static final int EVENTS = 120;

  static LongStream seeds() {
    return LongStream.rangeClosed(1, 15);
  }

  private static LifeRig live(RandomLife.Kind kind) {
    LifeRig rig = new LifeRig(kind);
    rig.life.live(EVENTS);
    return rig;
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void whoeverHearsEverythingComesToBelieveTheTruth(long seed) {
    LifeRig rig = live(new RandomLife.Kind(seed, 4, false));

    for (SubscriptionTruth truth : rig.truth().subscriptions()) {
      String original = truth.original().value();
      Map<String, Listener.Row> heard = rig.listener.rows(original);
      String told = "%s after%n%s".formatted(truth, String.join("\n", rig.life.told()));
      assertThat(heard).describedAs(told).hasSameSizeAs(truth.cycles());
      for (CycleTruth cycle : truth.cycles()) {
        TransactionId name = cycle.lineItem() == null ? cycle.transaction() : cycle.lineItem();
        assertAgrees(Objects.requireNonNull(heard.get(name.value()), told), cycle, told);
      }
      assertThat(rig.listener.isRenewing(original)).describedAs(told).isEqualTo(truth.renewing());
    }
  }

  /// That a cycle was replaced is told of its successor, not of itself.
  private static void assertAgrees(Listener.Row row, CycleTruth cycle, String told) {
    assertThat(row.purchasedAt()).describedAs(told).isEqualTo(cycle.purchasedAt());
    assertThat(row.expiry()).describedAs(told).isEqualTo(cycle.term().expiry());
    CycleTruth.Loss loss = cycle.loss();
    if (loss == null || loss.reason() != Reason.SUPERSEDED) {
      assertThat(row.lossAt()).describedAs(told).isEqualTo(loss == null ? null : loss.at());
    }
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
    String script = "scenario app_store 0 \"A life\"\n" + String.join("\n", lived.life.told());

    assertThat(
            new ScriptParser(List.of(new AppleVocabulary()))
                .parse("life", script, Map.of())
                .lines())
        .hasSameSizeAs(lived.life.told());
  }

  @Test
  void everyKindOfStepHappensInSomeLife() {
    List<String> verbs =
        LongStream.rangeClosed(1, 30)
            .boxed()
            .flatMap(seed -> live(new RandomLife.Kind(seed, 4, true)).life.told().stream())
            .map(statement -> statement.split(" ", 2)[0])
            .distinct()
            .toList();

    assertThat(verbs)
        .contains(
            """
            buy resubscribe change redeem revert restore share unshare decline
            approve cancel restart charge-ahead raise-price accept-price extend
            refund deny reverse ask-consumption deliver release rotate-leaf
            history-lag history-form upgrade-form break during mend advance ask
            buy-once
            """
                .strip()
                .split("\\s+", -1));
  }

  @Test
  void inTheEndEverythingHasArrived() {
    LifeRig rig = live(new RandomLife.Kind(9, 3, true));

    rig.life.end();

    assertThat(rig.life.told()).contains("deliver normally", "release", "mend");
    assertThat(rig.apple.delivery().undelivered()).isZero();
  }

  @Test
  void aQuarterOfAllLivesEndsWithAMention() {
    long mentioned =
        LongStream.rangeClosed(1, 200)
            .mapToObj(seed -> new LifeRig(new RandomLife.Kind(seed, 1, true)))
            .filter(rig -> rig.life.isMentioned())
            .count();

    assertThat(mentioned).isBetween(40L, 60L);
  }

  @Test
  void nothingButRenewalsIsLostForGoodInALifeThatEndsWithoutAMention() {
    LongStream.rangeClosed(1, 40)
        .mapToObj(seed -> new LifeRig(new RandomLife.Kind(seed, 2, true)))
        .filter(rig -> !rig.life.isMentioned())
        .forEach(rig -> {
          rig.life.live(40);
          rig.life.end();

          assertThat(rig.life.told())
              .noneMatch(it ->
                  (it.contains("history=no") || it.contains("other-root"))
                      && !it.contains("news=DID_RENEW"))
              .noneMatch(it -> it.contains("METADATA_UPDATE"));
        });
  }

  private static SubscriptionTruth only(LifeRig rig) {
    return rig.truth().subscriptions().getFirst();
  }

  private static LifeRig told(String... statements) {
    LifeRig rig = new LifeRig(new RandomLife.Kind(1, 1, false));
    rig.play("buyer alice");
    rig.play("buyer bob");
    for (String statement : statements) {
      rig.play(statement);
    }
    return rig;
  }

  @Test
  void whatRenewsBelongsToWhoeverHadIt() {
    LifeRig rig = told("buy a alice 1-month", "attach a bob", "advance 40d");

    List<CycleTruth> cycles = only(rig).cycles();
    assertThat(cycles.get(1).owner()).isEqualTo(cycles.getFirst().owner());
  }

  @Test
  void whatSomebodyElseBuysIsTheirs() {
    LifeRig rig = told("buy a alice 1-month", "change a 12-months token=bob");

    List<CycleTruth> cycles = only(rig).cycles();
    assertThat(cycles.get(1).owner()).isEqualTo(cycles.get(1).token());
    assertThat(cycles.getFirst().loss())
        .isEqualTo(new CycleTruth.Loss(cycles.get(1).purchasedAt(), Reason.SUPERSEDED));
  }

  @Test
  void aPurchaseWithoutATokenBelongsToNobodyAfterALapse() {
    LifeRig rig =
        told("buy a alice 1-month", "cancel a", "advance 40d", "resubscribe a 1-month token=none");

    assertThat(only(rig).cycles().get(1).owner()).isNull();
  }

  @Test
  void coverageReachesBehindATermThatRenews() {
    LifeRig rig = told("buy a alice 1-month grace=16d", "decline a", "advance 1mo");
    CycleTruth cycle = only(rig).cycles().getFirst();
    UUID owner = Objects.requireNonNull(cycle.owner());
    Instant end = Objects.requireNonNull(cycle.term().expiry());

    assertThat(rig.truth().coverageEnd(owner, Duration.ofHours(1)))
        .contains(end.plus(Duration.ofDays(16)).plus(Duration.ofHours(1)));
    rig.play("cancel a");
    assertThat(rig.truth().coverageEnd(owner, Duration.ofHours(1))).contains(end);
  }

  @Test
  void aRefundedRenewalThatHasNotBegunLeavesTheRunningCycle() {
    LifeRig rig = told("buy a alice 1-month", "charge-ahead a 24h", "advance 27d12h");
    rig.play("refund a#2");
    SubscriptionTruth truth = only(rig);

    assertThat(truth.counting()).contains(truth.cycles().getFirst());
  }

  @Test
  void everyPurchaseIsFoundByItsOriginalTransaction() {
    LifeRig rig = told("buy a alice 1-month");
    TransactionId original = only(rig).original();

    assertThat(rig.truth().subscription(original)).contains(only(rig));
  }
}
