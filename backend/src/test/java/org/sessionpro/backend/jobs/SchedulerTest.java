package org.sessionpro.backend.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import ch.qos.logback.classic.Level;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.sessionpro.backend.db.Engine;
import org.sessionpro.backend.db.LeaseName;
import org.sessionpro.backend.db.LeaseState;
import org.sessionpro.backend.db.UnreachableDatabase;
import org.sessionpro.backend.jobs.JobState.Ending;
import org.sessionpro.backend.telemetry.LogLines;
import org.sessionpro.simulator.SimulatedClock;

/// One process and its jobs. Several processes are in [TakeoverTest].
@ParameterizedClass
@EnumSource(Engine.class)
@Timeout(value = 60, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class SchedulerTest {
  private static final Instant T = Instant.ofEpochSecond(1_767_225_600);
  private static final Duration INTERVAL = Duration.ofMinutes(2);
  private static final Duration LEASE = Duration.ofMinutes(1);

  @Parameter Engine engine;
  @TempDir Path folder;
  private final SimulatedClock clock = new SimulatedClock(T);
  private final LogLines log = new LogLines();
  private final List<Site> sites = new ArrayList<>();
  private final AtomicInteger runs = new AtomicInteger();
  private final AtomicInteger otherRuns = new AtomicInteger();

  @BeforeEach
  void startAtT() {
    clock.moveTo(T);
  }

  @AfterEach
  void close() {
    sites.forEach(Site::close);
    log.close();
  }

  private Site site(Job... jobs) {
    Site site = new Site(engine.empty(folder), clock, jobs);
    sites.add(site);
    return site;
  }

  /// A process that soon stops waiting when it is stopped.
  private Site impatientSite(Job... jobs) {
    Site site = new Site(engine.open(folder), clock, Duration.ofMillis(200), jobs);
    sites.add(site);
    return site;
  }

  private static Job job(String name, Job.Work work) {
    return new Job(new LeaseName(name), INTERVAL, LEASE, work);
  }

  private Job counting() {
    return job("counting", _ -> runs.incrementAndGet());
  }

  private Job other() {
    return job("other", _ -> otherRuns.incrementAndGet());
  }

  private Job failing() {
    return job(
        "failing",
        _ -> {
          runs.incrementAndGet();
          throw new IllegalStateException("no");
        });
  }

  /// A tick every second for so long.
  private void pass(Site site, Duration length) {
    for (int i = 0; i < length.toSeconds(); i++) {
      clock.advance(Duration.ofSeconds(1));
      site.tick();
    }
  }

  @Test
  void aProcessTellsHowItsJobsGo() {
    Site site = site(counting(), failing());
    assertThat(site.scheduler.states())
        .extracting(JobState::held, JobState::lastRun)
        .containsOnly(tuple(false, null));

    site.tick();

    assertThat(site.scheduler.states())
        .extracting(it -> it.name().text(), JobState::held, it -> it.endings().get(Ending.FAILED))
        .containsExactly(tuple("counting", true, 0L), tuple("failing", true, 1L));
    assertThat(site.scheduler.states().getFirst())
        .satisfies(
            it -> assertThat(it.endings().get(Ending.SUCCEEDED)).isOne(),
            it -> assertThat(it.lastRun()).isNotNull(),
            it -> assertThat(it.interval()).isEqualTo(INTERVAL));
  }

  @Test
  void everyJobRunsAtTheStart() {
    site(counting(), other()).tick();

    assertThat(runs).hasValue(1);
    assertThat(otherRuns).hasValue(1);
  }

  @Test
  void aJobRunsAgainAfterItsIntervalAndNotBefore() {
    Site site = site(counting());
    site.tick();

    clock.moveTo(T.plus(INTERVAL).minusNanos(1));
    site.tick();
    assertThat(runs).hasValue(1);

    clock.moveTo(T.plus(INTERVAL));
    site.tick();
    assertThat(runs).hasValue(2);
  }

  @Test
  void theIntervalBeginsWhenARunEnds() {
    Site site =
        site(
            job(
                "slow",
                _ -> {
                  runs.incrementAndGet();
                  clock.advance(INTERVAL);
                }));
    site.tick();

    pass(site, INTERVAL.minusSeconds(1));
    assertThat(runs).hasValue(1);
    pass(site, Duration.ofSeconds(1));
    assertThat(runs).hasValue(2);
  }

  @Test
  void aJobThatFailsIsTriedAgainAfterAMinuteAndThenAfterItsInterval() {
    Site site = site(failing());
    site.tick();

    pass(site, Duration.ofSeconds(59));
    assertThat(runs).hasValue(1);
    pass(site, Duration.ofSeconds(1));
    assertThat(runs).hasValue(2);
    pass(site, INTERVAL.minusSeconds(1));
    assertThat(runs).hasValue(2);
    pass(site, Duration.ofSeconds(1));
    assertThat(runs).hasValue(3);
  }

  @Test
  void workThatIsLeftUndoneIsNeitherASuccessNorAnError() {
    Site site =
        site(
            job(
                "undone",
                turn -> {
                  runs.incrementAndGet();
                  turn.leaveUndone();
                }));
    site.tick();
    pass(site, INTERVAL.minusSeconds(1));

    assertThat(runs).hasValue(1);
    assertThat(site.leases.all().getFirst().lastSuccess()).isNull();
    assertThat(log.at(Level.ERROR)).isEmpty();
  }

  @Test
  void aFailureIsOneErrorThatNamesTheJob() {
    Site site = site(failing());
    site.tick();
    pass(site, INTERVAL);

    assertThat(log.at(Level.ERROR))
        .containsExactly(
            "job failing failed; it is tried again in 60 s",
            "job failing failed; it is tried again in 120 s");
  }

  @Test
  void aJobThatFailsStopsNoOther() {
    Site site = site(failing(), other());
    site.tick();
    pass(site, INTERVAL);

    assertThat(otherRuns).hasValue(2);
  }

  @Test
  void anErrorOfTheMachineIsAFailureLikeAnyOther() {
    Site site =
        site(
            job(
                "broken",
                _ -> {
                  runs.incrementAndGet();
                  throw new NoClassDefFoundError("Absent");
                }));
    site.tick();
    pass(site, INTERVAL);

    assertThat(runs).hasValue(2);
    assertThat(log.at(Level.ERROR)).hasSize(2);
  }

  @Test
  void aJobThatIsRunningIsNotBegunAgainAndKeepsNoOtherWaiting() throws Exception {
    CountDownLatch entered = new CountDownLatch(1);
    CountDownLatch release = new CountDownLatch(1);
    Site site =
        site(
            job(
                "long",
                _ -> {
                  runs.incrementAndGet();
                  entered.countDown();
                  await(release);
                }),
            other());
    List<Thread> begun = site.scheduler.tick();
    entered.await();
    Site.join(begun.getLast());

    clock.advance(INTERVAL.multipliedBy(3));
    site.tick();

    assertThat(runs).hasValue(1);
    assertThat(otherRuns).hasValue(2);
    release.countDown();
    begun.forEach(Site::join);
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException stopped) {
      throw new IllegalStateException(stopped);
    }
  }

  @Test
  void afterAClockThatWasSetForwardAYearEachJobRunsOnce() {
    Site site = site(counting());
    site.tick();

    clock.advance(Duration.ofDays(365));
    site.tick();
    site.tick();

    assertThat(runs).hasValue(2);
  }

  @Test
  void afterAClockThatWasSetBackAnHourNoJobRests() {
    Site site = site(counting());
    site.tick();

    clock.advance(Duration.ofHours(-1));
    site.tick();
    assertThat(runs).as("the due time is out of the way").hasValue(2);
    pass(site, INTERVAL);
    assertThat(runs).hasValue(3);
  }

  @Test
  void theOperatorSeesHowOftenAJobRanAndHowItWent() {
    Site site = site(failing(), other());
    site.tick();
    pass(site, INTERVAL);

    List<LeaseState> states = site.leases.all();
    assertThat(states).extracting(LeaseState::runs).containsExactly(2L, 2L);
    assertThat(states.getFirst().lastSuccess()).isNull();
    assertThat(states.getFirst().lastFailure()).isEqualTo(T.plusSeconds(60));
    assertThat(states.getLast().lastSuccess()).isEqualTo(T.plus(INTERVAL));
    assertThat(states.getLast().lastFailure()).isNull();
  }

  @Test
  void aDatabaseThatIsOutOfReachIsOneWarningAndNotTheEnd() {
    UnreachableDatabase database = new UnreachableDatabase(engine.open(folder));
    Site site = new Site(database, clock, LEASE, counting());
    sites.add(site);
    site.tick();

    database.unreachable(true);
    pass(site, INTERVAL.multipliedBy(2));
    assertThat(runs).hasValue(1);
    assertThat(log.at(Level.WARN))
        .containsExactly("job counting cannot reach its lease, and keeps trying");

    database.unreachable(false);
    pass(site, LEASE);
    assertThat(runs).hasValue(2);
  }

  @Test
  void aStopLetsWorkComeToTheEndOfItsPortion() throws Exception {
    CountDownLatch entered = new CountDownLatch(1);
    AtomicBoolean ended = new AtomicBoolean();
    Site site =
        site(
            job(
                "portions",
                turn -> {
                  entered.countDown();
                  while (turn.goesOn()) {
                    Thread.onSpinWait();
                  }
                  ended.set(true);
                }));
    site.scheduler.tick();
    entered.await();

    site.scheduler.close();

    assertThat(ended).isTrue();
    assertThat(log.at(Level.ERROR)).isEmpty();
  }

  @Test
  void aStopInterruptsWorkThatDoesNotEndByItself() throws Exception {
    CountDownLatch entered = new CountDownLatch(1);
    AtomicBoolean interrupted = new AtomicBoolean();
    Site site =
        impatientSite(
            job(
                "endless",
                _ -> {
                  entered.countDown();
                  try {
                    new CountDownLatch(1).await();
                  } catch (InterruptedException stopped) {
                    interrupted.set(true);
                    throw new IllegalStateException(stopped);
                  }
                }));
    site.scheduler.tick();
    entered.await();

    site.scheduler.close();

    assertThat(interrupted).isTrue();
    assertThat(log.at(Level.ERROR)).isEmpty();
  }

  @Test
  void aStopReturnsThoughWorkHeedsNothing() throws Exception {
    CountDownLatch entered = new CountDownLatch(1);
    CountDownLatch release = new CountDownLatch(1);
    Site site =
        impatientSite(
            job(
                "deaf",
                _ -> {
                  entered.countDown();
                  while (release.getCount() > 0) {
                    Thread.onSpinWait();
                  }
                }));
    List<Thread> begun = site.scheduler.tick();
    entered.await();

    site.scheduler.close();

    assertThat(log.at(Level.WARN)).contains("stopped while a job was still running");
    release.countDown();
    begun.forEach(Site::join);
  }

  @Test
  void nothingBeginsAfterAStop() {
    Site site = site(counting());
    site.scheduler.close();
    site.scheduler.close();

    site.tick();

    assertThat(runs).hasValue(0);
  }

  @Test
  void onceStartedItTicksByItself() throws Exception {
    CountDownLatch twice = new CountDownLatch(2);
    Site site = site(job("alone", _ -> twice.countDown()));

    site.scheduler.start();
    while (!twice.await(50, TimeUnit.MILLISECONDS)) {
      clock.advance(INTERVAL);
    }

    assertThat(site.leases.all()).hasSize(1);
  }
}
