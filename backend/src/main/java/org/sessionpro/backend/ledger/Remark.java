package org.sessionpro.backend.ledger;

import java.util.Locale;

/// What a store says of a subscription that decides about nothing, and is kept for those who answer its
/// buyer (`app-store.md` §2.5, `decisions-stores.md` §3.2). Numbers and words are the store's.
public enum Remark {
  /// Why it ended.
  EXPIRATION_INTENT,
  /// Whether the buyer agrees to a higher price.
  PRICE_INCREASE,
  /// The account that the next cycle will be bought for.
  NEXT_OWNER,
  OFFER_TYPE,
  OFFER_DISCOUNT,
  /// In thousandths.
  PRICE,
  CURRENCY,
  /// The download of the app that it was bought in.
  APP_TRANSACTION,
  SUBSCRIPTION_GROUP,
  REVOCATION_REASON,
  REVOCATION_TYPE,
  /// How much of the price was given back, in thousandths of a percent.
  REVOCATION_PERCENTAGE,
  /// Why the buyer asks for the money.
  CONSUMPTION_REASON;

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
