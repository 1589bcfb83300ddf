package org.sessionpro.backend.store.google;

import com.google.api.services.androidpublisher.AndroidPublisher;
import com.google.api.services.androidpublisher.model.ExternalAccountIds;
import com.google.api.services.androidpublisher.model.ProductPurchasesAcknowledgeRequest;
import com.google.api.services.androidpublisher.model.SubscriptionPurchasesAcknowledgeRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.sessionpro.backend.config.GoogleSettings.BasePlanId;
import org.sessionpro.backend.config.GoogleSettings.PackageName;
import org.sessionpro.backend.config.GoogleSettings.ProductId;
import org.sessionpro.backend.entitlement.Binding;
import org.sessionpro.backend.entitlement.SubscriptionFact.HeardFrom;
import org.sessionpro.backend.entitlement.SubscriptionFact.Loss;
import org.sessionpro.backend.entitlement.SubscriptionFact.LossHeard;
import org.sessionpro.backend.store.StoreAnswer;
import org.sessionpro.protocol.BadRequest;
import org.sessionpro.protocol.OrderId;
import org.sessionpro.protocol.PurchaseToken;

/// The Google Play Developer API, asked by Google's own client.
final class GooglePlayApi implements PlayApi {
  private static final int SUBSCRIPTIONS_TOO = 1;
  private static final long PAGE = 1_000;

  private final AndroidPublisher publisher;
  private final String app;
  private final ProductId ours;
  private final GoogleCalls calls;

  /// @param ours the subscription that counts
  GooglePlayApi(AndroidPublisher publisher, PackageName app, ProductId ours, GoogleCalls calls) {
    this.publisher = publisher;
    this.app = app.value();
    this.ours = ours;
    this.calls = calls;
  }

  @Override
  public StoreAnswer<SubscriptionResource> subscription(PurchaseToken token) {
    return calls.call(
        () -> publisher.purchases().subscriptionsv2().get(app, token.value()),
        body -> SubscriptionResource.parse(body, ours));
  }

  @Override
  public StoreAnswer<ProductResource> product(PurchaseToken token) {
    return calls.call(
        () -> publisher.purchases().productsv2().getproductpurchasev2(app, token.value()),
        ProductResource::parse);
  }

  @Override
  public StoreAnswer<Done> acknowledgeSubscription(
      ProductId product, PurchaseToken token, @Nullable Binding owner) {
    SubscriptionPurchasesAcknowledgeRequest body = new SubscriptionPurchasesAcknowledgeRequest();
    if (owner != null) {
      body.setExternalAccountIds(
          new ExternalAccountIds().setObfuscatedAccountId(owner.bytes().hex()));
    }
    return calls.call(
        () ->
            publisher
                .purchases()
                .subscriptions()
                .acknowledge(app, product.value(), token.value(), body),
        _ -> new Done());
  }

  @Override
  public StoreAnswer<Done> acknowledgeProduct(ProductId product, PurchaseToken token) {
    return calls.call(
        () ->
            publisher
                .purchases()
                .products()
                .acknowledge(
                    app, product.value(), token.value(), new ProductPurchasesAcknowledgeRequest()),
        _ -> new Done());
  }

  @Override
  public StoreAnswer<VoidPage> voided(Instant since, @Nullable PageToken page) {
    return calls.call(
        () -> {
          AndroidPublisher.Purchases.Voidedpurchases.List list =
              publisher
                  .purchases()
                  .voidedpurchases()
                  .list(app)
                  .setType(SUBSCRIPTIONS_TOO)
                  .setIncludeQuantityBasedPartialRefund(true)
                  .setStartTime(since.toEpochMilli())
                  .setMaxResults(PAGE);
          return page == null ? list : list.setToken(page.value());
        },
        GooglePlayApi::voidPage);
  }

  static VoidPage voidPage(byte[] body) {
    Lenient json = Lenient.parse(body);
    return new VoidPage(
        json.objects("voidedPurchases").stream()
            .flatMap(entry -> voidEntry(entry).stream())
            .toList(),
        json.object("tokenPagination")
            .flatMap(pagination -> pagination.text("nextPageToken"))
            .map(PageToken::new)
            .orElse(null));
  }

  /// An entry without names and a time that can be kept is of no use, and must not keep us from the
  /// others.
  private static Optional<VoidEntry> voidEntry(Lenient entry) {
    try {
      return readVoid(entry);
    } catch (BadRequest unreadable) {
      return Optional.empty();
    }
  }

  private static Optional<VoidEntry> readVoid(Lenient entry) {
    PurchaseToken token = entry.token("purchaseToken");
    OrderId order = entry.order("orderId");
    OptionalLong at = entry.integer("voidedTimeMillis");
    if (token == null || token.value().isEmpty() || order == null || at.isEmpty()) {
      return Optional.empty();
    }
    if (at.getAsLong() < 0 || at.getAsLong() > DeveloperNotification.LATEST_MILLIS) {
      return Optional.empty();
    }
    Integer quantity = positive(entry.integer("voidedQuantity"));
    LossHeard loss =
        new LossHeard(
            quantity == null ? Loss.VOIDED_FULL : Loss.VOIDED_PARTIAL,
            order,
            quantity,
            number(entry.integer("voidedReason")),
            Instant.ofEpochMilli(at.getAsLong()),
            HeardFrom.VOID_LIST);
    return Optional.of(new VoidEntry(token, loss));
  }

  private static @Nullable Integer number(OptionalLong value) {
    return value.isEmpty()
        ? null
        : Math.clamp(value.getAsLong(), Integer.MIN_VALUE, Integer.MAX_VALUE);
  }

  private static @Nullable Integer positive(OptionalLong value) {
    return value.isEmpty() || value.getAsLong() < 1 ? null : number(value);
  }

  @Override
  public StoreAnswer<List<BasePlan>> basePlans(ProductId subscription) {
    return calls.call(
        () -> publisher.monetization().subscriptions().get(app, subscription.value()),
        body ->
            Lenient.parse(body).objects("basePlans").stream()
                .flatMap(GooglePlayApi::basePlan)
                .toList());
  }

  private static Stream<BasePlan> basePlan(Lenient plan) {
    Optional<Lenient> renewing =
        Stream.of("autoRenewingBasePlanType", "installmentsBasePlanType")
            .flatMap(name -> plan.object(name).stream())
            .findFirst();
    Duration grace =
        renewing
            .flatMap(type -> type.text("gracePeriodDuration"))
            .flatMap(GooglePlayApi::days)
            .orElse(null);
    return plan.text("basePlanId").stream()
        .map(id ->
            new BasePlan(
                new BasePlanId(id),
                sale(plan.text("state").orElse("")),
                renewing.isPresent(),
                grace));
  }

  private static Sale sale(String state) {
    return switch (state) {
      case "ACTIVE" -> Sale.SOLD;
      case "INACTIVE" -> Sale.RETIRED;
      default -> Sale.DRAFT;
    };
  }

  /// A period in ISO 8601, as the API writes it: days. Empty for any other.
  private static Optional<Duration> days(String period) {
    return period.matches("P[0-9]{1,4}D")
        ? Optional.of(Duration.ofDays(Long.parseLong(period.substring(1, period.length() - 1))))
        : Optional.empty();
  }
}
