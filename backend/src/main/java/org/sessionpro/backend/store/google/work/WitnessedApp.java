package org.sessionpro.backend.store.google.work;

import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.sessionpro.backend.config.GoogleSettings.ProductId;
import org.sessionpro.backend.entitlement.Binding;
import org.sessionpro.backend.store.StoreAnswer;
import org.sessionpro.backend.store.StoreAnswer.Answer;
import org.sessionpro.backend.store.google.PlayApi;
import org.sessionpro.backend.store.google.ProductResource;
import org.sessionpro.backend.store.google.SubscriptionResource;
import org.sessionpro.protocol.PurchaseToken;

/// Google Play, with word of the first thing that it shows of the app: then the name of the app is no
/// mistake, whatever the check at the start may not view.
public final class WitnessedApp implements PlayApi {
  private final PlayApi play;
  private final Runnable whenShown;
  private final AtomicBoolean told = new AtomicBoolean();

  /// @param whenShown done once, before whoever asked gets the answer; again if it fails
  public WitnessedApp(PlayApi play, Runnable whenShown) {
    this.play = play;
    this.whenShown = whenShown;
  }

  private <T> StoreAnswer<T> witnessed(StoreAnswer<T> answer) {
    if (answer instanceof Answer<T> && !told.get()) {
      whenShown.run();
      told.set(true);
    }
    return answer;
  }

  @Override
  public StoreAnswer<SubscriptionResource> subscription(PurchaseToken token) {
    return witnessed(play.subscription(token));
  }

  @Override
  public StoreAnswer<ProductResource> product(PurchaseToken token) {
    return witnessed(play.product(token));
  }

  @Override
  public StoreAnswer<Done> acknowledgeSubscription(
      ProductId product, PurchaseToken token, @Nullable Binding owner) {
    return play.acknowledgeSubscription(product, token, owner);
  }

  @Override
  public StoreAnswer<Done> acknowledgeProduct(ProductId product, PurchaseToken token) {
    return play.acknowledgeProduct(product, token);
  }

  @Override
  public StoreAnswer<VoidPage> voided(Instant since, @Nullable PageToken page) {
    return witnessed(play.voided(since, page));
  }

  @Override
  public StoreAnswer<List<BasePlan>> basePlans(ProductId subscription) {
    return witnessed(play.basePlans(subscription));
  }
}
