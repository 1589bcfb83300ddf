package org.sessionpro.simulator.apple.script;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.sessionpro.protocol.OrderId;
import org.sessionpro.protocol.TransactionId;
import org.sessionpro.protocol.crypto.Crypto;
import org.sessionpro.simulator.apple.AppleRig;
import org.sessionpro.simulator.apple.store.Cycle;
import org.sessionpro.simulator.google.script.IdleServer;
import org.sessionpro.simulator.script.CycleRef;
import org.sessionpro.simulator.script.ScriptFailure;
import org.sessionpro.simulator.script.ScriptParser;
import org.sessionpro.simulator.script.ScriptRunner;
import org.sessionpro.simulator.script.StoreCycle;

class AppleStageTest {
  private static final Crypto CRYPTO = Crypto.selfTested();

  private final AppleRig rig = new AppleRig();
  private final AppleStage stage = rig.simulator.stage();
  private final ScriptRunner.Session session =
      new ScriptRunner(rig.clock, List.of(stage), new IdleServer(), CRYPTO).open("test");
  private final ScriptParser parser = new ScriptParser(List.of(new AppleVocabulary()));

  private void play(String... statements) {
    for (String statement : statements) {
      session.play(parser.parseLine(statement));
    }
  }

  @Test
  void noTwoStepsShareAnInstant() {
    play("buyer alice", "buy a alice 1-month", "cancel a", "restart a", "cancel a", "restart a");

    assertThat(rig.simulator.delivery().log().all())
        .extracting(one -> one.letter().about())
        .hasSize(5)
        .doesNotHaveDuplicates()
        .isSorted();
  }

  @Test
  void whatIsAskedAfterAStepIsSignedAfterIt() throws Exception {
    play("buyer alice", "buy a alice 1-month");
    Instant bought = rig.simulator.delivery().log().all().getFirst().letter().about();

    assertThat(rig.clock.instant()).isAfter(bought);
  }

  @Test
  void aCycleGoesByItsFirstTransactionAndItsLineItem() {
    play("buyer alice", "buy a alice 1-month", "restore a#1");
    TransactionId original = AppleStage.original("a", session.scene());
    Cycle cycle = rig.store().subscription(original).newest();

    assertThat(session.scene().cycle(new CycleRef("a", 1)))
        .isEqualTo(new StoreCycle.OfApple(original, original, new OrderId(lineItem(cycle))));
  }

  private static String lineItem(Cycle cycle) {
    TransactionId lineItem = cycle.ids().lineItem();
    return lineItem == null ? "" : lineItem.value();
  }

  @Test
  void whatTheStoreDoesNotDoIsSaid() {
    play("buyer alice", "buy a alice 1-month");

    assertThatThrownBy(() -> play("restart a"))
        .isInstanceOf(ScriptFailure.class)
        .hasMessageContaining("cannot be switched on");
    assertThatThrownBy(() -> play("buy b alice 12-months"))
        .isInstanceOf(ScriptFailure.class)
        .hasMessageContaining("has a subscription already");
  }

  @Test
  void anotherCustomerOfTheSameAccountHasASubscriptionBesides() {
    play("buyer alice", "buy a alice 1-month", "buy b alice 12-months customer=other");

    assertThat(rig.store().subscriptions()).hasSize(2);
  }

  @Test
  void whatIsNoRenewalIsBoughtOnce() throws Exception {
    play("buyer alice", "buy-once a alice 30-days");

    assertThat(rig.told()).containsExactly("ONE_TIME_CHARGE");
    assertThat(rig.inner("signedTransactionInfo").path("type").asText())
        .isEqualTo("Non-Renewing Subscription");
    assertThat(rig.last().at("/data").has("signedRenewalInfo")).isFalse();
  }

  @Test
  void onlyTheNotificationsThatARuleNamesByTheirNumberAreLost() throws Exception {
    play("buyer alice", "deliver lost nth=2 times=1", "buy a alice 1-month");
    play("cancel a", "restart a");

    assertThat(rig.told()).hasSize(3);
    assertThat(rig.received).hasSize(2);
    assertThat(rig.last().path("subtype").asText()).isEqualTo("AUTO_RENEW_ENABLED");
  }

  @Test
  void aRunLeavesNoRulesBehind() {
    play(
        "rank 1-month 1",
        "upgrade-form revoked-too",
        "history-lag 2h",
        "history-form signed-anew",
        "deliver lost",
        "break statuses status=500");
    stage.calm();
    play("buyer alice", "buy a alice 12-months", "change a 1-month");

    assertThat(rig.told()).last().isEqualTo("DID_CHANGE_RENEWAL_PREF/DOWNGRADE");
    assertThat(rig.received).hasSize(2);
  }
}
