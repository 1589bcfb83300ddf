package org.sessionpro.backend.ledger;

import org.sessionpro.protocol.PaymentProvider;

/// What a [Census] counts for each period (`operator-v0.md` §6.4, `operator-v1.md` §2.1).
///
/// Payments count in the period in which something happened to them, by the store's clock. Accounts
/// count by how they stood at the end of the period, or stand now while it runs. A payment that is the
/// same money as another one counts once, and one that nobody owns stands for no account.
public enum Figure {
  ACTIVE_USERS("accounts with a paid term or a live credit at the end of the period"),
  UNREDEEMED("payments bought in the period that stand and that nobody owns yet"),
  NEW_SUBS("payments bought in the period, renewals included"),
  GOOGLE("payments bought through Google Play"),
  APPLE("payments bought through the App Store"),
  FOUNDATION("vouchers granted"),
  PLAN_1M("payments bought for one month"),
  PLAN_3M("payments bought for three months"),
  PLAN_12M("payments bought for a year"),
  PLAN_OTHER("payments bought for any other length"),
  REFUNDS_INITIATED("payments whose owner asked the store for a refund in the period"),
  REVOKED("payments that were revoked in the period: taken back, or replaced by an upgrade"),
  CANCELLING("payments that end in the period, stand, and will not be renewed"),
  NEW_SUBSCRIBERS("accounts whose first payment was bought in the period"),
  RENEWALS("payments bought in the period that go on with a subscription"),
  CHURNED(
      "accounts that were served, if only in grace, when the period began and are not at its end"),
  REFUNDED("payments whose money the store gave back in the period"),
  ENTERED_GRACE("payments whose term ended in the period without a renewal, and went on in grace"),
  BILLING_RETRY("payments whose renewal the store could not charge, by when it first said so"),
  ACTIVE_GOOGLE("active accounts with a payment of Google Play that counts then"),
  ACTIVE_APPLE("active accounts with a payment of the App Store that counts then"),
  ACTIVE_FOUNDATION("active accounts with a voucher that counts then"),
  ACTIVE_1M("active accounts with a plan of one month"),
  ACTIVE_3M("active accounts with a plan of three months"),
  ACTIVE_12M("active accounts with a plan of a year"),
  ACTIVE_OTHER("active accounts with a plan of any other length");

  private final String meaning;

  Figure(String meaning) {
    this.meaning = meaning;
  }

  /// What is counted, in one line.
  public String meaning() {
    return meaning;
  }

  /// Purchases of that store.
  static Figure sold(PaymentProvider provider) {
    return switch (provider) {
      case GOOGLE_PLAY -> GOOGLE;
      case APP_STORE -> APPLE;
      case STF -> FOUNDATION;
    };
  }

  /// Purchases of that plan.
  static Figure sold(String plan) {
    return switch (plan) {
      case "1m" -> PLAN_1M;
      case "3m" -> PLAN_3M;
      case "1y", "12m" -> PLAN_12M;
      default -> PLAN_OTHER;
    };
  }

  /// Active accounts of that store.
  static Figure active(PaymentProvider provider) {
    return switch (provider) {
      case GOOGLE_PLAY -> ACTIVE_GOOGLE;
      case APP_STORE -> ACTIVE_APPLE;
      case STF -> ACTIVE_FOUNDATION;
    };
  }

  /// Active accounts of that plan.
  static Figure active(String plan) {
    return switch (plan) {
      case "1m" -> ACTIVE_1M;
      case "3m" -> ACTIVE_3M;
      case "1y", "12m" -> ACTIVE_12M;
      default -> ACTIVE_OTHER;
    };
  }
}
