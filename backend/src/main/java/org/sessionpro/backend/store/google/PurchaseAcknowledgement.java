package org.sessionpro.backend.store.google;

import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.sessionpro.backend.config.GoogleSettings.Catalogue;
import org.sessionpro.backend.config.GoogleSettings.ProductId;
import org.sessionpro.backend.entitlement.Binding;
import org.sessionpro.backend.store.StoreAnswer;
import org.sessionpro.backend.store.StoreAnswer.Answer;
import org.sessionpro.backend.store.StoreAnswer.Gone;
import org.sessionpro.backend.store.StoreAnswer.Refused;
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
  ///
  /// @param shown the record that was read before; null of what was bought once, and of what is gone
  public record Settled(@Nullable SubscriptionResource shown) implements Outcome {
    private static Settled unseen() {
      return new Settled(null);
    }
  }

  /// It is still owed.
  ///
  /// @param why how the last request ended
  public record StillOwed(StoreAnswer<?> why) implements Outcome {}

  /// The turn was over before the end.
  public record CutShort() implements Outcome {}

  /// Acknowledges a subscription.
  ///
  /// @param binding what its owner is known by here; sent where a subscription was bought again outside
  ///     of the app and names nobody itself, which makes it last
  /// @param turn whether to go on, asked before each request but the first one
  public Outcome subscription(
      PurchaseToken token, @Nullable Binding binding, BooleanSupplier turn) {
    StoreAnswer<SubscriptionResource> before = play.subscription(token);
    SubscriptionResource shown =
        before instanceof Answer<SubscriptionResource> read ? read.value() : null;
    if (isSettledSubscription(before)) {
      return new Settled(shown);
    }
    if (shown == null) {
      return new StillOwed(before);
    }
    Binding missing = isBoughtAgain(shown.ids()) ? binding : null;
    return tell(
        new Settled(shown),
        turn,
        () -> acknowledge(token, missing, turn),
        () -> isSettledSubscription(play.subscription(token)));
  }

  /// If Google refuses to keep whose it is, it is acknowledged without: the payment is registered here
  /// under its owner, and must not be taken back for that.
  private StoreAnswer<Done> acknowledge(
      PurchaseToken token, @Nullable Binding owner, BooleanSupplier turn) {
    StoreAnswer<Done> told = play.acknowledgeSubscription(catalogue.subscription(), token, owner);
    return owner != null && told instanceof Refused<Done> && turn.getAsBoolean()
        ? play.acknowledgeSubscription(catalogue.subscription(), token, null)
        : told;
  }

  /// Acknowledges, and looks what came of it if that failed.
  private static Outcome tell(
      Settled settled,
      BooleanSupplier turn,
      Supplier<StoreAnswer<Done>> acknowledge,
      BooleanSupplier isSettled) {
    if (!turn.getAsBoolean()) {
      return new CutShort();
    }
    StoreAnswer<Done> told = acknowledge.get();
    if (told instanceof Answer<Done>) {
      return settled;
    }
    if (!turn.getAsBoolean()) {
      return new CutShort();
    }
    return isSettled.getAsBoolean() ? settled : new StillOwed(told);
  }

  private static boolean isBoughtAgain(SubscriptionResource.ExternalIds ids) {
    return ids.own() == null && (ids.expired() != null || ids.expiredToken() != null);
  }

  /// Whether Google's record says that it is acknowledged, or that there is nothing left to protect.
  private static boolean isSettledSubscription(StoreAnswer<SubscriptionResource> record) {
    return switch (record) {
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
  }

  /// Acknowledges a one-time purchase, also of something that is not sold any more: it was granted.
  ///
  /// @param turn whether to go on, asked before each request but the first one
  public Outcome oneTime(PurchaseToken token, BooleanSupplier turn) {
    StoreAnswer<ProductResource> before = play.product(token);
    if (isSettledProduct(before)) {
      return Settled.unseen();
    }
    if (!(before instanceof Answer<ProductResource> read)) {
      return new StillOwed(before);
    }
    Optional<ProductId> product =
        read.value().items().stream().map(ProductResource.Item::product).findFirst();
    return product.isEmpty()
        ? new StillOwed(before)
        : tell(
            Settled.unseen(),
            turn,
            () -> play.acknowledgeProduct(product.get(), token),
            () -> isSettledProduct(play.product(token)));
  }

  private static boolean isSettledProduct(StoreAnswer<ProductResource> record) {
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
