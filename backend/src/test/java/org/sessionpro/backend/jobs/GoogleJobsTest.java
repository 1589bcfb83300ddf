package org.sessionpro.backend.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.sessionpro.backend.store.google.work.WorkRig.ALICE;

import ch.qos.logback.classic.Level;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Period;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sessionpro.backend.db.Engine;
import org.sessionpro.backend.db.Leases;
import org.sessionpro.backend.entitlement.SubscriptionKey;
import org.sessionpro.backend.inbox.Outcome;
import org.sessionpro.backend.inbox.Owed;
import org.sessionpro.backend.inbox.StoreProvider;
import org.sessionpro.backend.inbox.WorkItem;
import org.sessionpro.backend.store.StoreAnswer;
import org.sessionpro.backend.store.google.VoidList;
import org.sessionpro.backend.store.google.work.VoidsHeard;
import org.sessionpro.backend.store.google.work.WorkRig;
import org.sessionpro.backend.telemetry.LogLines;
import org.sessionpro.backend.telemetry.LoggerName;
import org.sessionpro.protocol.PurchaseToken;
import org.sessionpro.simulator.google.play.PlayStore.Canceler;
import org.sessionpro.simulator.google.pubsub.Handling;
import org.sessionpro.simulator.http.Fault;

/// What finds what no notification told of.
@ParameterizedClass
@EnumSource(Engine.class)
class GoogleJobsTest {
  private static final Duration LEASE = Duration.ofMinutes(1);
  private static final Duration MONTH = Duration.ofDays(31);

  @Parameter Engine engine;
  @TempDir Path folder;
  private WorkRig it;
  private PurchaseToken token;

  @BeforeEach
  void buy() {
    it = new WorkRig(engine, folder);
    token = it.google().buy(ALICE);
    it.settle();
    it.touch();
    it.google().deliver(new Handling.Lost());
  }

  @AfterEach
  void stop() {
    it.close();
  }

  private static void run(Job job) {
    job.work().run(() -> true);
  }

  /// @param undone told whether the work was left undone
  private static void run(Job job, AtomicBoolean undone) {
    job.work()
        .run(
            new Job.Turn() {
              @Override
              public boolean goesOn() {
                return true;
              }

              @Override
              public void leaveUndone() {
                undone.set(true);
              }
            });
  }

  private Job sweep() {
    return SweepRenewals.job(
        StoreProvider.GOOGLE,
        it.rooms().subscriptions(),
        it.rooms().inbox(),
        it.rooms().clock(),
        new SweepRenewals.Pace(Duration.ofMinutes(15), 4_500),
        LEASE);
  }

  private Job voids() {
    return ReadVoids.job(
        new VoidList(it.asking().swept()),
        new VoidsHeard(it.rooms()),
        new Leases(it.database()),
        Duration.ofHours(6),
        it.rooms().clock(),
        LEASE);
  }

  private Job scan() {
    return ScanAcknowledgements.job(
        it.rooms().subscriptions(), it.rooms().inbox(), it.rooms().clock(), LEASE);
  }

  @Test
  void aRenewalThatNobodyAnnouncedIsFound() {
    it.google().advance(MONTH.plusHours(1));

    run(sweep());
    it.settle();

    assertThat(it.payments(token)).hasSize(2);
    run(sweep());
    assertThat(it.owed()).as("nothing is looked at twice").isEmpty();
  }

  @Test
  void aPauseThatIsLongerThanWhatIsSweptIsLookedAtWhenItEnds() {
    it.google().store().schedulePause(token, Period.ofMonths(3));
    it.google().advance(MONTH.plusHours(1));
    run(sweep());
    it.settle();
    assertThat(it.payments(token)).hasSize(1);

    it.google().advance(Duration.ofDays(93));
    run(sweep());
    it.settle();

    assertThat(it.payments(token)).hasSize(2);
  }

  /// Cancels, and has that looked at.
  private void cancel() {
    it.google().advance(Duration.ofHours(1));
    it.google().store().cancel(token, Canceler.USER);
    it.rooms().inbox().enqueue(List.of(Owed.unannounced(WorkItem.reconcile(token))), it.now());
    it.settle();
  }

  @Test
  void whatWasCancelledAndGoesOnAllTheSameIsFoundAtItsEnd() {
    cancel();
    assertThat(it.payment(token).isRenewing()).isFalse();
    it.google().store().restart(token);
    it.google().advance(MONTH.plusHours(1));

    run(sweep());
    it.settle();

    assertThat(it.payments(token)).hasSize(2);
  }

  @Test
  void whatWasCancelledIsLookedAtOnceWhenItIsOver() {
    cancel();
    it.google().advance(MONTH.plusHours(1));
    run(sweep());
    assertThat(it.owed()).hasSize(1);
    it.settle();

    run(sweep());

    assertThat(it.owed()).isEmpty();
  }

  @Test
  void whatRunsOnIsNotLookedAt() {
    it.google().advance(MONTH.minusDays(2));

    run(sweep());

    assertThat(it.owed()).isEmpty();
  }

  @Test
  void whatIsOwedAlreadyIsLeftAsItIs() {
    it.google().advance(MONTH.plusHours(1));
    run(sweep());
    long attempts = it.owed().getFirst().failures().attempts();

    run(sweep());

    assertThat(it.owed()).hasSize(1);
    assertThat(it.owed().getFirst().failures().attempts()).isEqualTo(attempts);
  }

