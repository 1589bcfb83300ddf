package org.sessionpro.backend.store.google.work;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sessionpro.backend.store.google.work.WorkRig.ALICE;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sessionpro.backend.config.GoogleSettings.Catalogue;
import org.sessionpro.backend.db.Engine;
import org.sessionpro.backend.inbox.Cause;
import org.sessionpro.backend.inbox.Outcome;
import org.sessionpro.backend.inbox.ParkReason;
import org.sessionpro.backend.inbox.StoreProvider;
import org.sessionpro.backend.inbox.Upkeep;
import org.sessionpro.protocol.PurchaseToken;
import org.sessionpro.simulator.google.notice.Notice;
import org.sessionpro.simulator.google.pubsub.Handling;
import org.sessionpro.simulator.google.pubsub.Spoilage;

/// What is kept for somebody, and never acknowledged.
class ParkedPurchasesTest {
  @TempDir Path folder;

  @Test
  void aPurchaseThatNamesNobodyIsNeitherKeptNorAcknowledged() {
    try (WorkRig it = new WorkRig(Engine.SQLITE, folder)) {
      PurchaseToken token = it.google().buy(null);

      it.settle();

      assertThat(it.payments(token)).isEmpty();
      assertThat(it.parked()).containsExactly(ParkReason.NO_OWNER);
      assertThat(it.google().calls("acknowledge")).isZero();
    }
  }

  @Test
  void aPurchaseThatNamesNobodyHasADeadlineUntilGoogleHasRefundedIt() {
    try (WorkRig it = new WorkRig(Engine.SQLITE, folder)) {
      Instant bought = it.now();
      it.google().buy(null);
      it.settle();
      assertThat(it.owed())
          .singleElement()
          .satisfies(
              one -> assertThat(one.times().dueAt()).isEqualTo(bought.plus(Duration.ofDays(3))));

      it.google().advance(Duration.ofDays(3).plusMinutes(5));
      it.settle();

      assertThat(it.parked()).containsExactly(ParkReason.NO_OWNER);
      assertThat(it.owed())
          .singleElement()
          .satisfies(one -> assertThat(one.times().dueAt()).isNull());
    }
  }

  @Test
  void anUnknownPlanIsAFailureThatNamesThePlan() {
    try (WorkRig it = unmapped()) {
      PurchaseToken token = it.google().buy(ALICE);
      assertThat(it.pull().once().kept()).isEqualTo(1);

      assertThat(it.work())
          .singleElement()
          .isInstanceOfSatisfying(
              Outcome.Failed.class,
              failed ->
                  assertThat(failed.inTheEnd())
                      .isEqualTo(
                          new Cause(
                              ParkReason.UNKNOWN_PLAN,
                              "session-pro-1-month",
                              it.now().plus(Duration.ofDays(3)))));

      assertThat(it.payments(token)).isEmpty();
    }
  }

  @Test
  void aPurchaseThatNamesNobodyAndIsAcknowledgedHasNoDeadlineAndIsKept() {
    try (WorkRig it = new WorkRig(Engine.SQLITE, folder)) {
      PurchaseToken token = it.google().buy(null);
      it.google().store().acknowledge(token, null);

      it.settle();

      assertThat(it.owed())
          .singleElement()
          .satisfies(one -> {
            assertThat(one.because()).isEqualTo(new Cause(ParkReason.NO_OWNER, null, null, true));
            assertThat(one.times().dueAt()).isNull();
          });
    }
  }

