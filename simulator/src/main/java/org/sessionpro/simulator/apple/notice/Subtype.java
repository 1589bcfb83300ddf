package org.sessionpro.simulator.apple.notice;

/// The subtypes of notifications; the names are the store's.
public enum Subtype {
  ACCEPTED,
  AUTO_RENEW_DISABLED,
  AUTO_RENEW_ENABLED,
  BILLING_RECOVERY,
  BILLING_RETRY,
  DOWNGRADE,
  FAILURE,
  GRACE_PERIOD,
  INITIAL_BUY,
  PENDING,
  PRICE_INCREASE,
  PRODUCT_NOT_FOR_SALE,
  RESUBSCRIBE,
  SUMMARY,
  UNREPORTED,
  UPGRADE,
  VOLUNTARY
}