  @Test
  void aRefundThatNobodyAnnouncedIsFound() {
    it.google().refund(token);

    run(voids());
    it.settle();

    assertThat(it.payment(token).isStanding()).isFalse();
    run(voids());
    assertThat(it.owed()).as("nothing is heard twice").isEmpty();
  }

  @Test
  void whatGoogleTookBackAsUnacknowledgedAsksForSomebodyAtOnce() {
    it.google().refuse("acknowledge", Fault.UNTIL_CLEARED, 400, null);
    it.google().clearDelivery();
    it.google().buy(ALICE);
    it.settle();
    it.google().deliver(new Handling.Lost());
    it.google().advance(Duration.ofDays(4));
    try (LogLines log = new LogLines(LoggerName.GOOGLE_PLAY)) {
      run(voids());
      assertThat(log.critical())
          .singleElement()
          .asString()
          .endsWith(" was taken back by Google as unacknowledged");
      it.settle();

      assertThat(log.critical())
          .anyMatch(line -> line.endsWith(" back because nobody acknowledged it"));
    }
  }

  @Test
  void aListThatIsNotReadToItsEndIsAFailure() {
    it.google().refuse("voids", 1, 503, null);

    assertThatThrownBy(() -> run(voids())).hasMessageContaining("not read to its end");
  }

  @Test
  void aListThatWeMayNotReadStopsNothingElse() {
    it.google().refuse("voids", 1, 403, null);

    AtomicBoolean undone = new AtomicBoolean();
    run(voids(), undone);

    assertThat(undone).isTrue();
    assertThat(it.asking().announced().subscription(token)).isInstanceOf(StoreAnswer.Answer.class);
  }

  @Test
  void aListThatWeMayNotReadIsToldOfOnce() {
    it.google().refuse("voids", Fault.UNTIL_CLEARED, 403, null);
    Job job = voids();
    try (LogLines log = new LogLines(LoggerName.GOOGLE_PLAY)) {
      run(job);
      run(job);

      assertThat(log.at(Level.WARN)).hasSize(1);
      assertThat(log.at(Level.ERROR)).isEmpty();
    }
  }

  @Test
  void theLossOfAPurchaseThatIsUnknownHereIsKeptAndLookedAtAsEitherKind() {
    PurchaseToken unknown = it.google().buy(ALICE);
    it.google().refund(unknown);

    run(voids());

    assertThat(it.owed()).hasSize(2);
    SubscriptionKey key = SubscriptionKey.google(unknown);
    assertThat(it.rooms().subscriptions().known(key, List.of()).facts().get(key)).hasSize(1);
  }

  @Test
  void whatIsVoidedAndOfAnotherKindIsLetGoThoughItIsKnownByNow() {
    PurchaseToken once = it.google().buyOnce(ALICE, 2);
    it.google().takeBackOne(once);
    it.google().refuse("read", 1, 503, null);
    run(voids());
    it.settle();
    assertThat(it.payments(once)).hasSize(1);

    it.google().advance(Duration.ofMinutes(1));
    it.settle();

    assertThat(it.owed()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 404})
  void whatIsVoidedAndNotOursIsLetGo(int status) {
    it.google().refund(it.google().buy(ALICE));
    run(voids());
    it.google().refuse("read", Fault.UNTIL_CLEARED, status, null);

    assertThat(it.work()).containsOnly(new Outcome.Done());

    assertThat(it.owed()).isEmpty();
  }

  @Test
  void anAcknowledgementThatNobodyWorksOnIsFound() {
    it.google().clearDelivery();
    PurchaseToken other = it.google().buy(ALICE);
    var _ = it.pull().once();
    var _ = it.work();
    assertThat(it.rooms().inbox().inspection().drop(WorkItem.acknowledge(other), "test")).isTrue();

    run(scan());

    assertThat(it.owed())
        .extracting(one -> one.item())
        .containsExactly(WorkItem.acknowledge(other));
    it.settle();
    run(scan());
    assertThat(it.owed()).isEmpty();
  }

  @Test
  void aPullThatDiesIsCritical() {
    PullNotifications pulling =
        new PullNotifications(
            it.pull(),
            () -> {
              throw new IllegalStateException("no clock");
            });
    it.google().clearDelivery();
    it.google().buy(ALICE);
    try (LogLines log = new LogLines(LoggerName.GOOGLE_PLAY)) {
      assertThatThrownBy(() -> run(pulling.job(LEASE))).isInstanceOf(IllegalStateException.class);

      assertThat(log.critical())
          .containsExactly("pulling notifications met a fault, and begins again");
    }
  }

  @Test
  void notificationsArePulledUntilTheTurnIsOver() throws InterruptedException {
    it.google().clearDelivery();
    PullNotifications pulling = new PullNotifications(it.pull(), it.rooms().clock());
    AtomicBoolean over = new AtomicBoolean();
    Thread job = Thread.ofVirtual().start(() -> pulling.job(LEASE).work().run(() -> !over.get()));
    PurchaseToken other = it.google().buy(ALICE);
    PullNotifications.Progress before = pulling.progress();

    while (pulling.progress().lastEmpty() <= before.begun()) {
      Thread.onSpinWait();
    }
    over.set(true);
    job.join();

    assertThat(it.owed()).extracting(one -> one.item()).containsExactly(WorkItem.reconcile(other));
    assertThat(it.google().unacknowledgedMessages()).isZero();
  }
}
