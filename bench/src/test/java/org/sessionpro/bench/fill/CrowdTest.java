package org.sessionpro.bench.fill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Phaser;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class CrowdTest {
  @Test
  void everyNumberHasItsTurn() throws InterruptedException {
    Set<Integer> seen = ConcurrentHashMap.newKeySet();

    new Crowd(3).each(100, seen::add);

    assertThat(seen).isEqualTo(IntStream.range(0, 100).boxed().collect(Collectors.toSet()));
  }

  @Test
  @Timeout(60)
  void asManyAsItHoldsWorkAtTheSameTimeAndNoMore() throws InterruptedException {
    Phaser threes = new Phaser(3);
    AtomicInteger working = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();

    new Crowd(3)
        .each(
            99,
            _ -> {
              most.accumulateAndGet(working.incrementAndGet(), Math::max);
              threes.arriveAndAwaitAdvance();
              working.decrementAndGet();
            });

    assertThat(most).hasValue(3);
  }

  @Test
  void aFailureEndsTheWorkAndSaysWhy() {
    AtomicInteger done = new AtomicInteger();

    assertThatThrownBy(() ->
            new Crowd(1)
                .each(
                    1_000,
                    number -> {
                      if (number == 5) {
                        throw new IllegalStateException("disk full");
                      }
                      done.incrementAndGet();
                    }))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("the database could not be filled: disk full");
    assertThat(done.get()).isLessThan(999);
  }
}
