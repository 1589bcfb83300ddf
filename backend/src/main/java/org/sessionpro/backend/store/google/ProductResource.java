package org.sessionpro.backend.store.google;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.sessionpro.backend.config.GoogleSettings.ProductId;
import org.sessionpro.backend.entitlement.Binding;
import org.sessionpro.protocol.BadRequest;
import org.sessionpro.protocol.OrderId;

/// What Google Play's own record says of something that was bought once: the parts of
/// `purchases.productsv2.getproductpurchasev2` that anything here follows from (`google-play.md` §10).
///
/// @param order that paid for it; null while the payment is pending, and of what a code paid for
/// @param owner the id that the app gave to the purchase
/// @param completedAt when it was paid; null while the payment is pending
public record ProductResource(
    State state,
    @Nullable OrderId order,
    List<Item> items,
    @Nullable Binding owner,
    @Nullable Instant completedAt,
    boolean acknowledged,
    boolean test) {
  private static final String KIND = "androidpublisher#productPurchaseV2";

  /// `purchaseState`.
  public enum State {
    PENDING,
    PURCHASED,
    CANCELED
  }

  /// What was bought, and how many of it.
  ///
  /// @param quantity at least 1
  public record Item(ProductId product, int quantity) {}

  public ProductResource {
    items = List.copyOf(items);
  }

  /// How many things were bought in all.
  long pieces() {
    return items.stream().mapToLong(Item::quantity).sum();
  }

  /// Reads the body of the answer.
  ///
  /// @throws BadRequest if it is not one; the message holds no value
  public static ProductResource parse(byte[] body) {
    Lenient json = Lenient.parse(body);
    if (!json.text("kind").orElse("").equals(KIND)) {
      throw new BadRequest("kind", "must be " + KIND);
    }
    return new ProductResource(
        json.object("purchaseStateContext")
            .flatMap(context -> context.text("purchaseState"))
            .map(ProductResource::state)
            .orElse(State.PENDING),
        json.order("orderId"),
        json.objects("productLineItem").stream().map(ProductResource::item).toList(),
        json.binding("obfuscatedExternalAccountId"),
        json.instant("purchaseCompletionTime"),
        json.text("acknowledgementState").orElse("").equals("ACKNOWLEDGEMENT_STATE_ACKNOWLEDGED"),
        json.hasObject("testPurchaseContext"));
  }

  /// What is not known to be paid for is waited for.
  private static State state(String text) {
    return switch (text) {
      case "PURCHASED" -> State.PURCHASED;
      case "CANCELLED", "CANCELED" -> State.CANCELED;
      default -> State.PENDING;
    };
  }

  private static Item item(Lenient item) {
    ProductId product = item.product("productId");
    if (product == null) {
      throw new BadRequest("productLineItem", "must name its product");
    }
    long quantity =
        item.object("productOfferDetails")
            .map(details -> details.integer("quantity").orElse(1))
            .orElse(1L);
    return new Item(product, Math.clamp(quantity, 1, Integer.MAX_VALUE));
  }
}
