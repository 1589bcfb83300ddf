package org.sessionpro.backend.store.google.work;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.sessionpro.backend.config.GoogleSettings.ProductId;
import org.sessionpro.backend.entitlement.Binding;
import org.sessionpro.backend.store.StoreAnswer;
import org.sessionpro.backend.store.StoreAnswer.Throttled;
import org.sessionpro.backend.store.StoreAnswer.Unauthorized;
import org.sessionpro.backend.store.StoreGate;
import org.sessionpro.backend.store.StoreGate.Admission;
import org.sessionpro.backend.store.StoreGate.Closing;
import org.sessionpro.backend.store.StoreGate.Purpose;
import org.sessionpro.backend.store.StoreGate.Wait;
import org.sessionpro.backend.store.google.PlayApi;
import org.sessionpro.backend.store.google.ProductResource;
import org.sessionpro.backend.store.google.SubscriptionResource;
import org.sessionpro.backend.telemetry.LoggerName;
import org.sessionpro.backend.telemetry.Severity;
import org.sessionpro.protocol.PurchaseToken;
import org.slf4j.Logger;

/// Google Play, asked only when its gate lets us. Who has to wait for longer than a moment is
/// answered [Throttled], without Google having been asked; whoever asks about a purchase that nobody
/// waits for is so at once, and keeps no place that others could use.
public final class GatedPlay implements PlayApi {
  private static final Logger LOG = LoggerName.GOOGLE_PLAY.logger();

  /// How long a request waits for its turn, in real time; far less than a lease of the inbox.
  private static final Duration PATIENCE = Duration.ofSeconds(3);

  /// Real time between two looks at a clock that may be moved by hand.
  private static final Duration LOOK = Duration.ofMillis(20);

  private final PlayApi play;
  private final StoreGate gate;
  private final Purpose purpose;
  private final InstantSource clock;

  /// @param gate shared by everything that asks
  /// @param purpose of everything that is asked through this
  public GatedPlay(PlayApi play, StoreGate gate, Purpose purpose, InstantSource clock) {
    this.play = play;
    this.gate = gate;
    this.purpose = purpose;
    this.clock = clock;
  }

  @Override
  public StoreAnswer<SubscriptionResource> subscription(PurchaseToken token) {
    return ask(() -> play.subscription(token));
  }

  @Override
  public StoreAnswer<ProductResource> product(PurchaseToken token) {
    return ask(() -> play.product(token));
  }

  @Override
  public StoreAnswer<Done> acknowledgeSubscription(
      ProductId product, PurchaseToken token, @Nullable Binding owner) {
    return ask(() -> play.acknowledgeSubscription(product, token, owner));
  }

  @Override
  public StoreAnswer<Done> acknowledgeProduct(ProductId product, PurchaseToken token) {
    return ask(() -> play.acknowledgeProduct(product, token));
  }

  @Override
  public StoreAnswer<VoidPage> voided(Instant since, @Nullable PageToken page) {
    return askBesides(() -> play.voided(since, page));
  }

  @Override
  public StoreAnswer<List<BasePlan>> basePlans(ProductId subscription) {
    return askBesides(() -> play.basePlans(subscription));
  }

  private <T> StoreAnswer<T> ask(Supplier<StoreAnswer<T>> call) {
    Instant shutUntil = awaitTurn(purpose == Purpose.SWEEP ? Duration.ZERO : PATIENCE);
    if (shutUntil != null) {
      return new Throttled<>(shutUntil);
    }
    StoreAnswer<T> answer = call.get();
    gate.heard(answer).ifPresent(GatedPlay::tell);
    return answer;
  }

  /// As above for what needs rights of its own: their absence says nothing about the rest.
  private <T> StoreAnswer<T> askBesides(Supplier<StoreAnswer<T>> call) {
    Instant shutUntil = awaitTurn(PATIENCE);
    if (shutUntil != null) {
      return new Throttled<>(shutUntil);
    }
    StoreAnswer<T> answer = call.get();
    if (!(answer instanceof Unauthorized<T>)) {
      gate.heard(answer).ifPresent(GatedPlay::tell);
    }
    return answer;
  }

  /// Waits for a moment if that is enough.
  ///
  /// @return null if the turn has come; else before when it does not
  private @Nullable Instant awaitTurn(Duration patience) {
    long deadline = System.nanoTime() + patience.toNanos();
    while (true) {
      Admission admission = gate.enter(purpose);
      if (!(admission instanceof Wait(Instant until))) {
        return null;
      }
      Duration pause = Duration.between(clock.instant(), until);
      Duration left = Duration.ofNanos(deadline - System.nanoTime());
      if (pause.compareTo(left) > 0 || left.isNegative() || !sleep(pause)) {
        return until;
      }
    }
  }

  /// Whether nobody interrupted it.
  private static boolean sleep(Duration pause) {
    try {
      Thread.sleep(pause.compareTo(LOOK) < 0 ? pause : LOOK);
      return true;
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private static void tell(Closing why) {
    switch (why) {
      case OUTAGE -> LOG.error("Google Play is out of order; it is asked again in a minute");
      case UNAUTHORIZED ->
          LOG.error(
              Severity.CRITICAL,
              "Google Play does not let us in: check the credentials and their rights;"
                  + " nothing is looked at for five minutes");
      case THROTTLED -> LOG.warn("Google Play wants to be asked less; it is left alone");
    }
  }
}
