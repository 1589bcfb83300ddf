package org.sessionpro.backend.db;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.sessionpro.backend.config.DatabaseUrl;
import org.sessionpro.backend.db.Leases.Attempt;

/// Two holders, each with a database connection of its own as two processes have, and what their
/// clocks do.
@ParameterizedClass
@EnumSource(Engine.class)
class LeasesTest {
  private static final Instant T = Instant.ofEpochSecond(1_767_225_600);
  private static final Duration LENGTH = Duration.ofMinutes(1);
  private static final LeaseName PRUNE = new LeaseName("prune");
  private static final LeaseHolder ONE = new LeaseHolder("1111111111111111");
  private static final LeaseHolder OTHER = new LeaseHolder("2222222222222222");

  @Parameter Engine engine;
  @TempDir Path folder;
  private Database database;
  private Database otherDatabase;
  private Leases leases;
  private Leases otherLeases;

  @BeforeEach
  void open() {
    DatabaseUrl url = engine.empty(folder);
    database = Databases.open(url);
    otherDatabase = Databases.open(url);
    leases = new Leases(database);
    otherLeases = new Leases(otherDatabase);
  }

  @AfterEach
  void close() {
    database.close();
    otherDatabase.close();
  }

  private static Instant second(long seconds) {
    return T.plusSeconds(seconds);
  }

  private Attempt take(LeaseHolder holder, Instant now) {
    Leases own = holder.equals(OTHER) ? otherLeases : leases;
    return own.take(PRUNE, holder, now, now.plus(LENGTH));
  }

  private Lease taken(LeaseHolder holder, Instant now) {
    return switch (take(holder, now)) {
      case Attempt.Taken(Lease lease) -> lease;
      case Attempt.Refused refused -> throw new AssertionError(refused);
    };
  }

  private LeaseState state() {
    return leases.all().getFirst();
  }

  @Test
  void aFreeLeaseIsTaken() {
    assertThat(taken(ONE, T)).isEqualTo(new Lease(PRUNE, ONE, 1, T, second(60)));
  }

  @Test
  void anotherOneIsRefusedAndLearnsUntilWhen() {
    taken(ONE, T);

    assertThat(take(OTHER, second(1))).isEqualTo(new Attempt.Refused(second(60)));
  }

  @Test
  void leasesOfOtherNamesAreNotConcerned() {
    taken(ONE, T);

    assertThat(otherLeases.take(new LeaseName("google.pull"), OTHER, T, second(60)))
        .isInstanceOf(Attempt.Taken.class);
  }

  @Test
  void theHolderKeepsItsTokenByTakingItAgain() {
    taken(ONE, T);

    assertThat(taken(ONE, second(20))).isEqualTo(new Lease(PRUNE, ONE, 1, second(20), second(80)));
    assertThat(take(OTHER, second(79))).isEqualTo(new Attempt.Refused(second(80)));
  }

  @Test
  void aLeaseLapsesAtTheInstantItWasAskedFor() {
    taken(ONE, T);

    assertThat(take(OTHER, second(60).minusNanos(1_000))).isInstanceOf(Attempt.Refused.class);
    assertThat(taken(OTHER, second(60)).token()).isEqualTo(2);
  }

  @Test
  void theOldHolderCannotRenewWhatAnotherOneTook() {
    Lease lost = taken(ONE, T);
    taken(OTHER, second(60));

    assertThat(leases.renew(lost, second(61), second(121))).isEmpty();
    assertThat(take(ONE, second(61))).isEqualTo(new Attempt.Refused(second(120)));
    assertThat(state().holder()).isEqualTo(OTHER);
  }

  @Test
  void theOldHolderCannotRenewAnEarlierTimeOfItsOwn() {
    Lease first = taken(ONE, T);
    taken(OTHER, second(60));
    Lease again = taken(ONE, second(120));

    assertThat(again.token()).isEqualTo(3);
    assertThat(leases.renew(first, second(121), second(181))).isEmpty();
    assertThat(leases.renew(again, second(121), second(181))).isPresent();
  }