  /// Nobody refunds it, and its owner goes on paying: it must come back with the map, whenever that is.
  @Test
  void aRenewalOnAPlanThatIsNoLongerMappedIsKeptUntilItIsMappedAgain() {
    try (WorkRig it = new WorkRig(Engine.SQLITE, folder)) {
      Catalogue mapped = it.google().settings().catalogue();
      PurchaseToken token = it.google().buy(ALICE);
      it.settle();
      it.touch();
      it.restart(new Catalogue(mapped.subscription(), Map.of(), mapped.oneTime(), false));
      it.google().advance(Duration.ofDays(31));
      it.settle();
      assertThat(it.payments(token)).hasSize(1);
      for (int i = 0; i < 36; i++) {
        it.google().clock().advance(Duration.ofHours(6));
        var _ = it.work();
      }
      assertThat(it.parked()).containsExactly(ParkReason.UNKNOWN_PLAN);
      assertThat(it.owed())
          .singleElement()
          .satisfies(one ->
              assertThat(one.because())
                  .isEqualTo(
                      new Cause(ParkReason.UNKNOWN_PLAN, "session-pro-1-month", null, true)));

      it.restart(mapped);
      Upkeep.Known known = new Upkeep.Known("test", Set.of("session-pro-1-month"), false);
      var _ = it.rooms().inbox().upkeep().bringBackAtStart(StoreProvider.GOOGLE, known, it.now());
      it.settle();

      assertThat(it.owed()).isEmpty();
      assertThat(it.payments(token)).hasSize(2);
      assertThat(it.payment(token).owner()).isNotNull();
    }
  }

  private WorkRig unmapped() {
    SimulatedGoogle google = new SimulatedGoogle(folder);
    return new WorkRig(Engine.SQLITE, folder, google, google.settings(Map.of(), Map.of()));
  }

  @Test
  void anUnknownProductComesBackWhenItIsMapped() {
    try (WorkRig it = unmapped()) {
      it.google().buyOnce(ALICE, 1);
      it.settle();
      assertThat(it.parked()).containsExactly(ParkReason.UNKNOWN_PRODUCT);

      Upkeep.Known known = new Upkeep.Known("test", Set.of("session_pro_30_days"), false);

      assertThat(
              it.rooms().inbox().upkeep().bringBackAtStart(StoreProvider.GOOGLE, known, it.now()))
          .isEqualTo(1);
    }
  }

  @Test
  void aMessageThatCannotBeReadIsKeptAndNotSentAgain() {
    assertKept(Spoilage.TRUNCATED, ParkReason.UNDECODABLE);
  }

  @Test
  void aMessageThatIsNoBase64IsKeptAndNotSentAgain() {
    assertKept(Spoilage.CORRUPT_BASE64, ParkReason.UNDECODABLE);
  }

  @Test
  void aMessageForAnotherAppIsKeptAndNotSentAgain() {
    assertKept(Spoilage.FOREIGN_PACKAGE, ParkReason.FOREIGN);
  }

  @Test
  void aMessageOfAnUnknownKindIsKeptAndNotSentAgain() {
    assertKept(Spoilage.UNKNOWN_BLOCK, ParkReason.UNKNOWN_BLOCK);
  }

  private void assertKept(Spoilage how, ParkReason reason) {
    try (WorkRig it = new WorkRig(Engine.SQLITE, folder)) {
      it.google().deliver(new Handling.Spoiled(how));
      it.google().buy(ALICE);

      it.settle();

      assertThat(it.parked()).containsExactly(reason);
      assertThat(it.google().unacknowledgedMessages()).isZero();
    }
  }

  @Test
  void aTestNotificationIsDoneWith() {
    try (WorkRig it = new WorkRig(Engine.SQLITE, folder)) {
      it.google().store().announce(new Notice.OfTest());

      it.settle();

      assertThat(it.owed()).isEmpty();
      assertThat(it.google().unacknowledgedMessages()).isZero();
    }
  }

  @Test
  void aMessageIsUnderstoodAgainWhenTheOperatorAsks() {
    try (WorkRig it = new WorkRig(Engine.SQLITE, folder)) {
      it.google().deliver(new Handling.Spoiled(Spoilage.UNKNOWN_BLOCK));
      it.google().buy(ALICE);
      it.settle();

      assertThat(it.rooms().inbox().inspection().retry(it.owed().getFirst().item(), it.now()))
          .isTrue();

      assertThat(it.work()).singleElement().isInstanceOf(Outcome.Parked.class);
      assertThat(it.parked()).containsExactly(ParkReason.UNKNOWN_BLOCK);
    }
  }
}
