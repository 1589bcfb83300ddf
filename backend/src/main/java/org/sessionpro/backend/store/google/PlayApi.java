package org.sessionpro.backend.store.google;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.sessionpro.backend.config.GoogleSettings.BasePlanId;
import org.sessionpro.backend.config.GoogleSettings.ProductId;
import org.sessionpro.backend.entitlement.Binding;
import org.sessionpro.backend.entitlement.SubscriptionFact.LossHeard;
import org.sessionpro.backend.store.StoreAnswer;
import org.sessionpro.protocol.PurchaseToken;

/// What can be asked of the Google Play Developer API (`google-play.md` §8). Each call ends within 15
/// seconds, and within 45 if a token must be fetched first, or is refused: within a lease of the inbox.
public interface PlayApi {
  /// The present record of a subscription.
  StoreAnswer<SubscriptionResource> subscription(PurchaseToken token);

  /// The present record of a one-time purchase.
  StoreAnswer<ProductResource> product(PurchaseToken token);

  /// Tells Google that a subscription was granted.
  ///
  /// @param owner whose it is from now on, for a purchase that does not say and that was made outside
  ///     of the app; null to leave that alone
  StoreAnswer<Done> acknowledgeSubscription(
      ProductId product, PurchaseToken token, @Nullable Binding owner);

  /// Tells Google that a one-time purchase was granted.
  StoreAnswer<Done> acknowledgeProduct(ProductId product, PurchaseToken token);

  /// A page of what was voided since an instant at most 30 days ago.
  ///
  /// @param page null for the first one
  StoreAnswer<VoidPage> voided(Instant since, @Nullable PageToken page);

  /// In which ways a subscription is sold.
  StoreAnswer<List<BasePlan>> basePlans(ProductId subscription);

  /// It is done; there is nothing more to say.
  record Done() {}

  /// Where a list goes on.
  record PageToken(String value) {}

  /// Part of a list.
  ///
  /// @param next null on the last page
  record VoidPage(List<VoidEntry> entries, @Nullable PageToken next) {
    public VoidPage {
      entries = List.copyOf(entries);
    }
  }

  /// A purchase that was voided. The list does not say of which kind it was.
  record VoidEntry(PurchaseToken token, LossHeard loss) {}

  /// A way in which a subscription is sold.
  ///
  /// @param autoRenewing false for prepaid plans
  /// @param grace how long Google serves it while it tries to collect a renewal; null if that is not
  ///     said
  record BasePlan(BasePlanId id, Sale sale, boolean autoRenewing, @Nullable Duration grace) {}

  /// Whether a way in which a subscription is sold is one.
  enum Sale {
    /// Somebody can buy it at present.
    SOLD,
    /// Nobody can buy it any more; whoever did goes on renewing it.
    RETIRED,
    /// Nobody ever could.
    DRAFT
  }
}
