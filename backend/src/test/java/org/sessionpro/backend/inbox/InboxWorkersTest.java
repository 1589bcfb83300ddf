package org.sessionpro.backend.inbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.sessionpro.backend.db.Database;
import org.sessionpro.backend.db.DatabaseLoad;
import org.sessionpro.backend.db.Dialect;
import org.sessionpro.backend.db.Engine;
import org.sessionpro.backend.inbox.InboxInspection.Filter;
import org.sessionpro.backend.telemetry.IdentifierMask;
import org.sessionpro.protocol.PurchaseToken;
import org.sessionpro.protocol.crypto.Crypto;
import org.sessionpro.simulator.SimulatedClock;

/// Work on the inbox.
@ParameterizedClass
@EnumSource(Engine.class)
@Timeout(value = 60, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class InboxWorkersTest {
  private static final Instant T = Instant.ofEpochSecond(1_767_225_600);
  private static final WorkItem A = WorkItem.reconcile(new PurchaseToken("A"));
  private static final WorkItem B = WorkItem.reconcile(new PurchaseToken("B"));

  @Parameter Engine engine;
  @TempDir Path folder;
  private final SimulatedClock clock = new SimulatedClock(T);
  private final List<InboxWorkers> started = new ArrayList<>();
  private final CountDownLatch endOfTest = new CountDownLatch(1);
  private Database database;
  private Inbox inbox;

  @BeforeEach
  void open() {
    clock.moveTo(T);
    database = engine.open(folder);
    inbox = new Inbox(database, new Random(1), new InboxRules(36, "test"));
  }

  @AfterEach
  void close() {
    endOfTest.countDown();
    started.forEach(InboxWorkers::close);
    database.close();
  }

  private InboxWorkers workers(WorkHandler handler) {
    return workers(handler, Duration.ofSeconds(20));
  }

  private InboxWorkers workers(WorkHandler handler, Duration patience) {
    return workers(handler, patience, 4);
  }

  private InboxWorkers workers(WorkHandler handler, Duration patience, int atOnce) {
    IdentifierMask mask = IdentifierMask.withFreshKey(Crypto.selfTested(), new SecureRandom());
    InboxWorkers workers =
        new InboxWorkers(
            StoreProvider.GOOGLE,
            Map.of(WorkKind.RECONCILE, handler),
            atOnce,
            inbox,
            new WorkLog(mask),
            clock,
            new InboxWorkers.Rhythm(Duration.ofSeconds(1), patience));
    started.add(workers);
    return workers;
  }

  private void owe(WorkItem... items) {
    inbox.enqueue(List.of(items).stream().map(item -> Owed.announced(item, T)).toList(), T);
  }

  private static void lookToTheEnd(InboxWorkers workers) {
    for (Thread thread : workers.look()) {
      join(thread);
    }
  }

  private static void join(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException stopped) {
      throw new IllegalStateException(stopped);
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException stopped) {
      throw new IllegalStateException(stopped);
    }
  }

  private List<StoredWork> left() {
    return inbox.inspection().list(Filter.ALL, 100);
  }

  @Test
  void whatIsDoneIsGone() {
    owe(A, B);
    lookToTheEnd(workers(_ -> new Outcome.Done()));

    assertThat(left()).isEmpty();
  }

  @Test
  void whatBecameOfItemsIsCounted() {
    owe(A, B);
    InboxWorkers workers =
        workers(turn ->
            turn.claim().item().equals(A)
                ? new Outcome.Done()
                : new Outcome.Parked(Cause.of(ParkReason.NO_OWNER), "nobody says whose it is"));

    lookToTheEnd(workers);

    assertThat(Objects.requireNonNull(workers.counts().endings().get(WorkKind.RECONCILE)).read())
        .containsEntry(WorkCounts.Ending.DONE, 1L)
        .containsEntry(WorkCounts.Ending.PARKED, 1L)
        .containsEntry(WorkCounts.Ending.FAILED, 0L);
    assertThat(workers.atWork()).isZero();
  }

  @Test
  void kindsThatNobodyHandlesAreLeftAlone() {
    owe(WorkItem.acknowledge(new PurchaseToken("A")));
    lookToTheEnd(workers(_ -> new Outcome.Done()));

    assertThat(left()).hasSize(1);
    assertThat(left().getFirst().times().triedAt()).isNull();
  }

  @Test
  void aHandlerThatThrowsCostsOneAttemptAndNothingElse() {
    owe(A, B);
    lookToTheEnd(
        workers(turn -> {
          if (turn.claim().item().equals(A)) {
            throw new IllegalStateException("the token is A");
          }
          return new Outcome.Done();
        }));

    assertThat(left()).hasSize(1);
    StoredWork failed = left().getFirst();
    assertThat(failed.failures().attempts()).isOne();
    assertThat(failed.error()).isEqualTo("IllegalStateException");
    assertThat(failed.times().nextAt()).isEqualTo(T.plusSeconds(60));
  }

  @Test
  void onlyFourAreWorkedOnAtOnce() {
    for (int i = 0; i < 9; i++) {
      owe(WorkItem.reconcile(new PurchaseToken("token-" + i)));
    }
    CountDownLatch go = new CountDownLatch(1);
    InboxWorkers workers =
        workers(_ -> {
          await(go);
          return new Outcome.Done();
        });

    List<Thread> first = workers.look();

    assertThat(first).hasSize(4);
    assertThat(workers.look()).isEmpty();
    go.countDown();
    first.forEach(InboxWorkersTest::join);
    assertThat(left()).hasSize(5);
  }

  @Test
  void oneItemThatHangsKeepsNoOtherWaiting() {
    owe(A, B);
    CountDownLatch others = new CountDownLatch(2);
    InboxWorkers workers =
        workers(turn -> {
          if (turn.claim().item().equals(A)) {
            await(endOfTest);
          }
          others.countDown();
          return new Outcome.Done();
        });
    workers.start();
    owe(WorkItem.reconcile(new PurchaseToken("C")));

    await(others);
    assertThat(left()).extracting(StoredWork::item).contains(A);
  }

  /// Nothing that is worked on ends, for that would have the next look happen too.
  @Test
  void workOfThisProcessIsBegunWithoutWaitingForALook() throws InterruptedException {
    Semaphore begun = new Semaphore(0);
    workersThatHardlyLook(
            _ -> {
              begun.release();
              await(endOfTest);
              return new Outcome.Done();
            })
        .start();

    for (WorkItem item : List.of(A, B, WorkItem.reconcile(new PurchaseToken("C")))) {
      owe(item);
      begun.acquire();
    }
  }

  private InboxWorkers workersThatHardlyLook(WorkHandler handler) {
    IdentifierMask mask = IdentifierMask.withFreshKey(Crypto.selfTested(), new SecureRandom());
    InboxWorkers workers =
        new InboxWorkers(
            StoreProvider.GOOGLE,
            Map.of(WorkKind.RECONCILE, handler),
            4,
            inbox,
            new WorkLog(mask),
            clock,
            InboxWorkers.Rhythm.of(Duration.ofHours(1)));
    started.add(workers);
    return workers;
  }

  @Test
  void aTurnThatIsLostIsToldSo() {
    owe(A);
    AtomicBoolean goesOn = new AtomicBoolean(true);
    lookToTheEnd(
        workers(turn -> {
          clock.advance(Duration.ofSeconds(61));
          assertThat(
                  AnyLane.claim(
                      inbox, StoreProvider.GOOGLE, Set.of(WorkKind.RECONCILE), 1, clock.instant()))
              .hasSize(1);
          goesOn.set(turn.goesOn());
          return new Outcome.Unfinished();
        }));

    assertThat(goesOn).isFalse();
    assertThat(left().getFirst().times().leasedUntil()).isEqualTo(T.plusSeconds(121));
  }

  @Test
  void aTurnThatGoesOnKeepsItsItem() {
    owe(A);
    AtomicInteger stolen = new AtomicInteger();
    lookToTheEnd(
        workers(turn -> {
          for (int i = 0; i < 5; i++) {
            clock.advance(Duration.ofSeconds(50));
            assertThat(turn.goesOn()).isTrue();
            stolen.addAndGet(
                AnyLane.claim(
                        inbox, StoreProvider.GOOGLE, Set.of(WorkKind.RECONCILE), 1, clock.instant())
                    .size());
          }
          return new Outcome.Done();
        }));

    assertThat(stolen).hasValue(0);
    assertThat(left()).isEmpty();
  }

  @Test
  void aHolderThatDiedIsFollowedWhenItsLeaseEnds() {
    owe(A);
    assertThat(AnyLane.claim(inbox, StoreProvider.GOOGLE, Set.of(WorkKind.RECONCILE), 1, T))
        .hasSize(1);
    InboxWorkers workers = workers(_ -> new Outcome.Done());

    clock.advance(Duration.ofSeconds(59));
    assertThat(workers.look()).isEmpty();
    clock.advance(Duration.ofSeconds(1));
    lookToTheEnd(workers);

    assertThat(left()).isEmpty();
  }

  private void sweep(int items) {
    List<Owed> swept = new ArrayList<>();
    for (int i = 0; i < items; i++) {
      swept.add(Owed.swept(WorkItem.reconcile(new PurchaseToken("swept-" + i))));
    }
    inbox.enqueue(swept, T);
  }

  @Test
  void aPurchaseDoesNotWaitForWhatIsSwept() {
    sweep(1_000);
    clock.advance(Duration.ofSeconds(1));
    CountDownLatch bought = new CountDownLatch(1);
    InboxWorkers workers =
        workers(turn -> {
          if (turn.claim().item().equals(A)) {
            bought.countDown();
            return new Outcome.Done();
          }
          await(endOfTest);
          return new Outcome.Unfinished();
        });
    workers.start();
    owe(A);

    await(bought);
  }

  @Test
  void whatIsSweptHasItsTurnHoweverMuchIsAnnounced() {
    sweep(3);
    List<Lane> lanes = Collections.synchronizedList(new ArrayList<>());
    InboxWorkers workers =
        workers(turn -> {
          lanes.add(turn.claim().seen().lane());
          return new Outcome.Done();
        });

    for (int round = 0; round < 6; round++) {
      for (int i = 0; i < 8; i++) {
        owe(WorkItem.reconcile(new PurchaseToken("bought-" + round + "-" + i)));
      }
      lookToTheEnd(workers);
    }

    assertThat(lanes).contains(Lane.SWEPT);
    assertThat(lanes).filteredOn(lane -> lane == Lane.ANNOUNCED).hasSizeGreaterThanOrEqualTo(18);
  }

  @Test
  void aSingleWorkerTakesTurns() {
    sweep(3);
    owe(A, B);
    List<Lane> lanes = new ArrayList<>();
    InboxWorkers workers =
        workers(
            turn -> {
              lanes.add(turn.claim().seen().lane());
              return new Outcome.Done();
            },
            Duration.ofSeconds(20),
            1);
    for (int i = 0; i < 5; i++) {
      lookToTheEnd(workers);
    }

    assertThat(lanes)
        .containsExactly(Lane.SWEPT, Lane.ANNOUNCED, Lane.SWEPT, Lane.ANNOUNCED, Lane.SWEPT);
  }

  @Test
  void aLaneInWhichTheStoreMayNotBeAskedRests() {
    sweep(100);
    AtomicInteger asked = new AtomicInteger();
    InboxWorkers workers =
        workers(turn -> {
          asked.incrementAndGet();
          return new Outcome.Held(T.plusSeconds(60), "not yet");
        });

    for (int i = 0; i < 50; i++) {
      lookToTheEnd(workers);
    }

    assertThat(asked).hasValueLessThan(50);
    assertThat(left()).allSatisfy(one -> assertThat(one.failures().attempts()).isZero());
  }

  @Test
  void aStopDoesNotWaitForADatabaseThatDoesNotAnswer() {
    CountDownLatch asked = new CountDownLatch(1);
    Database stuck = new StuckDatabase(database, asked, endOfTest);
    Inbox slow = new Inbox(stuck, new Random(1), new InboxRules(36, "test"));
    IdentifierMask mask = IdentifierMask.withFreshKey(Crypto.selfTested(), new SecureRandom());
    InboxWorkers workers =
        new InboxWorkers(
            StoreProvider.GOOGLE,
            Map.of(WorkKind.RECONCILE, _ -> new Outcome.Done()),
            4,
            slow,
            new WorkLog(mask),
            clock,
            new InboxWorkers.Rhythm(Duration.ofSeconds(1), Duration.ofMillis(50)));
    workers.start();
    await(asked);

    workers.close();

    assertThat(endOfTest.getCount()).isOne();
  }

  /// A database whose reads take until the end of the test, whatever anybody does.
  private record StuckDatabase(Database real, CountDownLatch asked, CountDownLatch end)
      implements Database {
    @Override
    public <R> R read(Function<Handle, R> work) {
      asked.countDown();
      boolean interrupted = false;
      while (end.getCount() > 0) {
        try {
          end.await();
        } catch (InterruptedException ignored) {
          interrupted = true;
        }
      }
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
      return real.read(work);
    }

    @Override
    public <R> R snapshot(Function<Handle, R> work) {
      return real.snapshot(work);
    }

    @Override
    public <R> R write(Function<Handle, R> work) {
      return real.write(work);
    }

    @Override
    public DatabaseLoad load() {
      return real.load();
    }

    @Override
    public Dialect dialect() {
      return real.dialect();
    }

    @Override
    public void close() {}
  }

  @Test
  void aStopLetsItemsComeToTheirEndAndBeginsNoOther() {
    owe(A);
    CountDownLatch begun = new CountDownLatch(1);
    AtomicBoolean sawTheStop = new AtomicBoolean();
    InboxWorkers workers =
        workers(turn -> {
          begun.countDown();
          while (turn.goesOn()) {
            Thread.onSpinWait();
          }
          sawTheStop.set(true);
          return new Outcome.Done();
        });
    workers.start();
    await(begun);
    owe(B);

    workers.close();

    assertThat(sawTheStop).isTrue();
    assertThat(left()).extracting(StoredWork::item).doesNotContain(A);
  }

  @Test
  void aStopGivesBackWhatDoesNotComeToItsEndWithoutAnAttempt() {
    owe(A);
    CountDownLatch begun = new CountDownLatch(1);
    InboxWorkers workers =
        workers(
            _ -> {
              begun.countDown();
              await(new CountDownLatch(1));
              return new Outcome.Done();
            },
            Duration.ofMillis(100));
    workers.start();
    await(begun);

    workers.close();

    StoredWork stopped = left().getFirst();
    assertThat(stopped.failures().attempts()).isZero();
    assertThat(stopped.times().leasedUntil()).isNull();
  }
}
