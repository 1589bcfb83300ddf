package org.sessionpro.simulator.google.api;

import java.util.List;
import org.sessionpro.protocol.json.JsonWriter;
import org.sessionpro.simulator.google.play.Order;
import org.sessionpro.simulator.google.play.Order.Bought.Service;
import org.sessionpro.simulator.google.play.Order.Bought.Things;
import org.sessionpro.simulator.google.play.Order.Refund;

/// The body of `orders.get`, without what only an accountant would miss.
final class OrderResource {
  private OrderResource() {}

  static byte[] json(Order order) {
    return JsonWriter.object(root -> {
      root.text("orderId", order.id().value());
      root.text("purchaseToken", order.token().value());
      root.text("state", state(order));
      Fields.instant(root, "createTime", order.createdAt());
      Fields.instant(
          root,
          "lastEventTime",
          order.refunds().isEmpty() ? order.createdAt() : order.refunds().getLast().at());
      Fields.money(root, "total", order.total());
      root.objects("lineItems", List.of(order), OrderResource::writeItem);
      root.object("orderHistory", history -> writeHistory(history, order));
      root.text("salesChannel", "IN_APP");
    });
  }

  private static String state(Order order) {
    if (order.isFullyRefunded()) {
      return "REFUNDED";
    }
    return order.refunds().isEmpty() ? "PROCESSED" : "PARTIALLY_REFUNDED";
  }

  private static void writeItem(JsonWriter item, Order order) {
    switch (order.bought()) {
      case Service service -> {
        item.text("productId", service.sale().product().value());
        item.object(
            "subscriptionDetails",
            details -> {
              details.text("basePlanId", service.sale().plan().value());
              if (service.sale().offer() != null) {
                details.text("offerId", service.sale().offer().value());
              }
              Fields.instant(details, "servicePeriodStartTime", service.from());
              Fields.instant(details, "servicePeriodEndTime", service.until());
            });
      }
      case Things things -> {
        item.text("productId", things.product().value());
        item.object(
            "oneTimePurchaseDetails", details -> details.integer("quantity", things.quantity()));
      }
    }
    Fields.money(item, "total", order.total());
  }

  private static void writeHistory(JsonWriter history, Order order) {
    history.object(
        "processedEvent", event -> Fields.instant(event, "eventTime", order.createdAt()));
    List<Refund> partial = order.refunds().stream().filter(refund -> !refund.full()).toList();
    if (!partial.isEmpty()) {
      history.objects("partialRefundEvents", partial, OrderResource::writePartial);
    }
    order.refunds().stream()
        .filter(Refund::full)
        .findFirst()
        .ifPresent(refund ->
            history.object(
                "refundEvent",
                event -> {
                  Fields.instant(event, "eventTime", refund.at());
                  event.object("refundDetails", details -> writeAmount(details, refund));
                  event.text("refundReason", "OTHER");
                }));
  }

  private static void writePartial(JsonWriter event, Refund refund) {
    Fields.instant(event, "createTime", refund.at());
    event.text("state", "PROCESSED_SUCCESSFULLY");
    event.object("refundDetails", details -> writeAmount(details, refund));
  }

  private static void writeAmount(JsonWriter details, Refund refund) {
    Fields.money(details, "total", refund.amount());
  }
}
