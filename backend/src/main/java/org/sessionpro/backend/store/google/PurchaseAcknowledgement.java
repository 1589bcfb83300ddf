package org.sessionpro.backend.store.google;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.sessionpro.backend.config.GoogleSettings.Catalogue;
import org.sessionpro.backend.config.GoogleSettings.ProductId;
import org.sessionpro.backend.entitlement.Binding;
import org.sessionpro.backend.store.StoreAnswer;
import org.sessionpro.backend.store.StoreAnswer.Answer;
import org.sessionpro.backend.store.StoreAnswer.Gone;
import org.sessionpro.backend.store.google.PlayApi.Done;
import org.sessionpro.backend.store.google.SubscriptionResource.State;
import org.sessionpro.protocol.PurchaseToken;

/// Tells Google that a purchase was granted, once its payment is recorded: what nobody acknowledges
/// is given back after three days (`google-play.md` §7).
///
/// Google's record decides before and after, never the way in which a request failed.
public final class PurchaseAcknowledgement {
  private final PlayApi play;
  private final Catalogue catalogue;

  public PurchaseAcknowledgement(PlayApi play, Catalogue catalogue) {
    this.play = play;
    this.catalogue = catalogue;
  }

  /// What came of it.
  public sealed interface Outcome {}

  /// Google owes and is owed nothing about this purchase any more.
  public record Settled() implements Outcome {}

  /// It is still owed.
  ///
  /// @param why how the last request ended
  public record Owed(StoreAnswer<?> why) implements Outcome {}

  /// Acknowledges a subscription.
  ///
  /// @param binding what its owner is known by here; sent where a subscription was bought again outside
  ///     of the app and names nobody itself, which makes it last
  public Outcome subscription(PurchaseToken token, @Nullable Binding binding) {
    StoreAnswer<SubscriptionResource> before = play.subscription(token);
    Optional<Outcome> early = settled(before);
    if (early.isPresent() || !(before instanceof Answer<SubscriptionResource> read)) {
      return early.orElseGet(() -> new Owed(before));
    }
    Binding missing = isBoughtAgain(read.value().ids()) ? binding : null;
    StoreAnswer<Done> told = play.acknowledgeSubscription(catalogue.subscription(), token, missing);
    if (told instanceof Answer<Done>) {
      return new Settled();
    }
    return settled(play.subscription(token)).orElseGet(() -> new Owed(told));
  }

  private static boolean isBoughtAgain(SubscriptionResource.ExternalIds ids) {
    return ids.own() == null && (ids.expired() != null || ids.expiredToken() != null);
  }

  /// What Google's record says is settled: it is acknowledged, or there is nothing left to protect.
  private static Optional<Outcome> settled(StoreAnswer<SubscriptionResource> record) {
    boolean settled =
        switch (record) {
          case Answer<SubscriptionResource>(SubscriptionResource resource) ->
              resource.acknowledged() || resource.state() == State.EXPIRED;
          case Gone<SubscriptionResource> _ -> true;
          case StoreAnswer.NotFound<SubscriptionResource> _,
              StoreAnswer.Throttled<SubscriptionResource> _,
              StoreAnswer.Unauthorized<SubscriptionResource> _,
              StoreAnswer.TryLater<SubscriptionResource> _,
              StoreAnswer.Refused<SubscriptionResource> _ ->
              false;
        };
    return settled ? Optional.of(new Settled()) : Optional.empty();
  }

  /// Acknowledges a one-time purchase.
  public Outcome oneTime(PurchaseToken token) {
    StoreAnswer<ProductResource> before = play.product(token);
    if (isSettled(before)) {
      return new Settled();
    }
    if (!(before instanceof Answer<ProductResource> read)) {
      return new Owed(before);
    }
    Optional<ProductId> product =
        read.value().items().stream()
            .map(ProductResource.Item::product)
            .filter(catalogue.oneTime()::containsKey)
            .findFirst();
    if (product.isEmpty()) {
      return new Owed(before);
    }
    StoreAnswer<Done> told = play.acknowledgeProduct(product.get(), token);
    return told instanceof Answer<Done> || isSettled(play.product(token))
        ? new Settled()
        : new Owed(told);
  }

  private static boolean isSettled(StoreAnswer<ProductResource> record) {
    return switch (record) {
      case Answer<ProductResource>(ProductResource resource) ->
          resource.acknowledged() || resource.state() == ProductResource.State.CANCELED;
      case Gone<ProductResource> _ -> true;
      case StoreAnswer.NotFound<ProductResource> _,
          StoreAnswer.Throttled<ProductResource> _,
          StoreAnswer.Unauthorized<ProductResource> _,
          StoreAnswer.TryLater<ProductResource> _,
          StoreAnswer.Refused<ProductResource> _ ->
          false;
    };
  }
}