  @Test
  void whatNobodyTookMayBeRenewedAfterItLapsed() {
    Lease lapsed = taken(ONE, T);

    assertThat(leases.renew(lapsed, second(300), second(360)))
        .contains(new Lease(PRUNE, ONE, 1, second(300), second(360)));
    assertThat(take(OTHER, second(359))).isInstanceOf(Attempt.Refused.class);
  }

  @Test
  void aReleasedLeaseIsFreeAtOnce() {
    taken(ONE, T);

    leases.release(ONE, second(5));

    assertThat(taken(OTHER, second(5)).token()).isEqualTo(2);
  }

  @Test
  void whoReleasesGivesUpNothingOfOthers() {
    taken(ONE, T);
    taken(OTHER, second(60));

    leases.release(ONE, second(61));

    assertThat(take(ONE, second(62))).isInstanceOf(Attempt.Refused.class);
  }

  @Test
  void aClockThatIsSecondsAheadOrBehindDoesNotRob() {
    taken(ONE, T);

    assertThat(take(OTHER, T.minusSeconds(30))).isInstanceOf(Attempt.Refused.class);
    assertThat(take(OTHER, T.plusSeconds(30))).isInstanceOf(Attempt.Refused.class);
  }

  @Test
  void afterTheClockWasSetBackAnHourADeadHoldersLeaseIsNotHeldForThatHour() {
    taken(ONE, T);
    Instant hourBefore = T.minus(Duration.ofHours(1));

    Lease taken = taken(OTHER, hourBefore);

    assertThat(taken.token()).isEqualTo(2);
    assertThat(taken.until()).isEqualTo(hourBefore.plus(LENGTH));
  }

  @Test
  void afterTheClockWasSetBackAnHourItsHolderKeepsIt() {
    taken(ONE, T);
    Instant hourBefore = T.minus(Duration.ofHours(1));

    assertThat(taken(ONE, hourBefore).token()).isEqualTo(1);
    assertThat(take(OTHER, hourBefore.plusSeconds(1))).isInstanceOf(Attempt.Refused.class);
  }

  @Test
  void theFirstOfManyThatAskAtOnceGetsIt() throws Exception {
    List<Callable<Attempt>> askers = new ArrayList<>();
    Random random = new Random(1);
    int count = 16;
    CountDownLatch ready = new CountDownLatch(count);
    for (int i = 0; i < count; i++) {
      LeaseHolder asker = LeaseHolder.drawn(random);
      askers.add(() -> {
        ready.countDown();
        ready.await();
        return take(asker, T);
      });
    }

    int taken = 0;
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Future<Attempt> attempt : threads.invokeAll(askers)) {
        taken += attempt.get() instanceof Attempt.Taken ? 1 : 0;
      }
    }

    assertThat(taken).isEqualTo(1);
  }

  @Test
  void everyRunIsCountedAndTheLastOutcomesAreKnown() {
    Lease lease = taken(ONE, T);

    assertThat(leases.recordRun(lease, true, second(1))).isTrue();
    assertThat(leases.recordRun(lease, false, second(2))).isTrue();
    assertThat(leases.recordRun(lease, true, second(3))).isTrue();

    assertThat(state())
        .isEqualTo(new LeaseState(PRUNE, ONE, T, second(60), 3, second(3), second(2)));
  }

  @Test
  void whatWasRunStaysKnownWhenAnotherHolderTakesOver() {
    leases.recordRun(taken(ONE, T), true, second(1));

    taken(OTHER, second(60));

    assertThat(state())
        .isEqualTo(new LeaseState(PRUNE, OTHER, second(60), second(120), 1, second(1), null));
  }

  @Test
  void aRunUnderALostLeaseIsNotCounted() {
    Lease lost = taken(ONE, T);
    taken(OTHER, second(60));

    assertThat(leases.recordRun(lost, true, second(61))).isFalse();
    assertThat(state().runs()).isZero();
  }
}
