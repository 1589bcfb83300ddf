package org.sessionpro.backend.http.ops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.sessionpro.backend.telemetry.Metric;

/// What those get who ask for something that takes its time, and what cannot be shown.
class GlanceTest {
  private static final Duration LONG = Duration.ofSeconds(20);
  private static final Duration MOMENT = Duration.ofMillis(1);

  private final AtomicInteger looks = new AtomicInteger();

  @Test
  void whoeverAsksSoonAgainGetsTheSame() {
    Glance<Integer> glance = new Glance<>("a test", looks::incrementAndGet, LONG);

    assertThat(glance.get(LONG)).map(Glance.Held::value).contains(1);
    assertThat(glance.get(LONG)).map(Glance.Held::value).contains(1);
  }

  @Test
  void whoeverAsksLaterGetsANewerOne() {
    Glance<Integer> glance = new Glance<>("a test", looks::incrementAndGet, Duration.ZERO);

    assertThat(glance.get(LONG)).map(Glance.Held::value).contains(1);
    assertThat(glance.get(LONG)).map(Glance.Held::value).contains(2);
  }

  @Test
  void nobodyWaitsForALookThatHangsAndNoSecondOneBegins() throws Exception {
    CountDownLatch end = new CountDownLatch(1);
    Glance<Integer> glance =
        new Glance<>(
            "a test",
            () -> {
              int number = looks.incrementAndGet();
              if (number > 1) {
                await(end);
              }
              return number;
            },
            Duration.ZERO);
    assertThat(glance.get(LONG)).map(Glance.Held::value).contains(1);

    assertThat(glance.get(MOMENT)).map(Glance.Held::value).contains(1);
    assertThat(glance.get(MOMENT)).map(Glance.Held::value).contains(1);

    assertThat(looks).hasValueLessThanOrEqualTo(2);
    end.countDown();
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void aLookThatFailsLeavesTheOldValueAndIsCounted() {
    Glance<Integer> glance =
        new Glance<>(
            "a test",
            () -> {
              if (looks.incrementAndGet() > 1) {
                throw new IllegalStateException("no");
              }
              return 1;
            },
            Duration.ZERO);
    assertThat(glance.get(LONG)).map(Glance.Held::value).contains(1);

    assertThat(glance.get(LONG)).map(Glance.Held::value).contains(1);
    assertThat(glance.failures()).isOne();
  }

  @Test
  void aNumberNeedsTheLabelsOfItsMetric() {
    assertThatThrownBy(() -> new Scrape().show(Metric.REQUESTS, 1, "one"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("[route, transport, protocol, outcome]");
  }

  @Test
  void aNumberIsOfTheKindOfItsMetric() {
    assertThatThrownBy(() -> new Scrape().show(Metric.REQUEST_TIME, 1, "one", "other"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("is a histogram");
  }
}
