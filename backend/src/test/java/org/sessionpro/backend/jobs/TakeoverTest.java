package org.sessionpro.backend.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.sessionpro.backend.config.DatabaseUrl;
import org.sessionpro.backend.db.Engine;
import org.sessionpro.backend.db.LeaseName;
import org.sessionpro.backend.telemetry.LogLines;
import org.sessionpro.simulator.SimulatedClock;

/// Two processes on one database, of which one has the job. A process that is dead, or suspended,
/// is one that does not tick.
@ParameterizedClass
@EnumSource(Engine.class)
class TakeoverTest {
  private static final Instant T = Instant.ofEpochSecond(1_767_225_600);
  private static final Duration INTERVAL = Duration.ofMinutes(2);
  private static final Duration LEASE = Duration.ofMinutes(1);
  private static final Duration SECOND = Duration.ofSeconds(1);

  @Parameter Engine engine;
  @TempDir Path folder;
  private final SimulatedClock clock = new SimulatedClock(T);
  private final SimulatedClock otherClock = new SimulatedClock(T);
  private final LogLines log = new LogLines();
  private final AtomicInteger runs = new AtomicInteger();
  private final AtomicInteger otherRuns = new AtomicInteger();

  /// Of the first process; a test may exchange it.
  private Job.Work work = _ -> runs.incrementAndGet();

  private Site one;
  private Site other;

  @BeforeEach
  void start() {
    DatabaseUrl url = engine.empty(folder);
    one = new Site(url, clock, job(turn -> work.run(turn)));
    other = new Site(url, otherClock, job(_ -> otherRuns.incrementAndGet()));
  }

  @AfterEach
  void close() {
    one.close();
    other.close();
    log.close();
  }

  private static Job job(Job.Work work) {
    return new Job(new LeaseName("job"), INTERVAL, LEASE, work);
  }

  private void advance(Duration step) {
    clock.advance(step);
    otherClock.advance(step);
  }

  /// For so long, a tick each second of those who live.
  private void pass(Duration length, Site... living) {
    for (int i = 0; i < length.toSeconds(); i++) {
      advance(SECOND);
      for (Site site : living) {
        site.tick();
      }
    }
  }

  /// Seconds until the other process has run the job, with a tick in each; -1 after `limit`.
  private int secondsUntilTheOtherRuns(int limit) {
    for (int i = 1; i <= limit; i++) {
      pass(SECOND, other);
      if (otherRuns.get() > 0) {
        return i;
      }
    }
    return -1;
  }

  @Test
  void ofTwoProcessesOneRunsTheJobWhileBothLive() {
    one.tick();
    other.tick();
    pass(Duration.ofMinutes(10), other, one);

    assertThat(runs).hasValue(6);
    assertThat(otherRuns).hasValue(0);
  }

  @Test
  void theJobOfADeadProcessIsTakenOverWhenItsLeaseHasLapsed() {
    one.tick();
    other.tick();

    assertThat(secondsUntilTheOtherRuns(300)).isEqualTo((int) LEASE.toSeconds());
  }

  @Test
  void wheneverTheHolderDiesTheJobIsTakenOverWithinOneLease() {
    one.tick();
    other.tick();
    pass(Duration.ofSeconds(37), one, other);

    assertThat(secondsUntilTheOtherRuns(300)).isBetween(1, (int) LEASE.toSeconds());
  }

  @Test
  void whoTakesOverRunsAtOnceAndThenEachInterval() {
    one.tick();
    pass(LEASE, other);
    assertThat(otherRuns).hasValue(1);

    pass(INTERVAL.minus(SECOND), other);
    assertThat(otherRuns).hasValue(1);
    pass(SECOND, other);
    assertThat(otherRuns).hasValue(2);
  }

  @Test
  void theOldHolderThatComesBackLeavesTheJobAlone() {
    one.tick();
    pass(LEASE, other);

    pass(INTERVAL.multipliedBy(2), other, one);

    assertThat(runs).hasValue(1);
    assertThat(otherRuns).hasValue(3);
  }

  @Test
  void theOldHolderLearnsInTheMiddleOfItsWorkThatItLostTheJob() {
    AtomicBoolean wentOn = new AtomicBoolean(true);
    work =
        turn -> {
          pass(LEASE, other);
          wentOn.set(turn.goesOn());
        };
    one.tick();

    assertThat(otherRuns).hasValue(1);
    assertThat(wentOn).isFalse();
    assertThat(log.at(Level.WARN))
        .containsExactly("job job was taken over by another process before it ended here");
    assertThat(one.leases.all().getFirst().runs()).as("runs that count").isEqualTo(1);
  }

  @Test
  void aRunThatIsLongerThanALeaseKeepsIt() {
    work =
        turn -> {
          for (int portion = 0; portion < 20; portion++) {
            pass(Duration.ofSeconds(25), other);
            assertThat(turn.goesOn()).isTrue();
          }
        };
    one.tick();

    assertThat(otherRuns).hasValue(0);
    assertThat(log.at(Level.ERROR)).isEmpty();
  }

  @Test
  void aProcessThatStopsGivesTheJobUp() {
    one.tick();
    other.tick();

    one.scheduler.close();

    assertThat(secondsUntilTheOtherRuns(300))
        .as("the next look of the other, which looks three times a lease")
        .isEqualTo(20);
  }

  @Test
  void aJobThatWentToAnotherAndCameBackRunsAtOnce() {
    one.tick();
    pass(LEASE, other);
    other.scheduler.close();

    pass(Duration.ofSeconds(20), one);

    assertThat(runs).hasValue(2);
  }

  @Test
  void clocksThatDifferBySecondsDoNotTakeTheJobFromALivingHolder() {
    for (int ahead : new int[] {30, -30}) {
      otherClock.moveTo(clock.instant().plusSeconds(ahead));
      one.tick();
      pass(Duration.ofMinutes(10), other, one);
    }

    assertThat(otherRuns).hasValue(0);
  }

  @Test
  void afterTheClocksWereSetBackAnHourADeadHoldersJobIsTakenOverWithinOneLease() {
    one.tick();
    other.tick();
    pass(SECOND, one, other);

    advance(Duration.ofHours(-1));

    assertThat(secondsUntilTheOtherRuns(300)).isBetween(1, (int) LEASE.toSeconds());
  }

  @Test
  void afterTheClocksWereSetBackAnHourOneProcessOnlyRunsTheJob() {
    one.tick();
    other.tick();
    advance(Duration.ofHours(-1));
    pass(LEASE, other, one);
    int before = runs.get();
    int otherBefore = otherRuns.get();

    pass(Duration.ofMinutes(10), other, one);

    assertThat(List.of(runs.get() - before, otherRuns.get() - otherBefore))
        .containsExactlyInAnyOrder(0, 5);
  }
}
