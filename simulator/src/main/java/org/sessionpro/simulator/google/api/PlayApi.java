package org.sessionpro.simulator.google.api;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.sessionpro.protocol.BadRequest;
import org.sessionpro.protocol.OrderId;
import org.sessionpro.protocol.PurchaseToken;
import org.sessionpro.protocol.json.JsonWriter;
import org.sessionpro.simulator.google.catalogue.ProductId;
import org.sessionpro.simulator.google.play.ExternalIds;
import org.sessionpro.simulator.google.play.PlayRefusal;
import org.sessionpro.simulator.google.play.PlayStore;
import org.sessionpro.simulator.google.play.PlayStore.Canceler;
import org.sessionpro.simulator.google.play.Subscription;
import org.sessionpro.simulator.google.play.Voiding.Cause;
import org.sessionpro.simulator.http.Answer;
import org.sessionpro.simulator.http.Body;
import org.sessionpro.simulator.http.Request;
import org.sessionpro.simulator.http.Service.Handler;

/// What each endpoint of the Google Play Developer API does (`google-play.md` §8).
final class PlayApi {
  private static final Set<String> PREFERENCES = Set.of("APPROVE", "DECLINE", "NEUTRAL");

  private final PlayStore store;
  private final InstantSource clock;
  private final SubscriptionResource subscriptions;
  private final ProductPurchaseResource products;
  private final ReadLog reads;

  PlayApi(PlayStore store, InstantSource clock, Fields fields, ReadLog reads) {
    this.store = store;
    this.clock = clock;
    this.subscriptions = new SubscriptionResource(store.catalogue(), fields);
    this.products = new ProductPurchaseResource(fields);
    this.reads = reads;
  }

  /// Answers, or says why not.
  static Answer attempt(PlayEndpoint endpoint, Supplier<Answer> answer) {
    try {
      return answer.get();
    } catch (PlayRefusal refusal) {
      int status =
          switch (refusal.kind()) {
            case UNKNOWN -> 404;
            case GONE -> 410;
            case NOT_POSSIBLE -> 400;
          };
      return ErrorBody.of(endpoint, status, "", null);
    } catch (BadRequest | IllegalArgumentException malformed) {
      return ErrorBody.of(endpoint, 400, "", null);
    }
  }

  Handler read(PurchaseToken token) {
    return new Handler() {
      @Override
      public Answer answer() {
        return attempt(PlayEndpoint.READ, () -> shown(store.readable(token)));
      }

      @Override
      public Answer formerAnswer() {
        return attempt(PlayEndpoint.READ, () -> shown(store.former(token)));
      }
    };
  }

  private Answer shown(Subscription subscription) {
    Instant now = clock.instant();
    reads.add(now, subscription);
    return Answer.json(200, subscriptions.json(subscription, now));
  }

  Answer acknowledge(PurchaseToken token, Request request) {
    Body ids = Body.of(request).object("externalAccountIds");
    store.acknowledge(token, ids(ids));
    return Answer.empty(204);
  }

  private static @Nullable ExternalIds ids(Body ids) {
    return ids.text("obfuscatedAccountId")
        .map(account -> new ExternalIds(account, ids.text("obfuscatedProfileId").orElse(null)))
        .orElse(null);
  }

  Answer cancel(PurchaseToken token, Request request) {
    String type =
        Body.of(request).object("cancellationContext").text("cancellationType").orElse("");
    store.cancel(
        token,
        type.equals("DEVELOPER_REQUESTED_STOP_PAYMENTS") ? Canceler.DEVELOPER : Canceler.USER);
    return nothing();
  }

  Answer defer(PurchaseToken token, Request request) {
    Body context = Body.of(request).object("deferralContext");
    Subscription present = store.readable(token);
    String etag = subscriptions.etag(present, clock.instant());
    if (!context.text("etag").equals(Optional.of(etag))) {
      return ErrorBody.of(PlayEndpoint.DEFER, 409, "", null);
    }
    Duration by = seconds(context.text("deferDuration").orElse(""));
    if (!context.flag("validateOnly")) {
      store.defer(token, by);
    }
    Instant expiry = store.readable(token).statedExpiry();
    return Answer.json(
        200,
        JsonWriter.object(root ->
            root.objects(
                "itemExpiryTimeDetails",
                List.of(present.sale().product()),
                (item, product) -> {
                  item.text("productId", product.value());
                  if (expiry != null) {
                    Fields.instant(item, "expiryTime", expiry);
                  }
                })));
  }

  /// A span as the API writes it: seconds with an `s` behind.
  private static Duration seconds(String text) {
    if (!text.matches("[0-9]{1,9}s")) {
      throw new IllegalArgumentException("a duration is a number of seconds and an s");
    }
    return Duration.ofSeconds(Long.parseLong(text.substring(0, text.length() - 1)));
  }

  Answer revoke(PurchaseToken token, Request request) {
    Body context = Body.of(request).object("revocationContext");
    boolean stated =
        context.has("fullRefund")
            || context.has("proratedRefund")
            || context.has("itemBasedRefund");
    if (!stated) {
      return ErrorBody.of(PlayEndpoint.REVOKE, 400, "", null);
    }
    store.revoke(token, Cause.DEVELOPER);
    return nothing();
  }

  Answer readProduct(PurchaseToken token) {
    return Answer.json(200, products.json(store.oneTimePurchase(token)));
  }

  Answer acknowledgeProduct(PurchaseToken token) {
    store.acknowledgeOnce(token);
    return Answer.empty(204);
  }

  Answer order(OrderId id) {
    return Answer.json(200, OrderResource.json(store.order(id)));
  }

  Answer refund(OrderId id, Request request) {
    store.refund(id, Boolean.parseBoolean(request.parameter("revoke").orElse("false")));
    return Answer.empty(204);
  }

  /// Play decides about the refund itself, later, or never: an answer changes nothing by itself.
  Answer review(OrderId id, Request request) {
    Body answer = Body.of(request);
    var _ = store.order(id);
    boolean whole =
        answer.text("pendingRefundToken").isPresent()
            && answer.text("refundPreference").filter(PREFERENCES::contains).isPresent()
            && answer.has("sampleContentProvided");
    return whole ? Answer.empty(204) : ErrorBody.of(PlayEndpoint.REVIEW_REFUND, 400, "", null);
  }

  Answer voids(Request request) {
    return VoidedPurchases.list(request, store.voidings(), clock.instant());
  }

  Answer product(ProductId id) {
    boolean sold =
        store.catalogue().subscriptions().stream().anyMatch(product -> product.id().equals(id));
    return sold
        ? Answer.json(
            200,
            CatalogueResource.json(
                store.catalogue().packageName(), store.catalogue().subscription(id)))
        : ErrorBody.of(PlayEndpoint.CATALOGUE, 404, "notFound", null);
  }

  private static Answer nothing() {
    return Answer.json(200, JsonWriter.object(_ -> {}));
  }
}
