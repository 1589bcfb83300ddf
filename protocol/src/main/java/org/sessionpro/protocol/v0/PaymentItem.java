package org.sessionpro.protocol.v0;

import java.time.Instant;
import org.sessionpro.protocol.OrderId;
import org.sessionpro.protocol.PaymentProvider;
import org.sessionpro.protocol.PurchaseToken;
import org.sessionpro.protocol.TransactionId;
import org.sessionpro.protocol.json.JsonWriter;

/// One payment in the details of an account (`wire-v0.md` §5.4).
///
/// @param ids the store's names of it; they also say which store
/// @param term what was paid for: `expiry` without grace, the store's grace
public record PaymentItem(
    PaymentIds ids,
    PaymentStatus status,
    V0Plan plan,
    ProDetails.Term term,
    Milestones milestones) {
  /// When things happened to a payment, each in whole milliseconds or [V0Time#NONE].
  ///
  /// @param unredeemed when it was bought
  /// @param redeemed when it was claimed
  /// @param platformRefundExpiry until when the store itself takes it back
  /// @param revoked when it was taken back or superseded
  /// @param refundRequested when its owner says to have asked for the money
  public record Milestones(
      Instant unredeemed,
      Instant redeemed,
      Instant platformRefundExpiry,
      Instant revoked,
      Instant refundRequested) {
    public Milestones {
      unredeemed = V0Time.floor(unredeemed);
      redeemed = V0Time.floor(redeemed);
      platformRefundExpiry = V0Time.floor(platformRefundExpiry);
      revoked = V0Time.floor(revoked);
      refundRequested = V0Time.floor(refundRequested);
    }

    private static Milestones read(MemberReader in) {
      return new Milestones(
          in.time("unredeemed_unix_ts_ms"),
          in.time("redeemed_unix_ts_ms"),
          in.time("platform_refund_expiry_unix_ts_ms"),
          in.time("revoked_unix_ts_ms"),
          in.time("refund_requested_unix_ts_ms"));
    }
  }

  private static final PaymentIds NO_IDS = new PaymentIds.Voucher(new OrderId(""));

  static PaymentItem read(MemberReader in) {
    return new PaymentItem(
        in.numbered(
            "payment_provider",
            number -> PaymentProvider.ofV0Number(number).map(provider -> ids(in, provider)),
            "must be 1, 2 or 3",
            NO_IDS),
        in.numbered("status", PaymentStatus::ofNumber, "must be 2, 3 or 4", PaymentStatus.REDEEMED),
        in.numbered("plan", V0Plan::ofNumber, "must be 1, 2 or 3", V0Plan.ONE_MONTH),
        ProDetails.Term.read(in),
        Milestones.read(in));
  }

  private static PaymentIds ids(MemberReader in, PaymentProvider provider) {
    return switch (provider) {
      case GOOGLE_PLAY ->
          new PaymentIds.Google(
              new PurchaseToken(in.id("google_payment_token")),
              new OrderId(in.id("google_order_id")));
      case APP_STORE ->
          new PaymentIds.Apple(
              new TransactionId(in.id("apple_original_tx_id")),
              new TransactionId(in.id("apple_tx_id")),
              new OrderId(in.id("apple_web_line_order_id")));
      case STF -> new PaymentIds.Voucher(new OrderId(in.id("rangeproof_order_id")));
    };
  }

  void write(JsonWriter out) {
    // The ids of each provider go where the alphabet puts them.
    if (ids instanceof PaymentIds.Apple apple) {
      out.text("apple_original_tx_id", apple.originalTransactionId().value())
          .text("apple_tx_id", apple.transactionId().value())
          .text("apple_web_line_order_id", apple.webLineOrderId().value());
    }
    out.bool("auto_renewing", term.autoRenewing())
        .integer("expiry_unix_ts_ms", V0Time.millis(term.expiry()));
    if (ids instanceof PaymentIds.Google google) {
      out.text("google_order_id", google.orderId().value())
          .text("google_payment_token", google.token().value());
    }
    out.integer("grace_period_duration_ms", V0Time.millis(term.grace()))
        .integer("payment_provider", ids.provider().v0Number())
        .integer("plan", plan.number())
        .integer(
            "platform_refund_expiry_unix_ts_ms", V0Time.millis(milestones.platformRefundExpiry()));
    if (ids instanceof PaymentIds.Voucher voucher) {
      out.text("rangeproof_order_id", voucher.orderId().value());
    }
    out.integer("redeemed_unix_ts_ms", V0Time.millis(milestones.redeemed()))
        .integer("refund_requested_unix_ts_ms", V0Time.millis(milestones.refundRequested()))
        .integer("revoked_unix_ts_ms", V0Time.millis(milestones.revoked()))
        .integer("status", status.number())
        .integer("unredeemed_unix_ts_ms", V0Time.millis(milestones.unredeemed()));
  }
}
