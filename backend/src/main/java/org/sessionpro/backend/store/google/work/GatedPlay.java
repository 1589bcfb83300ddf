package org.sessionpro.backend.store.google.work;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.sessionpro.backend.config.GoogleSettings.ProductId;
import org.sessionpro.backend.entitlement.Binding;
import org.sessionpro.backend.store.GatedCalls;
import org.sessionpro.backend.store.StoreAnswer;
import org.sessionpro.backend.store.StoreGate;
import org.sessionpro.backend.store.StoreGate.Purpose;
import org.sessionpro.backend.store.google.PlayApi;
import org.sessionpro.backend.store.google.ProductResource;
import org.sessionpro.backend.store.google.SubscriptionResource;
import org.sessionpro.backend.telemetry.LoggerName;
import org.sessionpro.protocol.PurchaseToken;

/// Google Play, asked only when its gate lets us ([GatedCalls]).
public final class GatedPlay implements PlayApi {
  private static final GatedCalls.Store STORE =
      new GatedCalls.Store("Google Play", LoggerName.GOOGLE_PLAY);

  private static final GatedCalls.Store VOID_LIST =
      new GatedCalls.Store("Google's list of voided purchases", LoggerName.GOOGLE_PLAY);

  /// Google allows 30 within 30 seconds (`google-play.md` §6.3). Spread, so that a list of any length
  /// comes to its end.
  private static final StoreGate.Rate OF_VOID_LIST = new StoreGate.Rate(2, Duration.ofSeconds(2));

  private final PlayApi play;
  private final GatedCalls calls;
  private final GatedCalls voids;

  /// @param gate shared by everything that asks
  /// @param purpose of everything that is asked through this
  public GatedPlay(PlayApi play, StoreGate gate, Purpose purpose, InstantSource clock) {
    this.play = play;
    this.calls = new GatedCalls(STORE, gate, purpose, clock);
    this.voids = new GatedCalls(VOID_LIST, new StoreGate(OF_VOID_LIST, clock), Purpose.WORK, clock);
  }

  @Override
  public StoreAnswer<SubscriptionResource> subscription(PurchaseToken token) {
    return calls.ask(() -> play.subscription(token));
  }

  @Override
  public StoreAnswer<ProductResource> product(PurchaseToken token) {
    return calls.ask(() -> play.product(token));
  }

  @Override
  public StoreAnswer<Done> acknowledgeSubscription(
      ProductId product, PurchaseToken token, @Nullable Binding owner) {
    return calls.askBesides(() -> play.acknowledgeSubscription(product, token, owner));
  }

  @Override
  public StoreAnswer<Done> acknowledgeProduct(ProductId product, PurchaseToken token) {
    return calls.askBesides(() -> play.acknowledgeProduct(product, token));
  }

  @Override
  public StoreAnswer<VoidPage> voided(Instant since, @Nullable PageToken page) {
    return calls.askApart(() -> voids.askWithin(() -> play.voided(since, page)));
  }

  @Override
  public StoreAnswer<List<BasePlan>> basePlans(ProductId subscription) {
    return calls.askBesides(() -> play.basePlans(subscription));
  }
}
