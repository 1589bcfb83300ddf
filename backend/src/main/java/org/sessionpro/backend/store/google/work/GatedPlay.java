package org.sessionpro.backend.store.google.work;

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

  private final PlayApi play;
  private final GatedCalls calls;

  /// @param gate shared by everything that asks
  /// @param purpose of everything that is asked through this
  public GatedPlay(PlayApi play, StoreGate gate, Purpose purpose, InstantSource clock) {
    this.play = play;
    this.calls = new GatedCalls(STORE, gate, purpose, clock);
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
    return calls.askBesides(() -> play.voided(since, page));
  }

  @Override
  public StoreAnswer<List<BasePlan>> basePlans(ProductId subscription) {
    return calls.askBesides(() -> play.basePlans(subscription));
  }
}
