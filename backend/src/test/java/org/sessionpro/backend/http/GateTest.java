package org.sessionpro.backend.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Who gets through a gate, and when.
@Timeout(30)
class GateTest {
  private static final Executor SAME_THREAD = Runnable::run;
  private static final Duration LONG = Duration.ofSeconds(10);
  private static final Duration SHORT = Duration.ofMillis(20);

  private final BlockingQueue<String> events = new LinkedBlockingQueue<>();

  private static Gate gate(int places, int seats) {
    return gate(places, seats, LONG, SAME_THREAD);
  }

  private static Gate gate(int places, int seats, Duration patience, Executor executor) {
    return Gate.of(new HttpLimits.WorkLimits(places, seats, patience), executor);
  }

  private Gate.Turn turn(String name) {
    return new Gate.Turn() {
      @Override
      public void admitted() {
        events.add(name + " in");
      }

      @Override
      public void refused() {
        events.add(name + " refused");
      }
    };
  }

  private String nextEvent() throws InterruptedException {
    String event = events.poll(10, TimeUnit.SECONDS);
    return event == null ? "nothing" : event;
  }

  @Test
  void asManyAsThereArePlacesAreAdmittedAtOnce() {
    Gate gate = gate(2, 0);
    gate.enter(turn("a"));
    gate.enter(turn("b"));
    gate.enter(turn("c"));
    assertThat(events).containsExactly("a in", "b in", "c refused");
  }

  @Test
  void theOthersAreAdmittedInTheOrderInWhichTheyCame() {
    Gate gate = gate(1, 10);
    List<String> expected = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      gate.enter(turn("n" + i));
      expected.add("n" + i + " in");
    }
    for (int i = 0; i < 9; i++) {
      gate.leave();
    }
    assertThat(events).containsExactlyElementsOf(expected);
  }

  @Test
  void aNewcomerDoesNotTakeThePlaceOfOneWhoWaits() {
    List<Runnable> handedOver = new ArrayList<>();
    Gate gate = gate(1, 1, LONG, handedOver::add);
    gate.enter(turn("a"));
    gate.enter(turn("b"));
    gate.leave();
    assertThat(gate.tryEnter()).isFalse();
    gate.enter(turn("c"));
    handedOver.getFirst().run();
    assertThat(events).containsExactly("a in", "b in");
  }

  @Test
  void whoFindsTheQueueFullIsRefusedAtOnce() {
    Gate gate = gate(1, 1);
    gate.enter(turn("a"));
    gate.enter(turn("b"));
    gate.enter(turn("c"));
    assertThat(events).containsExactly("a in", "c refused");
  }

  @Test
  void whoWaitsTooLongIsRefused() throws InterruptedException {
    Gate gate = gate(1, 2, SHORT, SAME_THREAD);
    gate.enter(turn("a"));
    long begun = System.nanoTime();
    gate.enter(turn("b"));
    gate.enter(turn("c"));
    assertThat(nextEvent()).isEqualTo("a in");
    assertThat(nextEvent()).isEqualTo("b refused");
    assertThat(nextEvent()).isEqualTo("c refused");
    assertThat(Duration.ofNanos(System.nanoTime() - begun)).isGreaterThanOrEqualTo(SHORT);
  }

  @Test
  void whoComesAfterSomebodyWasRefusedIsRefusedInTimeToo() throws InterruptedException {
    Gate gate = gate(1, 1, SHORT, SAME_THREAD);
    gate.enter(turn("a"));
    assertThat(nextEvent()).isEqualTo("a in");
    for (String name : List.of("b", "c", "d")) {
      gate.enter(turn(name));
      assertThat(nextEvent()).isEqualTo(name + " refused");
    }
  }

  @Test
  void whoComesLaterThanTheFirstIsRefusedLater() throws InterruptedException {
    Gate gate = gate(1, 10, Duration.ofMillis(300), SAME_THREAD);
    gate.enter(turn("a"));
    gate.enter(turn("first"));
    assertThat(nextEvent()).isEqualTo("a in");
    CountDownLatch pause = new CountDownLatch(1);
    assertThat(pause.await(100, TimeUnit.MILLISECONDS)).isFalse();
    gate.enter(turn("second"));
    assertThat(nextEvent()).isEqualTo("first refused");
    assertThat(events).isEmpty();
    assertThat(nextEvent()).isEqualTo("second refused");
  }

  @Test
  void whoIsAdmittedInTimeIsNotRefusedAfterwards() throws InterruptedException {
    Gate gate = gate(1, 2, SHORT, SAME_THREAD);
    gate.enter(turn("a"));
    gate.enter(turn("b"));
    gate.leave();
    gate.enter(turn("c"));
    assertThat(nextEvent()).isEqualTo("a in");
    assertThat(nextEvent()).isEqualTo("b in");
    assertThat(nextEvent()).isEqualTo("c refused");
    assertThat(events).isEmpty();
  }

  @Test
  void aPlaceIsFreeAgainAfterARefusal() throws InterruptedException {
    Gate gate = gate(1, 1, SHORT, SAME_THREAD);
    gate.enter(turn("a"));
    gate.enter(turn("b"));
    assertThat(nextEvent()).isEqualTo("a in");
    assertThat(nextEvent()).isEqualTo("b refused");
    gate.leave();
    gate.enter(turn("c"));
    assertThat(nextEvent()).isEqualTo("c in");
  }

  @Test
  void whoWithdrawsIsPassedOver() {
    Gate gate = gate(1, 2);
    Gate.Turn gone = turn("b");
    gate.enter(turn("a"));
    gate.enter(gone);
    gate.enter(turn("c"));
    assertThat(gate.withdraw(gone)).isTrue();
    gate.leave();
    assertThat(events).containsExactly("a in", "c in");
  }

  @Test
  void whoseTurnHasComeCannotWithdraw() {
    Gate gate = gate(1, 1);
    Gate.Turn admitted = turn("a");
    gate.enter(admitted);
    assertThat(gate.withdraw(admitted)).isFalse();
  }

  @Test
  void aPatientGateRefusesNobody() {
    Gate gate = Gate.patient(1, SAME_THREAD);
    gate.enter(turn("first"));
    for (int i = 0; i < 50_000; i++) {
      gate.enter(turn("n" + i));
    }
    assertThat(events).containsExactly("first in");
  }

  @Test
  void noMoreThanThereArePlacesAreEverInside() throws InterruptedException {
    int all = 2_000;
    AtomicInteger inside = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    CountDownLatch done = new CountDownLatch(all);
    Gate gate = Gate.patient(3, task -> Thread.ofVirtual().start(task));
    for (int i = 0; i < all; i++) {
      Thread.ofVirtual().start(() -> gate.enter(visitor(gate, inside, most, done)));
    }
    assertThat(done.await(20, TimeUnit.SECONDS)).isTrue();
    assertThat(most.get()).isLessThanOrEqualTo(3);
  }

  private Gate.Turn visitor(
      Gate gate, AtomicInteger inside, AtomicInteger most, CountDownLatch done) {
    return new Gate.Turn() {
      @Override
      public void admitted() {
        most.accumulateAndGet(inside.incrementAndGet(), Math::max);
        Thread.ofVirtual().start(this::leave);
      }

      private void leave() {
        inside.decrementAndGet();
        gate.leave();
        done.countDown();
      }

      @Override
      public void refused() {
        events.add("refused");
      }
    };
  }
}
