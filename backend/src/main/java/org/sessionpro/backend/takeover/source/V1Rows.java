package org.sessionpro.backend.takeover.source;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.sessionpro.protocol.PaymentProvider;
import org.sessionpro.protocol.Plan;

/// How payments of summer 2026 are selected and read.
final class V1Rows {
  /// Up to where the condition begins.
  static final String SELECT =
      """
      SELECT p.id, u.master_pkey, p.plan, p.payment_provider, p.auto_renewing, p.purchased_at,
        p.redeemed_at, p.expiry_at, %s, p.platform_refund_expiry_at, p.revoked_at, %s,
        g.payment_id AS google, g.payment_token, g.order_id AS google_order,
        g.obfuscated_account_id, g.needs_ack, a.payment_id AS apple, a.original_tx_id, a.tx_id,
        a.web_line_order_tx_id, a.app_account_token, s.payment_id AS stf, s.order_id AS stf_order
      FROM payments p
        LEFT JOIN users u ON u.id = p.user_id
        LEFT JOIN google_play_payment_details g ON g.payment_id = p.id
        LEFT JOIN app_store_payment_details a ON a.payment_id = p.id
        LEFT JOIN stf_payment_details s ON s.payment_id = p.id
      WHERE
      """
          .formatted(
              SourceRow.selectedSpan("p.grace_period", "grace"),
              SourceRow.selectedSpan("p.credit_remaining", "credit"));

  private static final Set<String> PLANS = Set.of("1m", "3m", "1y");

  private V1Rows() {}

  static V1Payment payment(ResultSet row) throws SQLException {
    SourceRow it = new SourceRow("payments", row);
    String plan = it.text("plan");
    if (!PLANS.contains(plan)) {
      throw it.unknown("plan");
    }
    Instant expiry = it.moment("expiry_at");
    Duration credit = it.span("credit");
    if (expiry == null && credit == null) {
      throw new SourceRefused("a payment has neither expiry_at nor credit_remaining");
    }
    return new V1Payment(
        it.integer("id"),
        it.bytes("master_pkey"),
        PaymentProvider.ofCode(it.text("payment_provider"))
            .orElseThrow(() -> it.unknown("payment_provider")),
        new Plan(plan),
        new V1Payment.Times(
            it.requiredMoment("purchased_at"),
            it.moment("redeemed_at"),
            expiry,
            it.requiredMoment("platform_refund_expiry_at"),
            it.moment("revoked_at")),
        new V1Payment.Terms(it.flag("auto_renewing"), it.span("grace"), credit),
        new V1Payment.Details(
            google(it), apple(it), it.isThere("stf") ? it.text("stf_order") : null));
  }

  private static V1Payment.@Nullable Google google(SourceRow it) throws SQLException {
    return it.isThere("google")
        ? new V1Payment.Google(
            it.text("payment_token"),
            it.text("google_order"),
            it.bytes("obfuscated_account_id"),
            it.flag("needs_ack"))
        : null;
  }

  private static V1Payment.@Nullable Apple apple(SourceRow it) throws SQLException {
    return it.isThere("apple")
        ? new V1Payment.Apple(
            it.text("original_tx_id"),
            it.text("tx_id"),
            it.text("web_line_order_tx_id"),
            it.text("app_account_token"))
        : null;
  }
}
