package org.sessionpro.backend.store.google;

import com.google.api.services.androidpublisher.AndroidPublisher;
import com.google.api.services.androidpublisher.model.CancelSubscriptionPurchaseRequest;
import com.google.api.services.androidpublisher.model.CancellationContext;
import com.google.api.services.androidpublisher.model.DeferSubscriptionPurchaseRequest;
import com.google.api.services.androidpublisher.model.DeferralContext;
import com.google.api.services.androidpublisher.model.OrdersReviewRefundRequest;
import com.google.api.services.androidpublisher.model.RevocationContext;
import com.google.api.services.androidpublisher.model.RevocationContextFullRefund;
import com.google.api.services.androidpublisher.model.RevocationContextProratedRefund;
import com.google.api.services.androidpublisher.model.RevokeSubscriptionPurchaseRequest;
import java.time.Duration;
import org.sessionpro.backend.config.GoogleSettings.PackageName;
import org.sessionpro.backend.store.StoreAnswer;
import org.sessionpro.backend.store.StoreAnswer.Answer;
import org.sessionpro.backend.store.google.PlayApi.Done;
import org.sessionpro.protocol.BadRequest;
import org.sessionpro.protocol.OrderId;
import org.sessionpro.protocol.PurchaseToken;

/// The same acts, asked for by Google's own client.
final class GooglePlayActs implements PlayActs {
  private final AndroidPublisher publisher;
  private final String app;
  private final GoogleCalls calls;

  GooglePlayActs(AndroidPublisher publisher, PackageName app, GoogleCalls calls) {
    this.publisher = publisher;
    this.app = app.value();
    this.calls = calls;
  }

  private StoreAnswer<Done> act(GoogleCalls.Request request) {
    return calls.call(request, _ -> new Done());
  }

  @Override
  public StoreAnswer<Done> review(
      OrderId order, PendingRefund refund, Preference preference, boolean sampled) {
    OrdersReviewRefundRequest body =
        new OrdersReviewRefundRequest()
            .setPendingRefundToken(refund.value())
            .setRefundPreference(preference.name())
            .setSampleContentProvided(sampled);
    return act(() -> publisher.orders().reviewrefund(app, order.value(), body));
  }

  @Override
  public StoreAnswer<Done> refund(OrderId order, boolean revoking) {
    return act(() -> publisher.orders().refund(app, order.value()).setRevoke(revoking));
  }

  @Override
  public StoreAnswer<Done> revoke(PurchaseToken token, MoneyBack back) {
    RevocationContext context =
        switch (back) {
          case FULL -> new RevocationContext().setFullRefund(new RevocationContextFullRefund());
          case PRORATED ->
              new RevocationContext().setProratedRefund(new RevocationContextProratedRefund());
        };
    RevokeSubscriptionPurchaseRequest body =
        new RevokeSubscriptionPurchaseRequest().setRevocationContext(context);
    return act(() -> publisher.purchases().subscriptionsv2().revoke(app, token.value(), body));
  }

  @Override
  public StoreAnswer<Done> cancel(PurchaseToken token, Canceler canceler) {
    String type =
        switch (canceler) {
          case BUYER -> "USER_REQUESTED_STOP_RENEWALS";
          case DEVELOPER -> "DEVELOPER_REQUESTED_STOP_PAYMENTS";
        };
    CancelSubscriptionPurchaseRequest body =
        new CancelSubscriptionPurchaseRequest()
            .setCancellationContext(new CancellationContext().setCancellationType(type));
    return act(() -> publisher.purchases().subscriptionsv2().cancel(app, token.value(), body));
  }

  /// Google wants to know which state of the subscription is meant.
  @Override
  public StoreAnswer<Done> defer(PurchaseToken token, Duration by) {
    StoreAnswer<String> read =
        calls.call(
            () -> publisher.purchases().subscriptionsv2().get(app, token.value()),
            GooglePlayActs::etag);
    if (!(read instanceof Answer<String>(String etag))) {
      return read.map(_ -> new Done());
    }
    DeferSubscriptionPurchaseRequest body =
        new DeferSubscriptionPurchaseRequest()
            .setDeferralContext(
                new DeferralContext().setDeferDuration(by.toSeconds() + "s").setEtag(etag));
    return act(() -> publisher.purchases().subscriptionsv2().defer(app, token.value(), body));
  }

  private static String etag(byte[] body) {
    return Lenient.parse(body)
        .text("etag")
        .orElseThrow(() -> new BadRequest("etag", "must be a string"));
  }
}
