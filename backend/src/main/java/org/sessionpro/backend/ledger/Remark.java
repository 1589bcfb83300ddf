package org.sessionpro.backend.ledger;

import java.util.Locale;

/// What a store says of a subscription that decides about nothing, and is kept for those who answer its
/// buyer (`app-store.md` §2.5, `decisions-stores.md` §3.2). Numbers and words are the store's.
public enum Remark {
  /// Why it ended.
  EXPIRATION_INTENT(Topic.RENEWAL),
  /// Whether the buyer agrees to a higher price.
  PRICE_INCREASE(Topic.RENEWAL),
  /// The account that the next cycle will be bought for.
  NEXT_OWNER(Topic.RENEWAL),
  OFFER_TYPE(Topic.SALE),
  OFFER_DISCOUNT(Topic.SALE),
  /// In thousandths.
  PRICE(Topic.SALE),
  CURRENCY(Topic.SALE),
  /// The download of the app that it was bought in.
  APP_TRANSACTION(Topic.SALE),
  SUBSCRIPTION_GROUP(Topic.SALE),
  REVOCATION_REASON(Topic.LOSS),
  REVOCATION_TYPE(Topic.LOSS),
  /// How much of the price was given back, in thousandths of a percent.
  REVOCATION_PERCENTAGE(Topic.LOSS),
  /// Why the buyer asks for the money.
  CONSUMPTION_REASON(Topic.REFUND_REQUEST);

  private final Topic topic;

  Remark(Topic topic) {
    this.topic = topic;
  }

  /// What a store remarks about, each time all that it has to say of it.
  public enum Topic {
    /// The next cycle.
    RENEWAL,
    /// The purchase of the newest cycle.
    SALE,
    /// The last refund, or the like.
    LOSS,
    /// The buyer's last wish to be given the money back.
    REFUND_REQUEST;

    /// As stored: `refund_request`.
    String code() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  public Topic topic() {
    return topic;
  }

  /// As stored and shown: `expiration_intent`.
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  static Remark ofCode(String code) {
    return valueOf(code.toUpperCase(Locale.ROOT));
  }

  /// Whether it leads to a person or a device.
  public boolean identifies() {
    return this == NEXT_OWNER || this == APP_TRANSACTION;
  }
}
