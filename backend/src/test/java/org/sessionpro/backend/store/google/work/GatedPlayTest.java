package org.sessionpro.backend.store.google.work;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.sessionpro.backend.config.GoogleSettings.ProductId;
import org.sessionpro.backend.entitlement.Binding;
import org.sessionpro.backend.store.StoreAnswer;
import org.sessionpro.backend.store.StoreAnswer.NotFound;
import org.sessionpro.backend.store.StoreAnswer.Throttled;
import org.sessionpro.backend.store.StoreAnswer.Trouble;
import org.sessionpro.backend.store.StoreAnswer.TryLater;
import org.sessionpro.backend.store.StoreCalls;
import org.sessionpro.backend.store.StoreGate;
import org.sessionpro.backend.store.StoreGate.Closing;
import org.sessionpro.backend.store.StoreGate.Purpose;
import org.sessionpro.backend.store.google.PlayApi;
import org.sessionpro.backend.store.google.ProductResource;
import org.sessionpro.backend.store.google.SubscriptionResource;
import org.sessionpro.protocol.PurchaseToken;
import org.sessionpro.simulator.SimulatedClock;

/// Who waits for a turn to ask Google.
class GatedPlayTest {
  private static final Instant T = Instant.parse("2026-01-01T00:00:00Z");
  private static final PurchaseToken TOKEN = new PurchaseToken("A");

  /// Less than the patience of whoever waits, more than a busy machine makes of a moment.
  private static final Duration SPACE = Duration.ofMillis(2_900);

  private final SimulatedClock clock = new SimulatedClock(T);
  private final CountDownLatch waiting = new CountDownLatch(3);
  private final StoreGate gate =
      new StoreGate(
          new StoreGate.Rate(1, SPACE),
          () -> {
            waiting.countDown();
            return clock.instant();
          });

  @Test
  void whatIsSweptGoesBackAtOnceWhenItIsNotItsTurn() {
    AtomicInteger looks = new AtomicInteger();
    StoreGate watched =
        new StoreGate(
            new StoreGate.Rate(1, Duration.ofSeconds(1)),
            () -> {
              looks.incrementAndGet();
              return T;
            });
    GatedPlay swept = new GatedPlay(new Nobody(), watched, Purpose.SWEEP, clock);
    assertThat(swept.subscription(TOKEN)).isInstanceOf(NotFound.class);
    looks.set(0);

    assertThat(swept.subscription(TOKEN)).isEqualTo(new Throttled<>(T.plusSeconds(2)));

    assertThat(looks).hasValue(1);
  }

  @Test
  void whatBecameOfRequestsIsCounted() {
    GatedPlay swept = new GatedPlay(new Nobody(), gate, Purpose.SWEEP, clock);

    assertThat(swept.subscription(TOKEN)).isInstanceOf(NotFound.class);
    assertThat(swept.product(TOKEN)).isInstanceOf(Throttled.class);

    assertThat(gate.calls().endings().read())
        .containsEntry(StoreCalls.Ending.NOT_FOUND, 1L)
        .containsEntry(StoreCalls.Ending.HELD_BACK, 1L)
        .containsEntry(StoreCalls.Ending.THROTTLED, 0L);
    assertThat(gate.calls().times().read().count()).isOne();
    assertThat(gate.calls().lastAnswer()).isEmpty();
  }

  @Test
  void whoeverWaitsForATurnFollowsTheClock() throws Exception {
    GatedPlay work = new GatedPlay(new Nobody(), gate, Purpose.WORK, clock);
    assertThat(work.subscription(TOKEN)).isInstanceOf(NotFound.class);
    FutureTask<StoreAnswer<SubscriptionResource>> next =
        new FutureTask<>(() -> work.subscription(TOKEN));
    long begun = System.nanoTime();
    Thread.startVirtualThread(next);
    waiting.await();

    clock.advance(SPACE);

    assertThat(next.get()).isInstanceOf(NotFound.class);
    assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(SPACE);
  }

  @Test
  void whoReadsTheListOfVoidedPurchasesTooOftenKeepsNobodyElseAway() {
    StoreGate shared = new StoreGate(new StoreGate.Rate(10, Duration.ofSeconds(1)), clock);
    Instant until = T.plusSeconds(30);
    GatedPlay swept =
        new GatedPlay(new Nobody(new Throttled<>(until)), shared, Purpose.SWEEP, clock);

    assertThat(swept.voided(T, null)).isEqualTo(new Throttled<>(until));

    assertThat(shared.closed()).isEmpty();
    assertThat(swept.subscription(TOKEN)).isInstanceOf(NotFound.class);
  }

  @Test
  void anOutageOfThatListIsToldOnce() {
    StoreGate shared = new StoreGate(new StoreGate.Rate(10, Duration.ofSeconds(1)), clock);
    GatedPlay work =
        new GatedPlay(new Nobody(new TryLater<>(Trouble.UNAVAILABLE)), shared, Purpose.WORK, clock);
    try (GoogleLog log = new GoogleLog()) {
      for (int attempt = 0; attempt < 5; attempt++) {
        clock.advance(Duration.ofSeconds(2));
        assertThat(work.voided(T, null)).isInstanceOf(TryLater.class);
      }

      assertThat(shared.closed()).contains(Closing.OUTAGE);
      assertThat(log.at(Level.ERROR))
          .containsExactly("Google Play is out of order; it is asked again in a minute");
    }
  }

  @Test
  void thatListIsReadNoOftenerThanGoogleAllows() {
    StoreGate shared = new StoreGate(new StoreGate.Rate(10, Duration.ofSeconds(1)), clock);
    GatedPlay swept = new GatedPlay(new Nobody(), shared, Purpose.SWEEP, clock);
    assertThat(swept.voided(T, null)).isInstanceOf(NotFound.class);
    assertThat(swept.voided(T, null)).isInstanceOf(NotFound.class);

    // Who is interrupted does not wait.
    Thread.currentThread().interrupt();
    StoreAnswer<PlayApi.VoidPage> third = swept.voided(T, null);

    assertThat(Thread.interrupted()).isTrue();
    assertThat(third).isEqualTo(new Throttled<>(T.plusSeconds(2)));
  }

  /// A Google that has never heard of anything.
  ///
  /// @param voids what it says of voided purchases
  private record Nobody(StoreAnswer<VoidPage> voids) implements PlayApi {
    Nobody() {
      this(new NotFound<>());
    }

    @Override
    public StoreAnswer<SubscriptionResource> subscription(PurchaseToken token) {
      return new NotFound<>();
    }

    @Override
    public StoreAnswer<ProductResource> product(PurchaseToken token) {
      return new NotFound<>();
    }

    @Override
    public StoreAnswer<Done> acknowledgeSubscription(
        ProductId product, PurchaseToken token, @Nullable Binding owner) {
      return new NotFound<>();
    }

    @Override
    public StoreAnswer<Done> acknowledgeProduct(ProductId product, PurchaseToken token) {
      return new NotFound<>();
    }

    @Override
    public StoreAnswer<VoidPage> voided(Instant since, @Nullable PageToken page) {
      return voids;
    }

    @Override
    public StoreAnswer<List<BasePlan>> basePlans(ProductId subscription) {
      return new NotFound<>();
    }
  }
}
