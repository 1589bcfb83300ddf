package org.sessionpro.backend.takeover;

import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import org.sessionpro.backend.ledger.Inheritance.Quarantined;
import org.sessionpro.backend.takeover.source.V0Account;
import org.sessionpro.backend.takeover.source.V0Payment;
import org.sessionpro.protocol.ByteString;
import org.sessionpro.protocol.json.JsonWriter;

/// Rows of the source as they are kept in quarantine: under the names of their columns, so that
/// somebody can put them right.
final class V0Rows {
  private V0Rows() {}

  static Quarantined of(V0Account.User user, Anomaly why) {
    return row(
        "users",
        user.key().hex(),
        why,
        json ->
            json.text("master_pkey", user.key().hex())
                .integer("gen_index", user.index())
                .integer("expiry_unix_ts_ms", user.expiry())
                .integer("grace_period_duration_ms", user.grace())
                .bool("auto_renewing", user.renewing())
                .integer("refund_requested_unix_ts_ms", user.refundRequested()));
  }

  static Quarantined of(V0Payment row, Anomaly why) {
    return row("payments", Long.toString(row.id()), why, json -> write(row, json));
  }

  private static void write(V0Payment row, JsonWriter json) {
    V0Payment.Times times = row.times();
    V0Payment.Ids ids = row.ids();
    ByteString owner = row.owner();
    ByteString google = row.buyer().google();
    json.integer("id", row.id())
        .text("master_pkey", owner == null ? "" : owner.hex())
        .integer("status", row.codes().status())
        .integer("plan", row.codes().plan())
        .integer("payment_provider", row.codes().provider())
        .bool("auto_renewing", row.renewal().renewing())
        .integer("unredeemed_unix_ts_ms", times.unredeemed())
        .integer("redeemed_unix_ts_ms", times.redeemed())
        .integer("expiry_unix_ts_ms", times.expiry())
        .integer("grace_period_duration_ms", row.renewal().grace())
        .integer("platform_refund_expiry_unix_ts_ms", times.refundDeadline())
        .integer("revoked_unix_ts_ms", times.revoked())
        .text("apple_original_tx_id", ids.appleOriginal())
        .text("apple_tx_id", ids.appleTransaction())
        .text("apple_web_line_order_tx_id", ids.appleLineItem())
        .text("google_payment_token", ids.googleToken())
        .text("google_order_id", ids.googleOrder())
        .text("rangeproof_order_id", ids.voucherOrder())
        .integer("refund_requested_unix_ts_ms", times.refundRequested())
        .text("google_obfuscated_account_id", google == null ? "" : google.hex())
        .text("apple_app_account_token", row.buyer().apple());
  }

  private static Quarantined row(
      String table, String id, Anomaly why, Consumer<JsonWriter> columns) {
    return new Quarantined(
        table, id, why.name(), new String(JsonWriter.object(columns), StandardCharsets.UTF_8));
  }
}
