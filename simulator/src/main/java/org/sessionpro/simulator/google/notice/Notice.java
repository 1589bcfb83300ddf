package org.sessionpro.simulator.google.notice;

import org.sessionpro.protocol.OrderId;
import org.sessionpro.protocol.PurchaseToken;
import org.sessionpro.simulator.google.catalogue.ProductId;

/// The news of one notification, one record for each block (`google-play.md` §2.1).
public sealed interface Notice {
  /// The news in one word: what scripts call it.
  String word();

  /// A subscription changed.
  record OfSubscription(SubscriptionEvent event, PurchaseToken token, ProductId product)
      implements Notice {
    @Override
    public String word() {
      return event.name();
    }
  }

  /// Something bought once changed.
  record OfProduct(ProductEvent event, PurchaseToken token, ProductId product) implements Notice {
    @Override
    public String word() {
      return "PRODUCT_" + event.name();
    }
  }

  /// An order was refunded.
  ///
  /// @param subscription false for something bought once
  /// @param full false if only some of the quantity was refunded
  record OfVoid(PurchaseToken token, OrderId order, boolean subscription, boolean full)
      implements Notice {
    @Override
    public String word() {
      return full ? "VOIDED" : "PARTLY_VOIDED";
    }
  }

  /// A buyer wants a refund, and Play asks the developer about it.
  ///
  /// @param reason Play's number
  record OfRefundReview(PurchaseToken token, OrderId order, int reason) implements Notice {
    @Override
    public String word() {
      return "REFUND_REVIEW";
    }
  }

  /// Somebody pressed the button that tests the pipeline.
  record OfTest() implements Notice {
    @Override
    public String word() {
      return "TEST";
    }
  }

  /// The purchase it is about; the empty token if it is about none.
  default PurchaseToken subject() {
    return switch (this) {
      case OfSubscription notice -> notice.token();
      case OfProduct notice -> notice.token();
      case OfVoid notice -> notice.token();
      case OfRefundReview notice -> notice.token();
      case OfTest _ -> new PurchaseToken("");
    };
  }
}
