package org.sessionpro.backend.store.google;

import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.sessionpro.backend.entitlement.Binding;
import org.sessionpro.backend.entitlement.RegisteredPayment;
import org.sessionpro.protocol.MasterKey;
import org.sessionpro.protocol.PurchaseToken;
import org.sessionpro.protocol.StoreBindings;

/// Whose purchase it is.
///
/// @param binding what its owner is known by
/// @param owner who is bound to it at once, because one of our own payments told; null if the owner
///     must ask first
record Attribution(Binding binding, @Nullable MasterKey owner) {

  /// The first source that tells (`google-play.md` §4.3): the purchase's own id, what its former
  /// cycles had or who owns them, the id of the expired subscription, then whoever owns the newest
  /// payment of that one or of the one whose place it took. Empty if none does.
  static Optional<Attribution> of(SubscriptionResource resource, PurchaseToken token, Known known) {
    SubscriptionResource.ExternalIds ids = resource.ids();
    return Stream.of(
            stated(ids.own()),
            ofFormerCycles(token, known),
            ofFormerOwner(token, known),
            stated(ids.expired()),
            ofOwner(ids.expiredToken(), known),
            ofOwner(resource.linked(), known))
        .flatMap(Optional::stream)
        .findFirst();
  }

  private static Optional<Attribution> stated(@Nullable Binding id) {
    return Optional.ofNullable(id).map(binding -> new Attribution(binding, null));
  }

  private static Optional<Attribution> ofFormerCycles(PurchaseToken token, Known known) {
    return known.of(token).stream()
        .flatMap(one -> Stream.ofNullable(one.payment().witnessed().binding()))
        .reduce((_, last) -> last)
        .map(binding -> new Attribution(binding, null));
  }

  /// Payments that were taken over may have an owner and no id. Whether the owner gets the next cycle
  /// at once is for the rule of all renewals to say (`google-play.md` §5.1, step 5).
  private static Optional<Attribution> ofFormerOwner(PurchaseToken token, Known known) {
    return ofOwner(token, known).map(it -> new Attribution(it.binding(), null));
  }

  private static Optional<Attribution> ofOwner(@Nullable PurchaseToken token, Known known) {
    return known
        .newestOwned(token)
        .flatMap(one ->
            Optional.ofNullable(known.owner(one))
                .map(key -> new Attribution(binding(one, key), key)));
  }

  private static Binding binding(RegisteredPayment one, MasterKey owner) {
    Binding stated = one.payment().witnessed().binding();
    return stated == null ? new Binding(StoreBindings.of(owner).googleKey()) : stated;
  }
}
