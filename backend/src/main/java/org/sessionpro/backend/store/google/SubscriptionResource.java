package org.sessionpro.backend.store.google;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.sessionpro.backend.config.GoogleSettings.BasePlanId;
import org.sessionpro.backend.config.GoogleSettings.ProductId;
import org.sessionpro.backend.entitlement.Binding;
import org.sessionpro.protocol.BadRequest;
import org.sessionpro.protocol.OrderId;
import org.sessionpro.protocol.PurchaseToken;

/// What Google Play's own record says of a subscription: the parts of `purchases.subscriptionsv2.get`
/// that anything here follows from (`google-play.md` §4). Everything else, the buyer's profile and
/// words before all, is dropped while it is read.
///
/// @param startTime absent while the first payment is pending
/// @param lineItems what of it is ours
/// @param acknowledged whether Google knows that the purchase was granted
/// @param linked the purchase whose place this one took
/// @param notes what changes no entitlement by itself
public record SubscriptionResource(
    State state,
    @Nullable Instant startTime,
    List<LineItem> lineItems,
    boolean acknowledged,
    ExternalIds ids,
    @Nullable PurchaseToken linked,
    Notes notes) {
  private static final String KIND = "androidpublisher#subscriptionPurchaseV2";

  /// `subscriptionState` (`google-play.md` §5.2).
  public enum State {
    PENDING,
    ACTIVE,
    IN_GRACE_PERIOD,
    ON_HOLD,
    PAUSED,
    CANCELED,
    EXPIRED,
    PENDING_PURCHASE_CANCELED,
    /// Absent, or a state that nobody has heard of.
    UNSPECIFIED;

    private static final String PREFIX = "SUBSCRIPTION_STATE_";

    private static State of(String text) {
      return Arrays.stream(values())
          .filter(state -> text.equals(PREFIX + state.name()))
          .findFirst()
          .orElse(UNSPECIFIED);
    }
  }

  /// One of the things that a subscription consists of.
  ///
  /// @param order that paid for it; null while it is not owned
  /// @param expiry whole microseconds
  /// @param autoRenewing as stated; false for prepaid plans
  public record LineItem(
      @Nullable OrderId order,
      @Nullable Instant expiry,
      @Nullable BasePlanId basePlan,
      boolean prepaid,
      boolean autoRenewing) {}

  /// What says whose purchase it is (`google-play.md` §4.3).
  ///
  /// @param own the id that the app gave to the purchase
  /// @param expired the id of the expired subscription that was bought again outside of the app
  /// @param expiredToken the token of that subscription
  public record ExternalIds(
      @Nullable Binding own, @Nullable Binding expired, @Nullable PurchaseToken expiredToken) {}

  /// What changes no entitlement by itself.
  ///
  /// @param test whether a licence tester bought it
  /// @param foreign whether it consists of other products than ours, and of nothing else
  /// @param replaced whether it ended because another purchase took its place
  /// @param resumesAt end of a pause
  /// @param next the product that it will consist of after the next renewal
  public record Notes(
      boolean test,
      boolean foreign,
      boolean replaced,
      @Nullable Instant resumesAt,
      @Nullable ProductId next) {}

  public SubscriptionResource {
    lineItems = List.copyOf(lineItems);
  }

  /// Reads the body of the answer.
  ///
  /// @param ours the product that counts; nothing else that was bought with it is read
  /// @throws BadRequest if it is not one; the message holds no value
  public static SubscriptionResource parse(byte[] body, ProductId ours) {
    Lenient json = Lenient.parse(body);
    if (!json.text("kind").orElse("").equals(KIND)) {
      throw new BadRequest("kind", "must be " + KIND);
    }
    return new SubscriptionResource(
        State.of(json.text("subscriptionState").orElse("")),
        json.instant("startTime"),
        json.objects("lineItems").stream()
            .filter(item -> isOf(item, ours))
            .map(SubscriptionResource::item)
            .toList(),
        json.text("acknowledgementState").orElse("").equals("ACKNOWLEDGEMENT_STATE_ACKNOWLEDGED"),
        ids(json),
        json.token("linkedPurchaseToken"),
        notes(json, ours));
  }

  private static boolean isOf(Lenient item, ProductId ours) {
    return item.text("productId").filter(ours.value()::equals).isPresent();
  }

  private static LineItem item(Lenient item) {
    boolean renewing =
        item.object("autoRenewingPlan").map(plan -> plan.flag("autoRenewEnabled")).orElse(false);
    boolean prepaid = item.hasObject("prepaidPlan");
    BasePlanId basePlan =
        item.object("offerDetails")
            .flatMap(offer -> offer.text("basePlanId"))
            .map(BasePlanId::new)
            .orElse(null);
    return new LineItem(
        item.order("latestSuccessfulOrderId"),
        item.instant("expiryTime"),
        basePlan,
        prepaid,
        renewing && !prepaid);
  }

  /// The expired id has been seen under two names.
  private static ExternalIds ids(Lenient json) {
    Binding own =
        json.object("externalAccountIdentifiers")
            .map(ids -> ids.binding("obfuscatedExternalAccountId"))
            .orElse(null);
    Lenient context = json.object("outOfAppPurchaseContext").orElse(null);
    if (context == null) {
      return new ExternalIds(own, null, null);
    }
    Binding expired =
        context.object("expiredExternalAccountIdentifiers").stream()
            .flatMap(ids ->
                Stream.of("obfuscatedExternalAccountId", "obfuscatedAccountId")
                    .flatMap(name -> Stream.ofNullable(ids.binding(name))))
            .findFirst()
            .orElse(null);
    return new ExternalIds(own, expired, context.token("expiredPurchaseToken"));
  }

  private static Notes notes(Lenient json, ProductId ours) {
    List<Lenient> items = json.objects("lineItems");
    boolean foreign = !items.isEmpty() && items.stream().noneMatch(item -> isOf(item, ours));
    boolean replaced =
        json.object("canceledStateContext")
            .map(context -> context.hasObject("replacementCancellation"))
            .orElse(false);
    Instant resumesAt =
        json.object("pausedStateContext")
            .map(pause -> pause.shownInstant("autoResumeTime"))
            .orElse(null);
    ProductId next =
        items.stream()
            .flatMap(item -> item.object("deferredItemReplacement").stream())
            .flatMap(deferred -> Stream.ofNullable(deferred.shownProduct("productId")))
            .findFirst()
            .orElse(null);
    return new Notes(json.hasObject("testPurchase"), foreign, replaced, resumesAt, next);
  }

  /// The purchases whose payments may tell whose purchase this is, or what it goes on from.
  public List<PurchaseToken> related() {
    return Stream.of(ids.expiredToken(), linked).flatMap(Stream::ofNullable).distinct().toList();
  }
}
