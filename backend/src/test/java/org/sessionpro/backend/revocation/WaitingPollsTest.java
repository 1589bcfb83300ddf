package org.sessionpro.backend.revocation;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.sessionpro.backend.db.Engine;
import org.sessionpro.backend.entitlement.Draws;
import org.sessionpro.backend.entitlement.RenewalAllowance;
import org.sessionpro.backend.ledger.Ledger;
import org.sessionpro.backend.ledger.Rules;
import org.sessionpro.simulator.SimulatedClock;

/// Who waits while a slow database is asked, and who does not.
@Timeout(value = 20, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class WaitingPollsTest {
  private static final Instant T = Instant.ofEpochSecond(1_767_225_600);

  @TempDir Path folder;
  private final SimulatedClock clock = new SimulatedClock(T);
  private FailingDatabase database;
  private Revocations revocations;

  @BeforeEach
  void open() {
    database = new FailingDatabase(Engine.SQLITE.open(folder));
    revocations =
        new Revocations(
            new Ledger(
                database, Rules.of(RenewalAllowance.DEFAULT, Draws.drawing(new SecureRandom()))),
            clock);
  }

  @AfterEach
  void close() {
    database.close();
  }

  private CompletableFuture<RevocationSnapshot> poll() {
    return CompletableFuture.supplyAsync(revocations::current, Thread::startVirtualThread);
  }

  @Test
  void aPollDoesNotWaitForTheLookOfAnotherOne() throws InterruptedException {
    RevocationSnapshot last = revocations.current();
    FailingDatabase.Hang hang = database.hang();
    clock.advance(Duration.ofSeconds(4));
    CompletableFuture<RevocationSnapshot> looking = poll();
    hang.begun().await();

    assertThat(revocations.current()).isSameAs(last);
    hang.end().countDown();
    assertThat(looking.join()).isSameAs(last);
  }

  @Test
  void anOldListIsNotServedWithoutALook() throws InterruptedException {
    FailingDatabase.Hang hang = database.hang();
    clock.advance(Duration.ofSeconds(4).plusNanos(1_000));
    CompletableFuture<RevocationSnapshot> looking = poll();
    hang.begun().await();
    Thread second = Thread.ofPlatform().start(revocations::current);

    assertThat(stateAtRest(second)).isEqualTo(Thread.State.WAITING);
    hang.end().countDown();
    looking.join();
    second.join();
  }

  /// What a thread does once it does no more: wait, or nothing.
  private static Thread.State stateAtRest(Thread thread) {
    Set<Thread.State> rest = EnumSet.of(Thread.State.WAITING, Thread.State.TERMINATED);
    while (!rest.contains(thread.getState())) {
      Thread.onSpinWait();
    }
    return thread.getState();
  }

  @Test
  void noPollWaitsForADatabaseThatIsKnownToFail() throws InterruptedException {
    RevocationSnapshot last = revocations.current();
    database.fail(true);
    clock.advance(Duration.ofSeconds(10));
    revocations.current();
    FailingDatabase.Hang hang = database.hang();
    clock.advance(Duration.ofMinutes(4));
    CompletableFuture<RevocationSnapshot> looking = poll();
    hang.begun().await();

    assertThat(revocations.current()).isSameAs(last);
    hang.end().countDown();
    assertThat(looking.join()).isSameAs(last);
  }
}
