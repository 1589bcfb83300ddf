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
import org.sessionpro.protocol.ByteString;
import org.sessionpro.protocol.MasterKey;
import org.sessionpro.protocol.PublicKey;

class TurnsTest {
  private static final Duration LONG = Duration.ofSeconds(30);
  private static final int SEATS = 50;

  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  @AfterEach
  void close() {
    threads.shutdownNow();
  }

  private static final Line ONE = line(0, 31);

  /// Of the same hash.
  private static final Line OTHER = line(1, 0);

  private static Line line(int first, int second) {
    byte[] key = new byte[PublicKey.SIZE];
    key[0] = (byte) first;
    key[1] = (byte) second;
    return new Line(new MasterKey(ByteString.of(key)));
  }

  @Test
  @SuppressWarnings(
      "ThreadPriorityCheck") // No order is relied on: it gives the others their chance.
  void oneLineIsWorkedOnOneAtATime() throws Exception {
    Turns turns = new Turns(SEATS, LONG);
    AtomicInteger atOnce = new AtomicInteger();
    List<Integer> seen = Collections.synchronizedList(new ArrayList<>());

    List<Future<?>> all = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      all.add(
          threads.submit(() ->
              turns.take(
                  ONE,
                  () -> {
                    seen.add(atOnce.incrementAndGet());
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
    Turns turns = new Turns(SEATS, LONG);
    CountDownLatch inside = new CountDownLatch(1);
    CountDownLatch leave = new CountDownLatch(1);
    Future<Integer> first = threads.submit(() -> turns.take(ONE, () -> hold(inside, leave)));
    inside.await();

    assertThat(OTHER).hasSameHashCodeAs(ONE);
    assertThat(turns.<Integer>take(OTHER, () -> 2)).isEqualTo(2);

    leave.countDown();
    assertThat(first.get(LONG.toSeconds(), TimeUnit.SECONDS)).isOne();
  }

  @Test
  void whoseTurnDoesNotComeInTimeIsToldSo() throws Exception {
    Turns turns = new Turns(SEATS, Duration.ZERO);
    CountDownLatch inside = new CountDownLatch(1);
    CountDownLatch leave = new CountDownLatch(1);
    Future<Integer> first = threads.submit(() -> turns.take(ONE, () -> hold(inside, leave)));
    inside.await();

    assertThatThrownBy(() -> turns.take(ONE, () -> 2)).isInstanceOf(DatabaseFault.class);

    leave.countDown();
    assertThat(first.get(LONG.toSeconds(), TimeUnit.SECONDS)).isOne();
    assertThat(turns.<Integer>take(ONE, () -> 3)).as("afterwards").isEqualTo(3);
  }

  @Test
  void whoFindsALineFullIsTurnedAwayAtOnce() throws Exception {
    Turns turns = new Turns(1, LONG);
    CountDownLatch inside = new CountDownLatch(1);
    CountDownLatch leave = new CountDownLatch(1);
    Future<Integer> first = threads.submit(() -> turns.take(ONE, () -> hold(inside, leave)));
    inside.await();

    assertThatThrownBy(() -> turns.take(ONE, () -> 2)).isInstanceOf(LineFull.class);
    assertThat(turns.<Integer>take(OTHER, () -> 3)).isEqualTo(3);

    leave.countDown();
    assertThat(first.get(LONG.toSeconds(), TimeUnit.SECONDS)).isOne();
    assertThat(turns.<Integer>take(ONE, () -> 4)).as("afterwards").isEqualTo(4);
  }

  @Test
  void aLineIsForgottenOnceNobodyStandsInIt() {
    Turns turns = new Turns(SEATS, LONG);

    turns.take(ONE, () -> 1);
    assertThatThrownBy(() ->
            turns.take(
                OTHER,
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
