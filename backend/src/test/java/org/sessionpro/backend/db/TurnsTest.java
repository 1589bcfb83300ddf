package org.sessionpro.backend.db;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TurnsTest {
  private static final Duration LONG = Duration.ofSeconds(30);

  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  @AfterEach
  void close() {
    threads.shutdownNow();
  }

  /// Both have the same hash.
  private record Subject(String name) {
    @Override
    public int hashCode() {
      return 1;
    }
  }

  @Test
  @SuppressWarnings(
      "ThreadPriorityCheck") // No order is relied on: it gives the others their chance.
  void oneLineIsWorkedOnOneAtATime() throws Exception {
    Turns turns = new Turns(LONG);
    AtomicInteger atOnce = new AtomicInteger();
    List<Integer> seen = Collections.synchronizedList(new ArrayList<>());

    List<Future<?>> all = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      all.add(
          threads.submit(() ->
              turns.take(
                  new Line("a"),
                  () -> {
                    seen.add(atOnce.incrementAndGet());
                    Thread.yield();
                    return atOnce.decrementAndGet();
                  })));
    }
    for (Future<?> each : all) {
      each.get(LONG.toSeconds(), TimeUnit.SECONDS);
    }

    assertThat(seen).hasSize(50).containsOnly(1);
  }

  @Test
  void differentLinesNeverWaitForOneAnother() throws Exception {
    Turns turns = new Turns(LONG);
    CountDownLatch inside = new CountDownLatch(1);
    CountDownLatch leave = new CountDownLatch(1);
    Future<Integer> first =
        threads.submit(() -> turns.take(new Line(new Subject("a")), () -> hold(inside, leave)));
    inside.await();

    assertThat(turns.<Integer>take(new Line(new Subject("b")), () -> 2)).isEqualTo(2);

    leave.countDown();
    assertThat(first.get(LONG.toSeconds(), TimeUnit.SECONDS)).isOne();
  }

  @Test
  void whoseTurnDoesNotComeInTimeIsToldSo() throws Exception {
    Turns turns = new Turns(Duration.ZERO);
    CountDownLatch inside = new CountDownLatch(1);
    CountDownLatch leave = new CountDownLatch(1);
    Future<Integer> first =
        threads.submit(() -> turns.take(new Line("a"), () -> hold(inside, leave)));
    inside.await();

    assertThatThrownBy(() -> turns.take(new Line("a"), () -> 2)).isInstanceOf(DatabaseFault.class);

    leave.countDown();
    assertThat(first.get(LONG.toSeconds(), TimeUnit.SECONDS)).isOne();
    assertThat(turns.<Integer>take(new Line("a"), () -> 3)).as("afterwards").isEqualTo(3);
  }

  @Test
  void aLineIsForgottenOnceNobodyStandsInIt() {
    Turns turns = new Turns(LONG);

    turns.take(new Line("a"), () -> 1);
    assertThatThrownBy(() ->
            turns.take(
                new Line("b"),
                () -> {
                  throw new IllegalStateException("failed");
                }))
        .hasMessage("failed");

    assertThat(turns.lines()).isZero();
  }

  private static int hold(CountDownLatch inside, CountDownLatch leave) {
    inside.countDown();
    try {
      leave.await();
    } catch (InterruptedException stopped) {
      throw new IllegalStateException(stopped);
    }
    return 1;
  }
}
